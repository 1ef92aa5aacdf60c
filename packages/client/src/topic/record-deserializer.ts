import type { ConsumerRecord } from '../consumer/consumer-record.ts';
import { DeserializationError, type RecordPart } from '../serde/serde-errors.ts';
import type { SerdeContext, SerdeHeader } from '../serde/serde.ts';
import type { AnyTopic, TopicRecord } from './topic.ts';

/** A context that serves one record after the other, for as long as nobody holds on to it. */
class ReusedContext implements SerdeContext {
  readonly topic: string;
  readonly part: RecordPart;
  headers: SerdeHeader[] = [];

  constructor(topic: string, part: RecordPart) {
    this.topic = topic;
    this.part = part;
  }
}

/** One topic's part in it. */
interface TopicSide {
  readonly topic: AnyTopic;
  keyContext: ReusedContext;
  valueContext: ReusedContext;
}

type Typed = TopicRecord<unknown, unknown>;

/**
 * Turns bytes of typed topics into keys and values: at once, unless a serde answers with a promise. The record itself
 * is filled in, which spares an object per record; who still needs the bytes asks for a copy.
 */
export class RecordDeserializer {
  readonly #sides: ReadonlyMap<string, TopicSide>;
  readonly #keepsBytes: boolean;
  /** Most records follow one of the same topic. Its name as they have it: the same string is found equal at once. */
  #lastTopic: string | undefined;
  #last: TopicSide | undefined;

  /** @param keepsBytes Leaves the record as it was, and answers with another one. */
  constructor(topics: readonly AnyTopic[], keepsBytes = false) {
    this.#sides = new Map(topics.map((topic) => [topic.name, sideOf(topic)]));
    this.#keepsBytes = keepsBytes;
  }

  /** @throws DeserializationError, or rejects with it; the record is untouched then */
  deserialize(record: ConsumerRecord): Typed | Promise<Typed> {
    const side = this.#sideOf(record.topic);
    // A topic that has no types (a leftover of an earlier subscription) is handed out as bytes.
    if (side === undefined) return record;
    const { keySerde, valueSerde } = side.topic;
    // Deserializers only read headers.
    const headers = record.headers as SerdeHeader[];
    if (side.keyContext.headers !== headers) {
      side.keyContext.headers = headers;
      side.valueContext.headers = headers;
    }
    let key: unknown;
    let value: unknown;
    let part: RecordPart = 'key';
    try {
      key = keySerde.deserialize(record.key, side.keyContext);
      part = 'value';
      value = valueSerde.deserialize(record.value, side.valueContext);
    } catch (cause) {
      // Nobody waits for the other part any more.
      if (key instanceof Promise) key.catch(() => {});
      throw new DeserializationError(record, part, cause);
    }
    if (!(key instanceof Promise) && !(value instanceof Promise)) return this.#filled(record, key, value);
    side.keyContext = new ReusedContext(record.topic, 'key');
    side.valueContext = new ReusedContext(record.topic, 'value');
    return this.#later(record, key, value);
  }

  async #later(record: ConsumerRecord, key: unknown, value: unknown): Promise<Typed> {
    const parts = [explained(record, 'key', key), explained(record, 'value', value)] as const;
    // Where one fails first nobody waits for the other.
    for (const part of parts) part.catch(() => {});
    return this.#filled(record, await parts[0], await parts[1]);
  }

  #filled(record: ConsumerRecord, key: unknown, value: unknown): Typed {
    if (this.#keepsBytes) return copied(record, key, value);
    const filled: { key: unknown; value: unknown } = record;
    filled.key = key;
    filled.value = value;
    return record;
  }

  #sideOf(topic: string): TopicSide | undefined {
    if (this.#lastTopic === topic) return this.#last;
    this.#lastTopic = topic;
    this.#last = this.#sides.get(topic);
    return this.#last;
  }
}

async function explained(record: ConsumerRecord, part: RecordPart, data: unknown): Promise<unknown> {
  try {
    return await data;
  } catch (cause) {
    throw new DeserializationError(record, part, cause);
  }
}

/** Written out: spreading the record takes several times as long. */
function copied(
  { topic, partition, offset, leaderEpoch, timestampMs, headers }: ConsumerRecord,
  key: unknown,
  value: unknown,
): Typed {
  return { topic, partition, offset, leaderEpoch, timestampMs, key, value, headers };
}

function sideOf(topic: AnyTopic): TopicSide {
  return {
    topic,
    keyContext: new ReusedContext(topic.name, 'key'),
    valueContext: new ReusedContext(topic.name, 'value'),
  };
}
