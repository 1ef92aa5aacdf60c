import type { Host, Logger } from '@millrace/host';
import { compressionTypeOf, ErrorCode } from '@millrace/protocol';
import { coordinatorPartition } from '../coordinator/coordinator-partition.ts';
import type { GroupCall, GroupReplies, GroupReply, ListReply } from './group-calls.ts';
import type { GroupProperties } from './group-properties.ts';
import { refuse } from './group-refusal.ts';
import type { GroupClusterImage, GroupEvent } from './group-shard.ts';
import { GroupStateMachine } from './group-state-machine.ts';
import type { CoordinatorLog } from '../coordinator/coordinator-log.ts';
import type { MarkerFrame } from '../coordinator/state-machine.ts';
import type { TopicImage } from '../metadata/cluster-image.ts';
import { CoordinatorRuntime, type CoordinatorAvailability } from '../coordinator/coordinator-runtime.ts';

/** The internal topic that holds groups and committed offsets. */
const GROUP_METADATA_TOPIC = '__consumer_offsets';

export interface GroupCoordinatorOptions {
  readonly host: Host;
  readonly logger: Logger;
  /** Asked for each use, so that dynamic changes take hold. */
  readonly config: () => GroupProperties;
  /** The newest cluster image: it knows how many partitions `__consumer_offsets` has. */
  readonly image: () => GroupClusterImage;
  /** Told of what others have to know. */
  readonly onEvent?: (event: GroupEvent) => void;
}

/**
 * Joins wait for the other members of a group, whatever the disk does. The end of a transaction was decided elsewhere,
 * and is written in any case.
 */
const untimed: ReadonlySet<GroupCall['api']> = new Set(['join', 'sync', 'endTransaction', 'forgetTopics']);

type Runtime = CoordinatorRuntime<GroupCall, GroupReply, GroupEvent>;

/** Hands each call to the runtime of the partition that its group lives in. */
export class GroupCoordinator {
  readonly #options: GroupCoordinatorOptions;
  readonly #runtimes = new Map<number, Runtime>();
  readonly #machines = new Map<number, GroupStateMachine>();
  #isClosed = false;

  constructor(options: GroupCoordinatorOptions) {
    this.#options = options;
  }

  /** This node leads a partition of `__consumer_offsets`: its groups are served when the log is replayed. */
  onElection(partition: number, log: CoordinatorLog): void {
    if (this.#isClosed) return;
    this.onResignation(partition);
    const { host, logger, config, image, onEvent } = this.#options;
    const machine = new GroupStateMachine(config, image);
    const runtime: Runtime = new CoordinatorRuntime<GroupCall, GroupReply, GroupEvent>({
      host,
      logger,
      name: `${GROUP_METADATA_TOPIC}-${partition}`,
      log,
      machine,
      onRequest: (event) => onEvent?.(event),
      onInDoubt: () => {
        if (this.#runtimes.get(partition) === runtime) this.onElection(partition, log);
      },
      writeTimeout: {
        timeoutMs: () => config()['offsets.commit.timeout.ms'],
        holdsFor: ({ api }) => !untimed.has(api),
      },
      compression: () => compressionTypeOf(config()['offsets.topic.compression.codec']) ?? 'none',
    });
    this.#runtimes.set(partition, runtime);
    this.#machines.set(partition, machine);
    // Supervised: `load` handles its own failure.
    void runtime.load();
  }

  /** The partition is led elsewhere or gone: what waits is sent away. */
  onResignation(partition: number): void {
    this.#runtimes.get(partition)?.unload(ErrorCode.NOT_COORDINATOR);
    this.#runtimes.delete(partition);
    this.#machines.delete(partition);
  }

  /** Topics were deleted: what groups have committed or noted for them goes. */
  onTopicsDeleted(deleted: readonly Pick<TopicImage, 'id' | 'name'>[]): void {
    if (deleted.length === 0) return;
    const topics = deleted.map(({ name }) => name);
    const topicIds = deleted.map(({ id }) => id);
    for (const runtime of this.#runtimes.values())
      runtime.callWhenLoaded({ api: 'forgetTopics', topics, topicIds });
  }

  /** Of the partitions that are coordinated here. */
  get availability(): readonly CoordinatorAvailability[] {
    return [...this.#runtimes.values()].map(({ availability }) => availability);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#runtimes.values()].map((runtime) => runtime.close()));
  }

  /** The partition that coordinates a group; `undefined` while the internal topic does not exist. */
  partitionFor(groupId: string): number | undefined {
    const topic = this.#options.image().topics.byName.get(GROUP_METADATA_TOPIC);
    return topic === undefined ? undefined : coordinatorPartition(groupId, topic.partitions.length);
  }

  /** Makes a call about one group. */
  call<Call extends GroupCall>(
    groupId: string,
    call: Call,
  ): GroupReplies[Call['api']] | Promise<GroupReplies[Call['api']]> {
    const partition = this.partitionFor(groupId);
    const runtime = partition === undefined ? undefined : this.#runtimes.get(partition);
    const reply = runtime?.call(call) ?? refuse(call, ErrorCode.NOT_COORDINATOR);
    // A call is answered with the reply of its own kind; the state machine deals in all of them.
    return reply as GroupReplies[Call['api']] | Promise<GroupReplies[Call['api']]>;
  }

  /** The end of a transaction that may have committed offsets in a partition of the topic. */
  async endTransaction(partition: number, marker: MarkerFrame): Promise<number> {
    const call: GroupCall = { api: 'endTransaction', marker };
    const reply = this.#runtimes.get(partition)?.call(call) ?? refuse(call, ErrorCode.NOT_COORDINATOR);
    return ((await reply) as GroupReplies['endTransaction']).errorCode;
  }

  /** Makes one call for each partition that `groupIds` fall into, and puts the replies together. */
  async callForEach<Item>(
    groupIds: readonly string[],
    makeCall: (groupIds: readonly string[]) => GroupCall,
  ): Promise<Item[]> {
    const byPartition = Map.groupBy(groupIds, (groupId) => this.partitionFor(groupId) ?? -1);
    const replies = await Promise.all(
      [...byPartition.values()].map(
        (some) => this.call(some[0]!, makeCall(some)) as Promise<readonly Item[]>,
      ),
    );
    return replies.flat();
  }

  /** How many offsets are committed in the groups coordinated here. */
  get offsetCount(): number {
    let count = 0;
    for (const { shard } of this.#machines.values()) count += shard.offsets.size;
    return count;
  }

  /** All groups coordinated here, or the error of a partition that cannot tell yet. */
  async listGroups(): Promise<ListReply> {
    const replies = await Promise.all(
      [...this.#runtimes.values()].map(async (runtime) => (await runtime.call({ api: 'list' })) as ListReply),
    );
    const failed = replies.find(({ errorCode }) => isListFailure(errorCode));
    if (failed !== undefined) return failed;
    return { errorCode: ErrorCode.NONE, groups: replies.flatMap(({ groups }) => groups) };
  }

  /** A member id for a member that does not bring one: a version 4 UUID as Kafka writes it. */
  newMemberId(): string {
    return Buffer.from(this.newMemberIdSuffix().replaceAll('-', ''), 'hex').toString('base64url');
  }

  /** The random part of a new member id: a version 4 UUID, as Java clients know it. */
  newMemberIdSuffix(): string {
    const bytes = this.#options.host.random.bytes(16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}

function isListFailure(errorCode: number): boolean {
  return errorCode !== ErrorCode.NONE && errorCode !== ErrorCode.NOT_COORDINATOR;
}
