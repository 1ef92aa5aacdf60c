import type { AppendResult } from './append-result.ts';

/** An append that has its offsets, but is not written yet. */
export interface PendingAppend {
  /** Empty for one that only waits for those before it. */
  readonly records: Buffer;
  readonly batchCount: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly maxTimestampMs: number;
  readonly result: AppendResult;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** As many buffers as one gathered write takes on Linux (IOV_MAX). */
export const MAX_GATHERED_APPENDS = 1024;
/** A group is written at once, so this bounds how long a small append waits for large ones before it. */
export const MAX_GATHERED_BYTES = 8 << 20;

/** Appends in the order of their offsets. Bounded by the callers: every one of them waits for its promise. */
export class AppendQueue {
  #pending: PendingAppend[] = [];
  #head = 0;

  get length(): number {
    return this.#pending.length - this.#head;
  }

  push(append: PendingAppend): void {
    this.#pending.push(append);
  }

  peek(index: number): PendingAppend | undefined {
    return this.#pending[this.#head + index];
  }

  take(count: number): PendingAppend[] {
    const taken = this.#pending.slice(this.#head, this.#head + count);
    this.#head += count;
    if (this.#head === this.#pending.length) {
      this.#pending = [];
      this.#head = 0;
    }
    return taken;
  }

  rejectAll(error: unknown): void {
    for (const append of this.take(this.length)) append.reject(error);
  }
}
