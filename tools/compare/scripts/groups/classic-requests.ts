import {
  joinGroup,
  type Api,
  type heartbeat,
  type leaveGroup,
  type offsetCommit,
  type offsetFetch,
  type syncGroup,
} from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { Topic } from '../records/record-requests.ts';

type InputOf<T> = T extends Api<infer Input, infer _Response> ? Input : never;

export interface Member {
  readonly memberId: string;
  readonly generationId: number;
}

export const nobody: Member = { memberId: '', generationId: -1 };

/** An id no topic has. */
export const strangeTopicId = 'dGhpcy1pcy1uby10b3BpYw';

/** The subscription of a consumer, version 0, to one topic of a single character. */
function subscription(topic: string): Buffer {
  const bytes = Buffer.alloc(8 + topic.length + 4);
  bytes.writeInt32BE(1, 2);
  bytes.writeInt16BE(topic.length, 6);
  bytes.write(topic, 8, 'latin1');
  bytes.writeInt32BE(-1, 8 + topic.length);
  return bytes;
}

export interface JoinOptions {
  readonly memberId?: string;
  readonly instance?: string | null;
  readonly type?: string;
  readonly protocols?: readonly string[];
  readonly sessionMs?: number;
  readonly rebalanceMs?: number;
}

export function join(version: number, groupId: string, options: JoinOptions = {}): InputOf<typeof joinGroup> {
  const { protocols = ['range'], sessionMs = 10_000, rebalanceMs = 10_000 } = options;
  return {
    groupId,
    sessionTimeoutMs: sessionMs,
    ...(version >= 1 ? { rebalanceTimeoutMs: rebalanceMs } : {}),
    memberId: options.memberId ?? '',
    ...(version >= 5 ? { groupInstanceId: options.instance ?? null } : {}),
    protocolType: options.type ?? 'consumer',
    protocols: protocols.map((name) => ({ name, metadata: subscription('t') })),
    ...(version >= 8 ? { reason: 'because' } : {}),
  };
}

/** Joins with the member id the coordinator hands out, where the version asks for one. */
export async function joined(
  peer: Peer,
  label: string,
  version: number,
  groupId: string,
  options: JoinOptions & { readonly on?: string } = {},
): Promise<Member & { readonly protocolName: string | null; readonly leader: string }> {
  const on = options.on === undefined ? {} : { on: options.on };
  const first = await peer.ask(`${label} joins`, joinGroup, version, join(version, groupId, options), on);
  if (first.errorCode !== 79) return first;
  const again = join(version, groupId, { ...options, memberId: first.memberId });
  return peer.ask(`${label} joins with its id`, joinGroup, version, again, on);
}

export interface SyncOptions {
  readonly instance?: string | null;
  readonly type?: string | null;
  readonly name?: string | null;
  readonly assignments?: readonly { readonly memberId: string; readonly assignment: Buffer }[];
}

export function sync(
  version: number,
  groupId: string,
  member: Member,
  options: SyncOptions = {},
): InputOf<typeof syncGroup> {
  const { type = 'consumer', name = 'range', assignments = [] } = options;
  return {
    groupId,
    generationId: member.generationId,
    memberId: member.memberId,
    ...(version >= 3 ? { groupInstanceId: options.instance ?? null } : {}),
    ...(version >= 5 ? { protocolType: type, protocolName: name } : {}),
    assignments,
  };
}

export function beat(
  version: number,
  groupId: string,
  member: Member,
  instance: string | null = null,
): InputOf<typeof heartbeat> {
  const identity = { groupId, generationId: member.generationId, memberId: member.memberId };
  return version >= 3 ? { ...identity, groupInstanceId: instance } : identity;
}

export function leave(
  version: number,
  groupId: string,
  members: readonly { readonly memberId: string; readonly groupInstanceId?: string | null }[],
): InputOf<typeof leaveGroup> {
  if (version < 3) return { groupId, memberId: members[0]?.memberId ?? '' };
  return { groupId, members: members.map((member) => ({ groupInstanceId: null, ...member })) };
}

export interface CommitOptions {
  readonly instance?: string | null;
  readonly topics?: readonly Topic[];
  readonly partitions?: readonly number[];
  readonly offset?: number;
  readonly metadata?: string | null;
  readonly retentionMs?: number;
}

export function commit(
  version: number,
  groupId: string,
  topic: Topic,
  member: Member,
  options: CommitOptions = {},
): InputOf<typeof offsetCommit> {
  const { topics = [topic], partitions = [0], offset = 5, metadata = 'note' } = options;
  return {
    groupId,
    generationIdOrMemberEpoch: member.generationId,
    memberId: member.memberId,
    ...(version >= 7 ? { groupInstanceId: options.instance ?? null } : {}),
    ...(version >= 2 && version <= 4 ? { retentionTimeMs: options.retentionMs ?? -1 } : {}),
    topics: topics.map(({ name, id }) => ({
      ...(version >= 10 ? { topicId: id } : { name }),
      partitions: partitions.map((partitionIndex) => ({
        partitionIndex,
        committedOffset: offset,
        ...(version >= 6 ? { committedLeaderEpoch: 0 } : {}),
        committedMetadata: metadata,
      })),
    })),
  };
}

/** The committed offsets of some partitions, or of all with `null`. */
export function committed(
  version: number,
  groupId: string,
  topic: Topic,
  partitions: readonly number[] | null = [0, 1, 7],
): InputOf<typeof offsetFetch> {
  if (version < 8) {
    const topics = partitions === null ? null : [{ name: topic.name, partitionIndexes: partitions }];
    return { groupId, topics };
  }
  const place = version >= 10 ? { topicId: topic.id } : { name: topic.name };
  const topics = partitions === null ? null : [{ ...place, partitionIndexes: partitions }];
  return { groups: [{ groupId, topics }] };
}
