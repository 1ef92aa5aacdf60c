import type { Deserializer, SerdeContext, SerdeHeader } from '@millrace/client';
import { LookupCache } from '../client/lookup-cache.ts';
import type { RegisteredSchema, SchemaEntity } from '../client/registry-entities.ts';
import { DeserializationError, RegistryRefusedError } from '../errors.ts';
import type { ParsedSchema } from '../format/schema-format.ts';
import { readMessageIndexes } from './message-indexes.ts';
import {
  applyRules,
  contractRules,
  refuseEncodingRules,
  refuseMigrationRules,
  type RuleStep,
} from './contract-rules.ts';
import type { SerdeSetup } from './serde-setup.ts';
import type { PayloadDecoder, SerdeFormat } from './serde-format.ts';
import { ID_PREFIX_BYTES, MAGIC_ID, readSchemaReference, SCHEMA_HEADERS } from './wire-format.ts';
import { contextOf, WriteSchemaChoice } from './write-schema.ts';

const SCHEMA_NOT_FOUND = 40_403;
const NO_INDEXES: readonly number[] = [];

/** A schema that records were written with, and the decoders made for it. */
class WriterSchema<T> {
  readonly #format: SerdeFormat<T>;
  readonly #writer: ParsedSchema;
  readonly #reader: ParsedSchema | undefined;
  /** By message indexes; one for formats without. There are at most as many as the schema has messages. */
  readonly #decoders = new Map<string, PayloadDecoder<T>>();
  /** The decoder of the whole schema, for formats without message indexes. */
  readonly only: PayloadDecoder<T> | undefined;
  /** What happens to values after they were read; mostly nothing. */
  readonly rules: readonly RuleStep[] | undefined;

  constructor(
    format: SerdeFormat<T>,
    {
      writer,
      reader,
      rules,
    }: {
      readonly writer: ParsedSchema;
      readonly reader: ParsedSchema | undefined;
      readonly rules: readonly RuleStep[] | undefined;
    },
  ) {
    this.#format = format;
    this.#writer = writer;
    this.#reader = reader;
    this.rules = rules;
    this.only = format.hasMessageIndexes ? undefined : this.#decoder(NO_INDEXES);
  }

  decoderOf(messageIndexes: readonly number[]): PayloadDecoder<T> {
    const key = messageIndexes.join();
    const known = this.#decoders.get(key);
    if (known !== undefined) return known;
    const decoder = this.#decoder(messageIndexes);
    this.#decoders.set(key, decoder);
    return decoder;
  }

  #decoder(messageIndexes: readonly number[]): PayloadDecoder<T> {
    return this.#format.decoder({ writer: this.#writer, reader: this.#reader, messageIndexes });
  }
}

/**
 * Reads values by the schema that each record names. The first record with a schema waits for the registry; all others
 * are read at once.
 */
export class SchemaDeserializer<T> implements Deserializer<T> {
  readonly #setup: SerdeSetup<T>;
  readonly #readerEntity: SchemaEntity | undefined;
  readonly #choice: WriteSchemaChoice;
  readonly #writers: LookupCache<number | string, WriterSchema<T>>;
  readonly #missing: LookupCache<number | string, RegistryRefusedError> | undefined;
  /** One id means one schema, unless the topic decides about the context or about the reader. */
  readonly #dependsOnTopic: boolean;
  #reader: Promise<ParsedSchema> | undefined;

  /** @param readerEntity the schema that values should have; undefined when that of the writer will do */
  constructor(setup: SerdeSetup<T>, readerEntity: SchemaEntity | undefined) {
    const { settings, registry } = setup;
    this.#setup = setup;
    this.#readerEntity = readerEntity;
    this.#choice = new WriteSchemaChoice(registry, setup.loader, settings);
    const usesLatest = settings['use.latest.version'] || settings['use.latest.with.metadata'] !== '';
    this.#dependsOnTopic = setup.hasContexts || usesLatest;
    const nowMs = () => registry.host.clock.monotonicMs();
    const maxEntries = settings['max.schemas.per.subject'];
    const ttlMs = usesLatest ? settings['latest.cache.ttl.sec'] * 1000 : -1;
    this.#writers = new LookupCache({ maxEntries, ttlMs, nowMs });
    const missingMs = settings['missing.id.cache.ttl.sec'] * 1000;
    this.#missing = missingMs === 0 ? undefined : new LookupCache({ maxEntries, ttlMs: missingMs, nowMs });
  }

  /** @throws DeserializationError for null, and for bytes that name no schema or do not fit the one they name */
  deserialize(data: Buffer | null, context: SerdeContext): T | Promise<T> {
    if (data === null) {
      throw new DeserializationError(
        `The ${context.part} of a record of topic "${context.topic}" is null: wrap the serde in nullable() to read it`,
      );
    }
    if (data[0] === MAGIC_ID && data.length >= ID_PREFIX_BYTES && !hasSchemaHeader(context)) {
      const id = data.readUInt32BE(1);
      // By far the most frequent, and without an object for the place: a known id, no message indexes.
      const known = this.#dependsOnTopic ? undefined : this.#writers.get(id);
      if (known?.only !== undefined && known.rules === undefined)
        return known.only.decode(data, ID_PREFIX_BYTES);
      return this.#read(data, context, { schema: id, indexes: data, offset: ID_PREFIX_BYTES });
    }
    const { schema, indexes, indexesOffset } = readSchemaReference(data, context.part, context.headers);
    return this.#read(data, context, { schema, indexes, offset: indexesOffset });
  }

