import type { RecordOrigin } from '../acknowledge/held-records.ts';
import type { ShareRecord } from '../share-record.ts';

/** Records of one origin that were acquired and not handed out yet. */
interface ReadyPart {
  readonly origin: RecordOrigin;
  readonly records: readonly ShareRecord[];
  readonly lockedUntilMs: number;
  next: number;
}

/** Records of one origin, handed out. */
export interface TakenPart {
  readonly origin: RecordOrigin;
  readonly records: readonly ShareRecord[];
}

/** What brokers have handed out and polls have not yet. */
export class ReadyRecords {
  #parts: ReadyPart[] = [];

  add(origin: RecordOrigin, records: readonly ShareRecord[], lockedUntilMs: number): void {
    if (records.length > 0) this.#parts.push({ origin, records, lockedUntilMs, next: 0 });
  }

  /** Up to `maxRecords`, without those that have gone to somebody else meanwhile: their session or lock is over. */
  take(maxRecords: number, nowMs: number): TakenPart[] {
    const taken: TakenPart[] = [];
    let left = maxRecords;
    while (left > 0) {
      const part = this.#parts[0];
      if (part === undefined) break;
      const { origin, lockedUntilMs } = part;
      if (origin.session.endedBy !== undefined || nowMs >= lockedUntilMs) {
        this.#parts.shift();
        continue;
      }
      const records = part.records.slice(part.next, part.next + left);
      part.next += records.length;
      left -= records.length;
      taken.push({ origin, records });
      if (part.next === part.records.length) this.#parts.shift();
    }
    return taken;
  }

  clear(): void {
    this.#parts = [];
  }
}
