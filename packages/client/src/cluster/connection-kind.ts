import { ApiKey } from '@millrace/protocol';

/**
 * Which of a broker's connections carries a request. A broker answers the requests of one connection in order and one
 * at a time, so a request that may wait on the broker must never sit in front of one that must not be late:
 *
 * - `produce`: Produce only; up to five in flight with idempotence.
 * - `fetch`: Fetch and ShareFetch, which wait up to fetch.max.wait.ms.
 * - `coordinator`: Heartbeat, OffsetCommit, OffsetFetch and what else a coordinator answers at once.
 * - `slow`: JoinGroup and SyncGroup, which wait for other members, and cluster changes, which wait for replication.
 * - `general`: everything else: metadata, lookups, descriptions.
 */
export type ConnectionKind = 'general' | 'produce' | 'fetch' | 'coordinator' | 'slow';

const kinds: ReadonlyMap<number, ConnectionKind> = new Map<number, ConnectionKind>([
  [ApiKey.PRODUCE, 'produce'],
  [ApiKey.FETCH, 'fetch'],
  [ApiKey.SHARE_FETCH, 'fetch'],
  [ApiKey.JOIN_GROUP, 'slow'],
  [ApiKey.SYNC_GROUP, 'slow'],
  [ApiKey.CREATE_TOPICS, 'slow'],
  [ApiKey.DELETE_TOPICS, 'slow'],
  [ApiKey.CREATE_PARTITIONS, 'slow'],
  [ApiKey.DELETE_RECORDS, 'slow'],
  [ApiKey.ELECT_LEADERS, 'slow'],
  [ApiKey.HEARTBEAT, 'coordinator'],
  [ApiKey.LEAVE_GROUP, 'coordinator'],
  [ApiKey.OFFSET_COMMIT, 'coordinator'],
  [ApiKey.OFFSET_FETCH, 'coordinator'],
  [ApiKey.CONSUMER_GROUP_HEARTBEAT, 'coordinator'],
  [ApiKey.SHARE_GROUP_HEARTBEAT, 'coordinator'],
  [ApiKey.TXN_OFFSET_COMMIT, 'coordinator'],
  [ApiKey.ADD_PARTITIONS_TO_TXN, 'coordinator'],
  [ApiKey.ADD_OFFSETS_TO_TXN, 'coordinator'],
  [ApiKey.END_TXN, 'coordinator'],
]);

export function connectionKindOf(apiKey: number): ConnectionKind {
  return kinds.get(apiKey) ?? 'general';
}
