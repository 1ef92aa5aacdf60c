import { ErrorCode, type ErrorCode as ErrorCodes, kafkaErrorName } from '@millrace/protocol';
import type { GroupCall, GroupReply, FetchReply, GroupReplies } from '../group-calls.ts';
import { decodeGroupRecord, type GroupRecord } from '../group-records.ts';
import { GroupDriver } from './group-driver.ts';
import { commitCall, heartbeatCall, joinCall, leaveCall, syncCall } from './group-test-calls.ts';

/** A client of the transcript, and what it has been told. */
interface Client {
  readonly name: string;
  memberId: string;
  instanceId: string | null;
  generation: number;
}

interface Waiting {
  readonly replyId: number;
  readonly client: Client;
  readonly api: GroupCall['api'];
}

/**
 * Runs the commands of a transcript and says what came of each: replies, records, the state of the group.
 *
 * ```text
 * join A [instance=i] [protocols=range,roundrobin] [v=9] [session=10000] [rebalance=60000] [id=none]
 * sync A [assign=A:x,B:y]     assignments go to clients by name
 * beat A      leave A [instance=i]
 * commit A|- t/0=5 [v=9]      - is nobody's: an admin tool
 * fetch       describe        delete
 * advance MS                  hold | release | lose ERROR     appends      restart
 * ```
 */
export class GroupTranscript {
  #driver: GroupDriver;
  readonly #clients = new Map<string, Client>();
  readonly #waiting: Waiting[] = [];
  #recordsShown = 0;
  #suffix = 0;

  constructor(options: { readonly initialDelayMs?: number; readonly maxSize?: number } = {}) {
    this.#driver = new GroupDriver({
      'group.initial.rebalance.delay.ms': options.initialDelayMs ?? 3000,
      'group.max.size': options.maxSize ?? 2_147_483_647,
    });
  }

  /** @returns the lines that the command leads to. */
  run(command: string): string[] {
    const [verb = '', ...words] = command.trim().split(/\s+/);
    const options = new Map(
      words.filter((word) => /^[a-z]+=/.test(word)).map((word) => splitOnce(word, '=')),
    );
    const bare = words.filter((word) => !/^[a-z]+=/.test(word));
    const lines = this.#execute(verb, bare, options);
    return [...lines, ...this.#replies(), ...this.#records(), this.#state()];
  }

  #execute(verb: string, bare: readonly string[], options: ReadonlyMap<string, string>): string[] {
    const [first = ''] = bare;
    switch (verb) {
      case 'join':
        return this.#start(this.#client(first), this.#join(this.#client(first), options));
      case 'sync':
        return this.#start(this.#client(first), this.#sync(this.#client(first), options));
      case 'beat':
        return this.#start(this.#client(first), heartbeatCall(this.#client(first)));
      case 'leave':
        return this.#start(this.#client(first), this.#leave(this.#client(first), options));
      case 'commit':
        return this.#start(this.#client(first), this.#commit(this.#client(first), bare[1] ?? '', options));
      case 'fetch':
        return this.#start(this.#client('-'), { api: 'fetch', groupId: 'g', topics: null });
      case 'delete':
        return this.#start(this.#client('-'), { api: 'deleteGroups', groupIds: ['g'] });
      default:
        return this.#control(verb, first);
    }
  }

  #control(verb: string, argument: string): string[] {
    switch (verb) {
      case 'advance':
        this.#driver.advance(Number(argument));
        return [];
      case 'hold':
        this.#driver.autoCommit = false;
        return [];
      case 'release':
        this.#driver.autoCommit = true;
        this.#driver.commit();
        return [];
      case 'lose':
        this.#driver.loseAppends(ErrorCode[argument as keyof typeof ErrorCodes]);
        this.#driver.autoCommit = true;
        return [];
      case 'restart':
        this.#driver = this.#driver.restarted();
        this.#waiting.length = 0;
        return [];
      default:
        throw new Error(`unknown command ${verb}`);
    }
  }

  #client(name: string): Client {
    let client = this.#clients.get(name);
    if (client === undefined)
      this.#clients.set(name, (client = { name, memberId: '', instanceId: null, generation: -1 }));
    return client;
  }

  #join(client: Client, options: ReadonlyMap<string, string>): GroupCall {
    if (options.get('id') === 'none') client.memberId = '';
    client.instanceId = options.get('instance') ?? null;
    return joinCall({
      memberId: client.memberId,
      clientId: client.name,
      suffix: String(++this.#suffix),
      version: Number(options.get('v') ?? 9),
      sessionTimeoutMs: Number(options.get('session') ?? 10_000),
      rebalanceTimeoutMs: Number(options.get('rebalance') ?? 60_000),
      instanceId: client.instanceId,
      protocols: (options.get('protocols') ?? 'range').split(','),
    });
  }

  #sync(client: Client, options: ReadonlyMap<string, string>): GroupCall {
    const named = (options.get('assign') ?? '').split(',').filter((part) => part !== '');
    const assignments = named.map((part) => splitOnce(part, ':'));
    return syncCall({
      ...client,
      assignments: Object.fromEntries(
        assignments.map(([name, value]) => [this.#client(name).memberId, value]),
      ),
    });
  }

  #leave({ memberId }: Client, options: ReadonlyMap<string, string>): GroupCall {
    const instanceId = options.get('instance');
    return leaveCall(instanceId === undefined ? { memberId } : { memberId: '', instanceId });
  }

  #commit(client: Client, what: string, options: ReadonlyMap<string, string>): GroupCall {
    const [, topic = '', partition, offset] = /^(.*)\/(\d+)=(\d+)$/.exec(what) ?? [];
    return commitCall({
      ...client,
      topic,
      partition: Number(partition),
      offset: Number(offset),
      version: Number(options.get('v') ?? 9),
    });
  }

  #start(client: Client, call: GroupCall): string[] {
    this.#waiting.push({ replyId: this.#driver.start(call), client, api: call.api });
    return [];
  }

  #replies(): string[] {
    const lines: string[] = [];
    for (const waiting of this.#waiting.splice(0)) {
      const reply = this.#driver.reply(waiting.replyId);
      if (reply === undefined) this.#waiting.push(waiting);
      else lines.push(this.#replyLine(waiting, reply));
    }
    return lines;
  }

  #replyLine({ client, api }: Waiting, reply: GroupReply): string {
    const text =
      api === 'join' ? this.#joinText(client, reply as GroupReplies['join']) : replyText(api, reply);
    return `  ${client.name} ${api}: ${text}`;
  }

  #joinText(client: Client, reply: GroupReplies['join']): string {
    const { errorCode, memberId, generationId, leader, protocolName, members, skipAssignment } = reply;
    if (errorCode === ErrorCode.NONE || errorCode === ErrorCode.MEMBER_ID_REQUIRED)
      client.memberId = memberId;
    if (errorCode !== ErrorCode.NONE) return `${kafkaErrorName(errorCode)} "${memberId}"`;
    client.generation = generationId;
    const others =
      members.length === 0 ? '' : `, members ${members.map((member) => member.memberId).join(' ')}`;
    const skip = skipAssignment ? ', assignment skipped' : '';
    return `${memberId}, generation ${generationId}, ${protocolName}, leader ${leader}${others}${skip}`;
  }

  #records(): string[] {
    const fresh = this.#driver.log.slice(this.#recordsShown);
    this.#recordsShown = this.#driver.log.length;
    return fresh.map((record) => `  log: ${recordText(decodeGroupRecord(record)!)}`);
  }

  #state(): string {
    const { shard } = this.#driver.machine;
    const group = shard.groups.get('g');
    if (group === undefined) return '  g: none';
    const members = [...group.members.values()].map(
      (member) =>
        member.memberId +
        (member.isAwaitingJoin ? '(joining)' : '') +
        (member.isAwaitingSync ? '(syncing)' : ''),
    );
    const pending = [...group.pendingJoinMembers].map((memberId) => `${memberId}(pending)`);
    const names = [...members, ...pending].join(' ');
    return `  g: ${group.state}, generation ${group.generation}${names === '' ? '' : `, ${names}`}`;
  }
}

