import type { Host, Timer } from '@millrace/host';

/** How long a request may take to arrive while others wait for its memory, whatever its size. */
const GRACE_MS = 10_000;
/** And longer by this for each of its bytes: a megabyte a second is asked for. */
const MS_PER_BYTE = 1 / 1000;
/** How often that is looked at, while somebody waits. */
const CHECK_MS = 1000;

/** Who gets memory for a request. */
export interface MemoryOwner {
  /** There is room now. */
  onGranted(): void;
  /** Its request arrives so slowly that others must not wait for it. */
  drop(reason: string): void;
}

/** The memory of one request, from its first bytes until its answer. */
export interface MemoryReservation {
  readonly isGranted: boolean;
  /** The request is whole: the peer has done its part. */
  arrived(): void;
  /** A second call is fine. */
  release(): void;
}

interface Entry extends MemoryReservation {
  readonly bytes: number;
  readonly owner: MemoryOwner;
  isGranted: boolean;
  hasArrived: boolean;
  isReleased: boolean;
  grantedMs: number;
}

/**
 * Bounds the memory of all large requests together (`queued.max.request.bytes`). A request that does not fit waits, and
 * its socket with it, until others are done, in the order in which they came. The first always fits, whatever its size.
 */
export class RequestMemory {
  readonly #host: Pick<Host, 'clock' | 'timers'>;
  readonly #maxBytes: number;
  readonly #holders = new Set<Entry>();
  #waiting: Entry[] = [];
  #usedBytes = 0;
  #checkTimer: Timer | undefined;

  /** @param maxBytes 0 or less: no limit */
  constructor(host: Pick<Host, 'clock' | 'timers'>, maxBytes: number) {
    this.#host = host;
    this.#maxBytes = maxBytes > 0 ? maxBytes : Infinity;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  reserve(bytes: number, owner: MemoryOwner): MemoryReservation {
    const entry: Entry = {
      bytes,
      owner,
      isGranted: false,
      hasArrived: false,
      isReleased: false,
      grantedMs: 0,
      arrived: () => (entry.hasArrived = true),
      release: () => this.#release(entry),
    };
    if (this.#waiting.length === 0 && this.#fits(bytes)) this.#grant(entry);
    else {
      this.#waiting.push(entry);
      this.#armCheck();
    }
    return entry;
  }

  #fits(bytes: number): boolean {
    return this.#usedBytes === 0 || this.#usedBytes + bytes <= this.#maxBytes;
  }

  #grant(entry: Entry): void {
    entry.isGranted = true;
    entry.grantedMs = this.#host.clock.monotonicMs();
    this.#usedBytes += entry.bytes;
    this.#holders.add(entry);
  }

  #release(entry: Entry): void {
    if (entry.isReleased) return;
    entry.isReleased = true;
    if (!entry.isGranted) {
      this.#waiting = this.#waiting.filter((each) => each !== entry);
    } else {
      this.#holders.delete(entry);
      this.#usedBytes -= entry.bytes;
    }
    while (this.#waiting.length > 0 && this.#fits(this.#waiting[0]!.bytes)) {
      const next = this.#waiting.shift()!;
      this.#grant(next);
      next.owner.onGranted();
    }
    if (this.#waiting.length === 0) this.#checkTimer?.cancel();
    if (this.#waiting.length === 0) this.#checkTimer = undefined;
  }

  #armCheck(): void {
    this.#checkTimer ??= this.#host.timers.schedule(CHECK_MS, () => this.#check(), { background: true });
  }

  /** Who announces a hundred megabytes and sends nothing must not keep the others from sending theirs. */
  #check(): void {
    this.#checkTimer = undefined;
    const nowMs = this.#host.clock.monotonicMs();
    for (const { owner, bytes, hasArrived, grantedMs } of this.#holders) {
      if (!hasArrived && nowMs - grantedMs > GRACE_MS + bytes * MS_PER_BYTE)
        owner.drop('its request arrives too slowly, and others wait for the memory');
    }
    if (this.#waiting.length > 0) this.#armCheck();
  }
}
