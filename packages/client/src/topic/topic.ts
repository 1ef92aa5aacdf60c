import type { RecordHeader, RecordHeaderInput } from '@millrace/protocol';
import { serdes } from '../serde/built-in-serdes.ts';
import { nullable } from '../serde/nullable.ts';
import type { Deserializer, Serializer } from '../serde/serde.ts';

/** What a topic holds, see {@link topic}. */
export interface TopicOptions<Name extends string, KeyIn, ValueIn, KeyOut, ValueOut> {
  readonly name: Name;
  /** Default: bytes or null. */
  readonly key?: Serializer<KeyIn> & Deserializer<KeyOut>;
  readonly value: Serializer<ValueIn> & Deserializer<ValueOut>;
}

/** A record of a typed topic, to be sent. The key may be left out where it may be null. */
export type TopicRecordInput<Key, Value> = TopicRecordFields<Value> &
  (null extends Key ? { readonly key?: Key } : { readonly key: Key });

interface TopicRecordFields<Value> {
  readonly value: Value;
  /** By default the partitioner chooses: by key where there is one. */
  readonly partition?: number;
  readonly headers?: readonly RecordHeaderInput[];
  /** Milliseconds since 1970. Default: the time of `send`. */
  readonly timestampMs?: number;
}

/** A record with the topic it is for; made by `topic.record()`, taken by `producer.send()`. */
export interface TypedRecord {
  readonly topic: AnyTopic;
  readonly key?: unknown;
  readonly value: unknown;
  readonly partition?: number;
  readonly headers?: readonly RecordHeaderInput[];
  readonly timestampMs?: number;
}

/** A record of a typed topic, as it was read. */
export interface TopicRecord<Key, Value, Name extends string = string> {
  readonly topic: Name;
  readonly partition: number;
  readonly offset: number;
  /** The leader epoch in which the record was written, -1 if unknown. */
  readonly leaderEpoch: number;
  /** Milliseconds since 1970; set by the producer or, on topics with LogAppendTime, by the broker. */
  readonly timestampMs: number;
  readonly key: Key;
  readonly value: Value;
  readonly headers: readonly RecordHeader[];
}

/** Any typed topic, where its types do not matter. */
export interface AnyTopic {
  readonly name: string;
  readonly keySerde: Serializer<never> & Deserializer<unknown>;
  readonly valueSerde: Serializer<never> & Deserializer<unknown>;
}

/** What a consumer gets of these topics: told apart by `record.topic` where they are several. */
export type RecordOf<Source extends AnyTopic> =
  Source extends Topic<infer _KeyIn, infer _ValueIn, infer Name, infer KeyOut, infer ValueOut>
    ? TopicRecord<KeyOut, ValueOut, Name>
    : never;

/**
 * A topic with the types of its keys and values, so that what is sent and what is read fits, or does not compile. It
 * is no more than a description: one handle serves any number of producers and consumers.
 */
export class Topic<
  KeyIn,
  ValueIn,
  Name extends string = string,
  KeyOut = KeyIn,
  ValueOut = ValueIn,
> implements AnyTopic {
  readonly name: Name;
  readonly keySerde: Serializer<KeyIn> & Deserializer<KeyOut>;
  readonly valueSerde: Serializer<ValueIn> & Deserializer<ValueOut>;

  constructor(
    name: Name,
    keySerde: Serializer<KeyIn> & Deserializer<KeyOut>,
    valueSerde: Serializer<ValueIn> & Deserializer<ValueOut>,
  ) {
    this.name = name;
    this.keySerde = keySerde;
    this.valueSerde = valueSerde;
  }

  /** A record for `producer.send()`. Nothing is serialized before that. */
  record(record: TopicRecordInput<KeyIn, ValueIn>): TypedRecord {
    return { topic: this, ...record };
  }
}

/**
 * Describes a topic by name, key and value.
 *
 * ```ts
 * const orders = topic({ name: 'orders', key: serdes.string(), value: serdes.json<Order>() });
 * await producer.to(orders).send({ key: 'order-1', value: { total: 12 } });
 * for await (const { key, value } of consumer.subscribe(orders)) console.log(key, value.total);
 * ```
 */
export function topic<Name extends string, ValueIn, ValueOut>(
  options: Omit<TopicOptions<Name, never, ValueIn, never, ValueOut>, 'key'> & { readonly key?: undefined },
): Topic<Uint8Array | null, ValueIn, Name, Buffer | null, ValueOut>;
export function topic<Name extends string, KeyIn, ValueIn, KeyOut, ValueOut>(
  options: TopicOptions<Name, KeyIn, ValueIn, KeyOut, ValueOut> & {
    readonly key: Serializer<KeyIn> & Deserializer<KeyOut>;
  },
): Topic<KeyIn, ValueIn, Name, KeyOut, ValueOut>;
export function topic({
  name,
  key = nullable(serdes.bytes()),
  value,
}: {
  readonly name: string;
  readonly key?: (Serializer<never> & Deserializer<unknown>) | undefined;
  readonly value: Serializer<never> & Deserializer<unknown>;
}): unknown {
  return new Topic(name, key, value);
}

/** What was subscribed to, if it is typed topics; an array is of one kind. */
export function typedTopics(topics: unknown): readonly AnyTopic[] | undefined {
  const all: readonly unknown[] = Array.isArray(topics) ? topics : [topics];
  return isTopic(all[0]) ? (all as readonly AnyTopic[]) : undefined;
}

function isTopic(value: unknown): value is AnyTopic {
  return typeof value === 'object' && value !== null && 'valueSerde' in value;
}
