import type { FetchingReplica, FollowedPartition } from './followed-partition.ts';

/** A partition is left alone after its first error for this long, twice as long after the next. */
const FIRST_BACKOFF_MS = 50;

/** Where the fetcher is with one partition. */
export class PartitionProgress<Replica extends FetchingReplica = FollowedPartition> {
  readonly partition: Replica;
  /** Another role or another leader: what is still done is of no interest. */
  isLeft = false;
  /** The leader's session knows it, and has been asked from `sentOffset` on. */
  isInSession = false;
  sentOffset = -1;
  /** What is done to the log now, if anything. */
  work: Promise<void> | undefined;
  /** Not asked for before; 0 where nothing is wrong. */
  retryAtMs = 0;
  /** Ends requests for this partition alone. */
  #left: AbortController | undefined;
  /** As of the last answer. */
  leaderHighWatermark = -1;
  #failures = 0;

  constructor(partition: Replica) {
    this.partition = partition;
  }

  get key(): string {
    return progressKey(this.partition);
  }

  /** Records that the leader has committed and this replica does not have. */
  get lagRecords(): number {
    return Math.max(0, this.leaderHighWatermark - this.partition.log.logEndOffset);
  }

  /** Aborted when the partition is left. */
  get left(): AbortSignal {
    this.#left ??= new AbortController();
    return this.#left.signal;
  }

  leave(): void {
    this.isLeft = true;
    this.#left?.abort();
  }

  onSuccess(): void {
    this.#failures = 0;
    this.retryAtMs = 0;
  }

  /** Left alone after an error, not for its throttle. */
  get hasFailed(): boolean {
    return this.#failures > 0;
  }

  onFailure(nowMs: number, maxBackoffMs: number): void {
    const delayMs = Math.min(maxBackoffMs, FIRST_BACKOFF_MS * 2 ** Math.min(this.#failures, 10));
    this.#failures++;
    this.retryAtMs = nowMs + delayMs;
  }
}

export function progressKey({ topicId, index }: Pick<FetchingReplica, 'topicId' | 'index'>): string {
  return `${topicId}:${index}`;
}
