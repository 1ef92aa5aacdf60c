import type { ConsumerRecord } from '../consumer/consumer-record.ts';
import { DeserializationError, type RecordPart } from '../serde/serde-errors.ts';
import type { Deserializer, SerdeContext, SerdeHeader } from '../serde/serde.ts';
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
  /** Most records follow one of the same topic. */
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
    side.keyContext.headers = headers;
    side.valueContext.headers = headers;
    const key = this.#part(keySerde, record.key, side.keyContext, record);
    const value = this.#part(valueSerde, record.value, side.valueContext, record);
    if (key instanceof Promise || value instanceof Promise) {
      side.keyContext = new ReusedContext(record.topic, 'key');
      side.valueContext = new ReusedContext(record.topic, 'value');
      return this.#later(record, key, value);
    }
    return this.#filled(record, key, value);
  }

  #part(
    serde: Deserializer<unknown>,
    bytes: Buffer | null,
    context: SerdeContext,
    record: ConsumerRecord,
  ): unknown {
    try {
      const data = serde.deserialize(bytes, context);
      if (!(data instanceof Promise)) return data;
      const explained = data.catch((cause: unknown) => {
        throw new DeserializationError(record, context.part, cause);
      });
      // Where the other part fails first nobody waits for this one any more.
      explained.catch(() => {});
      return explained;
    } catch (cause) {
      throw new DeserializationError(record, context.part, cause);
    }
  }

  async #later(record: ConsumerRecord, key: unknown, value: unknown): Promise<Typed> {
    const data = await Promise.all([key, value]);
    return this.#filled(record, data[0], data[1]);
  }

  #filled(record: ConsumerRecord, key: unknown, value: unknown): Typed {
    if (this.#keepsBytes) return { ...record, key, value };
    const filled: { key: unknown; value: unknown } = record;
    filled.key = key;
    filled.value = value;
    return record;
  }

  #sideOf(topic: string): TopicSide | undefined {
    if (this.#last?.topic.name === topic) return this.#last;
    const found = this.#sides.get(topic);
    if (found !== undefined) this.#last = found;
    return found;
  }
}

function sideOf(topic: AnyTopic): TopicSide {
  return {
    topic,
    keyContext: new ReusedContext(topic.name, 'key'),
    valueContext: new ReusedContext(topic.name, 'value'),
  };
}