  #read(data: Buffer, context: SerdeContext, place: PayloadPlace): T | Promise<T> {
    const key = this.#dependsOnTopic ? `${context.part} ${context.topic} ${place.schema}` : place.schema;
    const writer = this.#writers.get(key);
    if (writer !== undefined) return read(writer, data, place, context);
    return this.#lookUp(key, place.schema, context).then((found) => read(found, data, place, context));
  }

  async #lookUp(
    key: number | string,
    schema: number | string,
    context: SerdeContext,
  ): Promise<WriterSchema<T>> {
    const missing = this.#missing?.get(key);
    if (missing !== undefined) throw missing;
    try {
      return await this.#writers.getOrLookUp(key, () => this.#find(schema, context));
    } catch (error) {
      if (error instanceof RegistryRefusedError && error.errorCode === SCHEMA_NOT_FOUND) {
        this.#missing?.set(key, error);
      }
      throw error;
    }
  }

  async #find(schema: number | string, context: SerdeContext): Promise<WriterSchema<T>> {
    const { format, loader, registry, hasContexts } = this.#setup;
    const subject = hasContexts ? await this.#subject(context, undefined) : '';
    const registered =
      typeof schema === 'number'
        ? await registry.schemas.byId(schema, contextOf(subject))
        : await registry.schemas.byGuid(schema);
    const { type } = format.schemaFormat;
    if (registered.schemaType !== type) {
      const name = typeof schema === 'number' ? `id ${schema}` : `GUID ${schema}`;
      throw new DeserializationError(
        `A ${context.part} of topic "${context.topic}" was written with the ${registered.schemaType} schema of ${name}, ` +
          `but the deserializer reads ${type}`,
      );
    }
    refuseEncodingRules(registered.ruleSet, 'READ');
    const writer = await loader.load(registered);
    const latest = await this.#latest(writer, context);
    if (latest !== undefined && latest.schema !== registered.schema) refuseMigrationRules(latest.ruleSet);
    return new WriterSchema(format, {
      writer,
      reader: await this.#readerFor(latest),
      rules: contractRules((latest ?? registered).ruleSet, 'READ', this.#setup.ruleExecutors),
    });
  }

  /** The registered schema that properties tell to read into. */
  async #latest(writer: ParsedSchema, context: SerdeContext): Promise<RegisteredSchema | undefined> {
    if (this.#readerEntity !== undefined || !this.#dependsOnTopic) return undefined;
    return this.#choice.latest(await this.#subject(context, writer));
  }

  #readerFor(latest: RegisteredSchema | undefined): Promise<ParsedSchema> | undefined {
    if (this.#readerEntity !== undefined) return this.#ownReader(this.#readerEntity);
    return latest === undefined ? undefined : this.#setup.loader.load(latest);
  }

  async #subject({ topic, part }: SerdeContext, writer: ParsedSchema | undefined): Promise<string> {
    const recordName = writer === undefined ? undefined : this.#setup.format.recordName(writer);
    return this.#setup.strategies[part]({ topic, part, recordName });
  }

  /** Parsed once; a failure is forgotten, for what the schema refers to may be registered later. */
  #ownReader({ schema, references = [] }: SchemaEntity): Promise<ParsedSchema> {
    if (this.#reader === undefined) {
      const reader = this.#setup.loader.load({ schema, references });
      this.#reader = reader;
      reader.catch(() => {
        if (this.#reader === reader) this.#reader = undefined;
      });
    }
    return this.#reader;
  }
}

/** Which schema, and where message indexes and payload are. */
interface PayloadPlace {
  readonly schema: number | string;
  /** Where the message indexes stand: the record, or its header. */
  readonly indexes: Buffer;
  readonly offset: number;
}

function read<T>(
  writer: WriterSchema<T>,
  data: Buffer,
  place: PayloadPlace,
  context: SerdeContext,
): T | Promise<T> {
  const value = decode(writer, data, place);
  return writer.rules === undefined ? value : (applyRules(writer.rules, value, context) as T | Promise<T>);
}

function decode<T>(writer: WriterSchema<T>, data: Buffer, { indexes, offset }: PayloadPlace): T {
  if (writer.only !== undefined) return writer.only.decode(data, indexes === data ? offset : 0);
  const read = readMessageIndexes(indexes, offset);
  return writer.decoderOf(read.indexes).decode(data, indexes === data ? read.end : 0);
}

function hasSchemaHeader({ part, headers }: SerdeContext): boolean {
  if (headers.length === 0) return false;
  const name = SCHEMA_HEADERS[part];
  return headers.some((header: SerdeHeader) => header.key === name);
}
