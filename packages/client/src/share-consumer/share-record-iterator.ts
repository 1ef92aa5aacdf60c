import type { RecordOrigin } from './acknowledge/held-records.ts';
import type { TakenPart } from './fetch/ready-records.ts';
import type { ShareRecord } from './share-record.ts';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** What an iteration does with records. */
export interface ShareRecordHandling {
  /** The next records, undefined when the consumer is closed. */
  readonly poll: () => Promise<readonly TakenPart[] | undefined>;
  /** Do these records belong to somebody else by now? */
  readonly isStale: (part: TakenPart) => boolean;
  /** The loop is given this record. */
  readonly onGiven: (origin: RecordOrigin, record: ShareRecord) => void;
  /** The loop asks for another one. */
  readonly onDone: () => void;
  /** The loop was left: these it has not seen. */
  readonly onLeft: (unseen: readonly TakenPart[]) => void;
}

/** Records one by one. */
export class ShareRecordIterator implements AsyncIterableIterator<ShareRecord, undefined> {
  readonly #handling: ShareRecordHandling;
  #parts: readonly TakenPart[] = [];
  #partIndex = 0;
  #recordIndex = 0;
  #isDone = false;

  constructor(handling: ShareRecordHandling) {
    this.#handling = handling;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<ShareRecord, undefined>> {
    this.#handling.onDone();
    while (!this.#isDone) {
      const part = this.#parts[this.#partIndex];
      if (part === undefined) {
        const parts = await this.#handling.poll();
        if (parts === undefined) break;
        this.#parts = parts;
        this.#partIndex = 0;
        this.#recordIndex = 0;
        continue;
      }
      const record = part.records[this.#recordIndex];
      if (record === undefined || this.#handling.isStale(part)) {
        this.#partIndex++;
        this.#recordIndex = 0;
        continue;
      }
      this.#recordIndex++;
      this.#handling.onGiven(part.origin, record);
      return { done: false, value: record };
    }
    return DONE;
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#isDone = true;
    const [current, ...others] = this.#parts.slice(this.#partIndex);
    const unseen =
      current === undefined
        ? []
        : [{ ...current, records: current.records.slice(this.#recordIndex) }, ...others];
    this.#parts = [];
    this.#handling.onLeft(unseen);
    return Promise.resolve(DONE);
  }
}