function replyText(api: GroupCall['api'], reply: GroupReply): string {
  if (api === 'fetch') {
    const { topics } = reply as FetchReply;
    if (topics.length === 0) return 'nothing';
    return topics
      .flatMap(({ name, partitions }) =>
        partitions.map(
          ({ partitionIndex, committedOffset }) => `${name}/${partitionIndex}=${committedOffset}`,
        ),
      )
      .join(' ');
  }
  if (api === 'commit') {
    const { topics } = reply as GroupReplies['commit'];
    return topics
      .flatMap(({ partitions }) => partitions.map(({ errorCode }) => kafkaErrorName(errorCode)))
      .join(' ');
  }
  if (api === 'leave') {
    const { members, errorCode } = reply as GroupReplies['leave'];
    return [errorCode, ...members.map((member) => member.errorCode)].map(kafkaErrorName).join(' ');
  }
  if (api === 'deleteGroups') {
    return (reply as GroupReplies['deleteGroups'])
      .map(({ errorCode }) => kafkaErrorName(errorCode))
      .join(' ');
  }
  const { errorCode } = reply as GroupReplies['heartbeat'];
  if (api !== 'sync' || errorCode !== ErrorCode.NONE) return kafkaErrorName(errorCode);
  return `assigned "${(reply as GroupReplies['sync']).assignment.toString()}"`;
}

function recordText(record: GroupRecord): string {
  if (record.type === 'offset-commit') {
    return `offset ${record.topic}/${record.partition}=${record.value?.offset ?? 'tombstone'}`;
  }
  if (record.type !== 'group-metadata') return record.type;
  if (record.value === null) return 'group tombstone';
  const { generation, protocol, leader, members } = record.value;
  const parts = members.map(({ memberId, assignment }) => `${memberId}:"${assignment.toString()}"`);
  return [`group generation ${generation}`, protocol ?? 'no protocol', `leader ${leader}`, ...parts].join(
    ', ',
  );
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}
