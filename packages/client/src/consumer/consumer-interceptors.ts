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
    return records === polled.records ? polled : sorted(records, polled.handedOut);
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

/** Records of an interceptor by the partitions they were taken from, so that positions go with them. */
function sorted(changed: readonly ConsumerRecord[], parts: readonly HandedOut[]): PolledRecords {
  const records: ConsumerRecord[] = [];
  const handedOut = parts.map((part) => {
    const { topic, partition } = part.partition;
    const start = records.length;
    records.push(...changed.filter((record) => record.topic === topic && record.partition === partition));
    return { ...part, start, end: records.length };
  });
  return { records, handedOut };
}
