import type { Clock } from '@millrace/host';

/** What may be sent at once after a pause, in time. */
const BURST_MS = 1000;

/**
 * Limits the bytes per second of replicas that catch up, on one side of the copy
 * (`leader.replication.throttled.rate`, `follower.replication.throttled.rate`). What is over the limit is paid off
 * before more goes: a bucket that leaks at the rate.
 */
export class ReplicationThrottle {
  readonly #clock: Clock;
  readonly #bytesPerSec: () => number;
  #filledBytes = 0;
  #leakedMs = 0;

  /** @param bytesPerSec asked each time: it may be changed while the broker runs */
  constructor(clock: Clock, bytesPerSec: () => number) {
    this.#clock = clock;
    this.#bytesPerSec = bytesPerSec;
  }

  record(sizeBytes: number): void {
    this.#leak();
    this.#filledBytes += sizeBytes;
  }

  /** How long to wait before more may go; 0 while there is room. */
  get waitMs(): number {
    this.#leak();
    const overBytes = this.#filledBytes - (this.#bytesPerSec() * BURST_MS) / 1000;
    return overBytes < 0 ? 0 : Math.ceil((overBytes / this.#bytesPerSec()) * 1000) + 1;
  }

  #leak(): void {
    const nowMs = this.#clock.monotonicMs();
    const leakedBytes = ((nowMs - this.#leakedMs) * this.#bytesPerSec()) / 1000;
    this.#leakedMs = nowMs;
    this.#filledBytes = Math.max(0, this.#filledBytes - leakedBytes);
  }
}

/** Is the replica named by `leader.` or `follower.replication.throttled.replicas` of its topic? */
export function isThrottledReplica(throttled: readonly string[], index: number, nodeId: number): boolean {
  if (throttled.length === 0) return false;
  return throttled[0] === '*' || throttled.includes(`${index}:${nodeId}`);
}
