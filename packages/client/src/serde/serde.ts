/** Where a key or a value comes from or goes to, and the headers beside it. */
export interface SerdeContext {
  readonly topic: string;
  readonly part: 'key' | 'value';
  /** The headers of the record: a serializer may add to them, a deserializer only reads. */
  readonly headers: SerdeHeader[];
}

/** A header of a record, as serdes see it. */
export interface SerdeHeader {
  readonly key: string;
  readonly value: Buffer | null;
}

/**
 * Turns a value into the bytes of a record's key or value.
 *
 * Answers at once when it can, and with a promise only where it has to wait (a schema that is not known yet), so that
 * the hot path makes no promise per record. Throws, or rejects with, an error that says what does not fit.
 */
export interface Serializer<T> {
  serialize(data: T, context: SerdeContext): Buffer | null | Promise<Buffer | null>;
}

/** Turns the bytes of a record's key or value back; at once when it can, as {@link Serializer} does. */
export interface Deserializer<T> {
  deserialize(data: Buffer | null, context: SerdeContext): T | Promise<T>;
}

/** Both directions of one type. */
export interface Serde<T> extends Serializer<T>, Deserializer<T> {}
