import { abortable } from '../cluster/abortable.ts';
import type { ProducerRecord, RecordMetadata } from '../producer/producer-record.ts';
import { RecordEncoder, type RecordToEncode } from './record-encoder.ts';
import type { AnyTopic, TypedRecord } from './topic.ts';

/** Sends records that are bytes; called in the order of the calls. */
export interface HandOn {
  readonly one: (record: ProducerRecord) => Promise<RecordMetadata>;
  readonly many: (records: readonly ProducerRecord[]) => Promise<RecordMetadata[]>;
  /** Aborted when the producer ends: what a serde still works on fails then. */
  readonly closing: AbortSignal;
}

/**
 * Serializes what is sent to typed topics, and keeps it in the order of the calls: behind a record whose serde has to
 * wait, those of the same topic wait too. As long as no serde does, nothing here waits or makes a promise.
 */
export class TypedSends {
  readonly #handOn: HandOn;
  readonly #encoders = new WeakMap<AnyTopic, RecordEncoder>();
  /** By name: settles when all that was sent to the topic before has been handed on, or has failed. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(handOn: HandOn) {
    this.#handOn = handOn;
  }

  /** @throws SerializationError, or rejects with it */
  one(topic: AnyTopic, record: RecordToEncode): Promise<RecordMetadata> {
    const encoded = this.#encoder(topic).encode(record, 0);
    if (!(encoded instanceof Promise) && !this.#turns.has(topic.name)) return this.#handOn.one(encoded);
    return this.#inTurn(new Set([topic.name]), Promise.resolve(encoded), this.#handOn.one);
  }

  /** As `one`; all or none of the records are handed on. @param topicOf the topic of a record */
  many<Item extends RecordToEncode>(
    records: readonly Item[],
    topicOf: (record: Item) => AnyTopic,
  ): Promise<RecordMetadata[]> {
    const names = new Set<string>();
    const encoded: (ProducerRecord | Promise<ProducerRecord>)[] = [];
    let waits = false;
    let topic: AnyTopic | undefined;
    let encoder: RecordEncoder | undefined;
    for (let index = 0; index < records.length; index++) {
      const record = records[index]!;
      const own = topicOf(record);
      if (encoder === undefined || own !== topic) {
        topic = own;
        encoder = this.#encoder(own);
        names.add(own.name);
        waits ||= this.#turns.has(own.name);
      }
      const bytes = encoder.encode(record, index);
      if (bytes instanceof Promise) waits = true;
      encoded.push(bytes);
    }
    if (!waits) return this.#handOn.many(encoded as ProducerRecord[]);
    const all = Promise.all(encoded.map(async (record) => await record));
    return this.#inTurn(names, all, this.#handOn.many);
  }

  /** Resolves when everything sent so far has been handed on; undefined if it has been. */
  settled(): Promise<unknown> | undefined {
    return this.#turns.size === 0 ? undefined : Promise.all(this.#turns.values());
  }

  #encoder(topic: AnyTopic): RecordEncoder {
    let encoder = this.#encoders.get(topic);
    if (encoder === undefined) this.#encoders.set(topic, (encoder = new RecordEncoder(topic)));
    return encoder;
  }

  async #inTurn<Encoded, Sent>(
    names: ReadonlySet<string>,
    encoded: Promise<Encoded>,
    handOn: (encoded: Encoded) => Promise<Sent>,
  ): Promise<Sent> {
    const before = [...names].map((name) => this.#turns.get(name));
    const { promise: turn, resolve: endTurn } = Promise.withResolvers<void>();
    for (const name of names) this.#turns.set(name, turn);
    let sent: Promise<Sent>;
    try {
      // Also a record that cannot be serialized keeps its place until those before it are gone.
      const [outcome] = await abortable(Promise.allSettled([encoded, ...before]), this.#handOn.closing);
      if (outcome.status === 'rejected') throw outcome.reason;
      sent = handOn(outcome.value);
    } finally {
      for (const name of names) if (this.#turns.get(name) === turn) this.#turns.delete(name);
      endTurn();
    }
    return sent;
  }
}

/** Whether what was given to `send` is a record of a typed topic. */
export function isTypedRecord(record: unknown): record is TypedRecord {
  return typeof (record as { readonly topic?: unknown } | null | undefined)?.topic === 'object';
}
