import type { Deserializer, Serde, Serializer } from './serde.ts';

/** Lets null through in both directions, as null bytes: tombstones of compacted topics, records without a key. */
export function nullable<T>(serde: Serde<T>): Serde<T | null>;
export function nullable<In, Out>(
  serde: Serializer<In> & Deserializer<Out>,
): Serializer<In | null> & Deserializer<Out | null>;
export function nullable<In, Out>(
  serde: Serializer<In> & Deserializer<Out>,
): Serializer<In | null> & Deserializer<Out | null> {
  return {
    serialize: (data, context) => (data === null ? null : serde.serialize(data, context)),
    deserialize: (data, context) => (data === null ? null : serde.deserialize(data, context)),
  };
}
