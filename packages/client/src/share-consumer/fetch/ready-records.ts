import type { RecordOrigin } from '../acknowledge/held-records.ts';
import type { ShareRecord } from '../share-record.ts';

/** Records of one origin that this consumer has for a while. */
export interface TakenPart {
  readonly origin: RecordOrigin;
  readonly records: readonly ShareRecord[];
  readonly lockedUntilMs: number;
}

/** Has somebody else got these records by now, or could have? */
export function isStale({ origin, lockedUntilMs }: TakenPart, nowMs: number): boolean {
  return origin.session.endedBy !== undefined || nowMs >= lockedUntilMs;
}

/** What brokers have handed out and polls have not yet. */
export class ReadyRecords {
  readonly #parts: { readonly part: TakenPart; next: number }[] = [];

  add(part: TakenPart): void {
    if (part.records.length > 0) this.#parts.push({ part, next: 0 });
  }

  /** Up to `maxRecords`, without those that have gone to somebody else meanwhile. */
  take(maxRecords: number, nowMs: number): TakenPart[] {
    const taken: TakenPart[] = [];
    let left = maxRecords;
    while (left > 0) {
      const first = this.#parts[0];
      if (first === undefined) break;
      const { part, next } = first;
      if (isStale(part, nowMs)) {
        this.#parts.shift();
        continue;
      }
      const records = part.records.slice(next, next + left);
      first.next += records.length;
      left -= records.length;
      taken.push({ ...part, records });
      if (first.next === part.records.length) this.#parts.shift();
    }
    return taken;
  }

  clear(): void {
    this.#parts.length = 0;
  }
}
