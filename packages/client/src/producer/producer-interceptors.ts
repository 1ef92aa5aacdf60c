import type { Logger } from '@millrace/host';
import { PartialSendError } from '../errors.ts';
import type { HandOn } from '../topic/typed-sends.ts';
import type { ProducerRecord, RecordMetadata } from './producer-record.ts';

/**
 * Sees, and may change, what a producer sends, as in Kafka; records are bytes here, whether a serde made them or not.
 * An interceptor cannot make a send fail: what it throws is logged, and the record goes on as it was before.
 */
export interface ProducerInterceptor {
  /** Before the partition is chosen. @returns the record to send, the same or another one */
  onSend?(record: ProducerRecord): ProducerRecord;
  /** When the record is written as `acks` says, or has failed. Runs in the producer's own time: be quick. */
  onAcknowledgement?(
    metadata: RecordMetadata | undefined,
    error: Error | undefined,
    record: ProducerRecord,
  ): void;
  /** When the producer is closed. */
  close?(): void;
}

/** All interceptors of a producer, in order. */
export class ProducerInterceptors {
  readonly #interceptors: readonly ProducerInterceptor[];
  readonly #logger: Logger;

  constructor(interceptors: readonly ProducerInterceptor[], logger: Logger) {
    this.#interceptors = interceptors;
    this.#logger = logger;
  }

  /** All that is sent through them goes on to `next`. */
  before({ one, many, closing }: HandOn): HandOn {
    return {
      closing,
      one: (record) => this.#one(record, one),
      many: (records) => this.#many(records, many),
    };
  }

  close(): void {
    for (const interceptor of this.#interceptors) {
      this.#guarded('close', () => interceptor.close?.());
    }
  }

  #one(
    record: ProducerRecord,
    send: (record: ProducerRecord) => Promise<RecordMetadata>,
  ): Promise<RecordMetadata> {
    const changed = this.#onSend(record);
    const sent = attempt(() => send(changed));
    sent.then(
      (metadata) => this.#onAcknowledgement(metadata, undefined, changed),
      (error: unknown) => this.#onAcknowledgement(undefined, error as Error, changed),
    );
    return sent;
  }

  #many(
    records: readonly ProducerRecord[],
    send: (records: readonly ProducerRecord[]) => Promise<RecordMetadata[]>,
  ): Promise<RecordMetadata[]> {
    const changed = records.map((record) => this.#onSend(record));
    const sent = attempt(() => send(changed));
    const acknowledge = (outcome: (index: number) => RecordMetadata | Error | undefined) => {
      for (const [index, record] of changed.entries()) {
        const result = outcome(index);
        if (result instanceof Error) this.#onAcknowledgement(undefined, result, record);
        else this.#onAcknowledgement(result, undefined, record);
      }
    };
    sent.then(
      (results) => acknowledge((index) => results[index]),
      (error: unknown) => acknowledge((index) => outcomeOf(error as Error, index)),
    );
    return sent;
  }

  #onSend(record: ProducerRecord): ProducerRecord {
    let current = record;
    for (const interceptor of this.#interceptors) {
      current = this.#guarded('onSend', () => interceptor.onSend?.(current)) ?? current;
    }
    return current;
  }

  #onAcknowledgement(
    metadata: RecordMetadata | undefined,
    error: Error | undefined,
    record: ProducerRecord,
  ): void {
    for (const interceptor of this.#interceptors) {
      this.#guarded('onAcknowledgement', () => interceptor.onAcknowledgement?.(metadata, error, record));
    }
  }

  #guarded<T>(call: string, run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.#logger.warn('a producer interceptor failed', { call, error });
      return undefined;
    }
  }
}

/** What happened to one record of an array that failed, in part or as a whole. */
function outcomeOf(error: Error, index: number): RecordMetadata | Error | undefined {
  if (!(error instanceof PartialSendError)) return error;
  return error.errors[index] ?? (error.results[index] as RecordMetadata | undefined);
}

/** What is refused at once is an acknowledgement too. */
async function attempt<T>(send: () => Promise<T>): Promise<T> {
  return await send();
}
