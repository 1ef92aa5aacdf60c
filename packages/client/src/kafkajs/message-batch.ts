import type { ConsumerRecord } from '../consumer/consumer-record.ts';
import type { Batch, IHeaders, KafkaMessage } from './kafkajs-types.ts';

/** Records of one partition as kafkajs hands them out. Never empty. */
export class MessageBatch implements Batch {
  readonly topic: string;
  readonly partition: number;
  readonly highWatermark: string;
  readonly messages: KafkaMessage[];
  readonly #first: number;
  readonly #last: number;
  readonly #highWatermark: number;

  constructor(records: readonly ConsumerRecord[], highWatermark: number | undefined) {
    const [first] = records;
    const last = records.at(-1)!;
    this.topic = first!.topic;
    this.partition = first!.partition;
    this.#first = first!.offset;
    this.#last = last.offset;
    this.#highWatermark = Math.max(highWatermark ?? 0, last.offset + 1);
    this.highWatermark = String(this.#highWatermark);
    this.messages = records.map(toMessage);
  }

  isEmpty(): boolean {
    return false;
  }

  firstOffset(): string | null {
    return String(this.#first);
  }

  lastOffset(): string {
    return String(this.#last);
  }

  offsetLag(): string {
    return String(this.#highWatermark - 1 - this.#last);
  }

  offsetLagLow(): string {
    return String(this.#highWatermark - 1 - this.#first);
  }
}

function toMessage({ key, value, timestampMs, offset, headers }: ConsumerRecord): KafkaMessage {
  return {
    key,
    value,
    timestamp: String(timestampMs),
    attributes: 0,
    offset: String(offset),
    headers: headers.length === 0 ? {} : toHeaders(headers),
  };
}

/** A name that comes more than once has an array. */
function toHeaders(headers: ConsumerRecord['headers']): IHeaders {
  const result: Record<string, Buffer | Buffer[] | null> = {};
  for (const { key, value } of headers) {
    const before = result[key];
    if (before === undefined) result[key] = value;
    else if (value !== null) result[key] = [before ?? [], value].flat();
  }
  // A header without a value is null in kafkajs as well, although its types do not say so.
  return result as IHeaders;
}
