import type { Serde, SerdeContext } from '@millrace/client';
import type { SchemaEntity } from '../client/registry-entities.ts';
import { SchemaDeserializer } from './schema-deserializer.ts';
import { SchemaSerializer } from './schema-serializer.ts';
import { serdeSetup, type SerdeOptions } from './serde-setup.ts';
import type { SerdeFormat } from './serde-format.ts';

/** What a serde of one format is made of. */
export interface SchemaSerdeOptions<T> extends SerdeOptions {
  readonly format: SerdeFormat<T>;
  /** What is written, and registered when `auto.register.schemas` says so. */
  readonly schema?: SchemaEntity | undefined;
  /** What is read: values come out as this schema describes them, whatever they were written with. */
  readonly readerSchema?: SchemaEntity | undefined;
}

/**
 * Writes and reads keys or values of type `T` with the schema registry. One serde serves keys and values of any number
 * of topics; it may be shared by producers and consumers. Null is no value of a schema here: `nullable(serde)` of
 * `@millrace/client` makes null records of it, for tombstones and records without a key.
 */
export class SchemaSerde<T> implements Serde<T> {
  readonly #serializer: SchemaSerializer<T>;
  readonly #deserializer: SchemaDeserializer<T>;

  /** @throws InvalidPropertyError */
  constructor({ format, schema, readerSchema, ...options }: SchemaSerdeOptions<T>) {
    const setup = serdeSetup(format, options);
    this.#serializer = new SchemaSerializer(setup, schema);
    this.#deserializer = new SchemaDeserializer(setup, readerSchema);
  }

  /** At once when the schema is known, else a promise. */
  serialize(data: T, context: SerdeContext): Buffer | Promise<Buffer> {
    return this.#serializer.serialize(data, context);
  }

  /** At once when the schema is known, else a promise. */
  deserialize(data: Buffer | null, context: SerdeContext): T | Promise<T> {
    return this.#deserializer.deserialize(data, context);
  }
}
