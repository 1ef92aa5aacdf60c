import type { RecordHeaderInput } from '@millrace/protocol';
import type { ProducerRecord } from '../producer/producer-record.ts';
import { SerializationError, type RecordPart } from '../serde/serde-errors.ts';
import type { SerdeContext, SerdeHeader, Serializer } from '../serde/serde.ts';
import type { AnyTopic } from './topic.ts';

/** What the caller says of a record; the topic is beside it. */
export interface RecordToEncode {
  readonly key?: unknown;
  readonly value: unknown;
  readonly partition?: number;
  readonly headers?: readonly RecordHeaderInput[];
  readonly timestampMs?: number;
}

type Bytes = Buffer | null;

/** A context that serves one record after the other, for as long as nobody holds on to it. */
class ReusedContext implements SerdeContext {
  readonly topic: string;
  readonly part: RecordPart;
  headers: SerdeHeader[];

  constructor(topic: string, part: RecordPart, headers: SerdeHeader[]) {
    this.topic = topic;
    this.part = part;
    this.headers = headers;
  }
}

/**
 * Serializes the records of one topic: at once, unless a serde answers with a promise. One object per record is made,
 * the record itself; contexts are used again until a promise holds on to them.
 */
export class RecordEncoder {
  readonly #topic: AnyTopic;
  #spareHeaders: SerdeHeader[] = [];
  #keyContext: ReusedContext;
  #valueContext: ReusedContext;

  constructor(topic: AnyTopic) {
    this.#topic = topic;
    this.#keyContext = new ReusedContext(topic.name, 'key', this.#spareHeaders);
    this.#valueContext = new ReusedContext(topic.name, 'value', this.#spareHeaders);
  }

  /** @throws SerializationError, or rejects with it. @param index Position in the call, for the error. */
  encode(record: RecordToEncode, index: number): ProducerRecord | Promise<ProducerRecord> {
    const { keySerde, valueSerde } = this.#topic;
    const headers = record.headers === undefined ? this.#spareHeaders : record.headers.map(asSerdeHeader);
    this.#keyContext.headers = headers;
    this.#valueContext.headers = headers;
    const key = this.#serialize(keySerde, record.key ?? null, this.#keyContext, index);
    const value = this.#serialize(valueSerde, record.value, this.#valueContext, index);
    if (key instanceof Promise || value instanceof Promise) {
      this.#keyContext = new ReusedContext(this.#topic.name, 'key', this.#renewSpare());
      this.#valueContext = new ReusedContext(this.#topic.name, 'value', this.#spareHeaders);
      return this.#encodeLater(record, key, value, headers);
    }
    // A serializer has added to them: they belong to this record now.
    if (headers === this.#spareHeaders && headers.length > 0) this.#renewSpare();
    return this.#encoded(record, key, value, headers);
  }

  #serialize(
    serde: Serializer<never>,
    data: unknown,
    context: SerdeContext,
    index: number,
  ): Bytes | Promise<Bytes> {
    try {
      const bytes = serde.serialize(data as never, context);
      return bytes instanceof Promise ? this.#explained(bytes, context.part, index) : bytes;
    } catch (cause) {
      throw new SerializationError(this.#topic.name, context.part, index, cause);
    }
  }

  #explained(bytes: Promise<Bytes>, part: RecordPart, index: number): Promise<Bytes> {
    const explained = bytes.catch((cause: unknown) => {
      throw new SerializationError(this.#topic.name, part, index, cause);
    });
    // Where another part of the call fails first nobody waits for this one any more.
    explained.catch(() => {});
    return explained;
  }

  #encodeLater(
    record: RecordToEncode,
    key: Bytes | Promise<Bytes>,
    value: Bytes | Promise<Bytes>,
    headers: SerdeHeader[],
  ): Promise<ProducerRecord> {
    const encoded = Promise.all([key, value]).then(([keyBytes, valueBytes]) =>
      this.#encoded(record, keyBytes, valueBytes, headers),
    );
    encoded.catch(() => {});
    return encoded;
  }

  #encoded(
    { partition, timestampMs }: RecordToEncode,
    key: Bytes,
    value: Bytes,
    headers: readonly SerdeHeader[],
  ): ProducerRecord {
    const encoded = {
      topic: this.#topic.name,
      key,
      value,
      partition,
      timestampMs,
      headers: headers.length === 0 ? undefined : headers,
    };
    // One shape for all records; to the producer a field that is undefined is one that is not there.
    return encoded as ProducerRecord;
  }

  #renewSpare(): SerdeHeader[] {
    this.#spareHeaders = [];
    return this.#spareHeaders;
  }
}

function asSerdeHeader({ key, value }: RecordHeaderInput): SerdeHeader {
  if (value === null || Buffer.isBuffer(value)) return { key, value };
  return { key, value: typeof value === 'string' ? Buffer.from(value) : Buffer.from(value) };
}
