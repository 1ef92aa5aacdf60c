import { ApiKey } from '@millrace/protocol';

/** Longest time a broker's throttle answer is believed; Kafka's own windows are shorter. */
const MAX_THROTTLE_MS = 60_000;

/**
 * From which version on the client itself must hold back after a throttle answer (KIP-219). Below it the broker has
 * delayed the answer already. APIs not listed: 1.
 */
const firstClientSideVersion: ReadonlyMap<number, number> = new Map([
  [ApiKey.PRODUCE, 6],
  [ApiKey.FETCH, 8],
  [ApiKey.LIST_OFFSETS, 3],
  [ApiKey.METADATA, 6],
  [ApiKey.OFFSET_COMMIT, 4],
  [ApiKey.OFFSET_FETCH, 4],
  [ApiKey.FIND_COORDINATOR, 2],
  [ApiKey.JOIN_GROUP, 3],
  [ApiKey.HEARTBEAT, 2],
  [ApiKey.LEAVE_GROUP, 2],
  [ApiKey.SYNC_GROUP, 2],
  [ApiKey.DESCRIBE_GROUPS, 2],
  [ApiKey.LIST_GROUPS, 2],
  [ApiKey.API_VERSIONS, 2],
  [ApiKey.CREATE_TOPICS, 3],
  [ApiKey.DELETE_TOPICS, 2],
  [ApiKey.DESCRIBE_CONFIGS, 2],
]);

/** First API key that was born with client-side throttling. */
const FIRST_KEY_AFTER_KIP_219 = ApiKey.ELECT_LEADERS;

/** For how long the connection that brought `response` must stay silent; 0 for none. Always finite and bounded. */
export function throttleMs(apiKey: number, version: number, response: unknown): number {
  const { throttleTimeMs } = response as { throttleTimeMs?: unknown };
  if (typeof throttleTimeMs !== 'number' || !(throttleTimeMs > 0)) return 0;
  const since = firstClientSideVersion.get(apiKey) ?? (apiKey >= FIRST_KEY_AFTER_KIP_219 ? 0 : 1);
  return version >= since ? Math.min(throttleTimeMs, MAX_THROTTLE_MS) : 0;
}
