import type { Logger } from '@millrace/host';
import type { ConsumerRecord } from './consumer-record.ts';
import type { HandedOut, PolledRecords } from './fetch/fetch-buffer.ts';
import type { OffsetToCommit } from './offsets/commit-offsets.ts';

/**
 * Sees, and may change, what a consumer is handed out, as in Kafka; records are bytes here. An interceptor cannot make
 * a poll or a commit fail: what it throws is logged, and the records stay as they were before.
 */
export interface ConsumerInterceptor {
  /** Before an array is handed out. @returns what to hand out; what is left out is skipped, positions move all the same */
  onConsume?(records: readonly ConsumerRecord[]): readonly ConsumerRecord[];
  /** When offsets have been committed, by whatever way. */
  onCommit?(offsets: readonly OffsetToCommit[]): void;
  /** When the consumer is closed. */
  close?(): void;
}

/** All interceptors of a consumer, in order. */
export class ConsumerInterceptors {
  readonly #interceptors: readonly ConsumerInterceptor[];
  readonly #logger: Logger;

  constructor(interceptors: readonly ConsumerInterceptor[], logger: Logger) {
    this.#interceptors = interceptors;
    this.#logger = logger;
  }

  onConsume(polled: PolledRecords): PolledRecords {
    if (polled.records.length === 0) return polled;
    let records: readonly ConsumerRecord[] = polled.records;
    for (const interceptor of this.#interceptors) {
      const current = records;
      records = this.#guarded('onConsume', () => interceptor.onConsume?.(current)) ?? current;
    }
    return records === polled.records ? polled : sorted(records, polled);
  }

  onCommit(offsets: readonly OffsetToCommit[]): void {
    for (const interceptor of this.#interceptors) {
      this.#guarded('onCommit', () => interceptor.onCommit?.(offsets));
    }
  }

  close(): void {
    for (const interceptor of this.#interceptors) this.#guarded('close', () => interceptor.close?.());
  }

  #guarded<T>(call: string, run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.#logger.warn('a consumer interceptor failed', { call, error });
      return undefined;
    }
  }
}

/** Records of an interceptor by the parts of the array they were taken from, so that positions go with them. */
function sorted(changed: readonly ConsumerRecord[], polled: PolledRecords): PolledRecords {
  const byPart = Map.groupBy(changed, (record) => partOf(record, polled));
  const records: ConsumerRecord[] = [];
  const handedOut = polled.handedOut.map((part) => {
    const start = records.length;
    records.push(...(byPart.get(part) ?? []));
    return { ...part, start, end: records.length };
  });
  return { records, handedOut };
}

/** Where two answers of a partition are handed out at once, the later one has the higher offsets. */
function partOf(record: ConsumerRecord, { records, handedOut }: PolledRecords): HandedOut | undefined {
  const ofPartition = handedOut.filter(
    ({ partition, start, end }) =>
      start < end && partition.topic === record.topic && partition.partition === record.partition,
  );
  return ofPartition.findLast(({ start }) => records[start]!.offset <= record.offset) ?? ofPartition[0];
}
