/** A write up to this size is a copy of some microseconds into the page cache; the hand-over to a thread takes longer. */
const MAX_BYTES_AT_ONCE = 128 * 1024;
/** What a write of that size may take before it counts as held up: a few times what it takes to copy it. */
const PROMPT_MS = 0.25;
/** Held-up time that is forgiven: that of a thread which the system took off its processor, for example. */
const FORGIVEN_MS = 10;
/** So much of all time may be lost to writes that are held up. */
const MAX_SHARE = 0.05;

/**
 * Whether a write may be made within the call, on the thread of the event loop. The page cache takes it in microseconds,
 * as a rule; under write-back pressure the system holds the writer up, and with it everybody else in the process. So
 * the time that was lost is counted, and runs off slowly: over any longer time no more than `MAX_SHARE` of it is lost, plus
 * the one write that was not expected to be slow.
 */
export class WriteStalls {
  /** Time lost at `#asOfMs` and not paid off yet. */
  #lostMs = 0;
  #asOfMs = 0;
  #syncs = 0;

  /** @param nowMs monotonic */
  isPrompt(sizeBytes: number, nowMs: number): boolean {
    if (sizeBytes > MAX_BYTES_AT_ONCE || this.#syncs > 0) return false;
    return this.#lostMs === 0 || this.#lostAt(nowMs) < FORGIVEN_MS;
  }

  /** A write was made at once. */
  onWritten(beganMs: number, endedMs: number): void {
    const lostMs = endedMs - beganMs - PROMPT_MS;
    if (lostMs <= 0) return;
    this.#lostMs = this.#lostAt(endedMs) + lostMs;
    this.#asOfMs = endedMs;
  }

  /** While the disk is at work for somebody who waits, a write may have to wait for it, too. */
  onSyncBegin(): void {
    this.#syncs++;
  }

  onSyncEnd(): void {
    this.#syncs--;
  }

  #lostAt(nowMs: number): number {
    return Math.max(0, this.#lostMs - (nowMs - this.#asOfMs) * MAX_SHARE);
  }
}
