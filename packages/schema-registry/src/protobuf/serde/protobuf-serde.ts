import type { Serde, SerdeContext } from '@millrace/client';
import type {
  SchemaEntity,
  SchemaMetadata,
  SchemaReferenceEntity,
  SchemaRuleSet,
} from '../../client/registry-entities.ts';
import { RegistryConfigError } from '../../errors.ts';
import { SchemaSerde } from '../../serde/schema-serde.ts';
import type { SerdeProperties } from '../../serde/serde-properties.ts';
import type { SerdeOptions } from '../../serde/serde-setup.ts';
import type { ProtobufCodecOptions } from '../codec/codec-options.ts';
import type { ProtobufSchema } from '../protobuf-schema.ts';
import { parseWithImports, type ImportTexts } from './import-texts.ts';
import { protobufSerdeFormat, type ProtobufSerdeFormatOptions } from './protobuf-serde-format.ts';
import { ImportRegistrar, REFERENCE_SUBJECT_STRATEGIES } from './register-imports.ts';

/** The properties that only this format has, by Confluent's names. */
export interface ProtobufSerdeProperties {
  /**
   * The subject of an imported file: `DefaultReferenceSubjectNameStrategy` (its import path), or
   * `QualifiedReferenceSubjectNameStrategy` (`a/b/c.proto` becomes `a.b.c`). Names of Java classes are understood.
   */
  readonly 'reference.subject.name.strategy'?: string;
  /** Leave out imports that every registry knows (google/protobuf, google/type, confluent). Default true. */
  readonly 'skip.known.types'?: boolean | 'true' | 'false';
  /** Look for imported files in the registry, and never register them. Default false. */
  readonly 'reference.lookup.only'?: boolean | 'true' | 'false';
}

/** What {@link protobuf} takes beside the schema. */
export interface ProtobufSerdeOptions extends Omit<SerdeOptions, 'properties'>, ProtobufCodecOptions {
  readonly properties?: SerdeProperties & ProtobufSerdeProperties;
  /** The message of the file that values are, by its full name or its name within the package. Default: the first one. */
  readonly messageName?: string;
  /** The texts of the files that the schema imports, by import path; they are registered before it. */
  readonly imports?: ImportTexts;
  /** In place of `imports`: where the imported files are registered. */
  readonly references?: readonly SchemaReferenceEntity[];
  readonly metadata?: SchemaMetadata;
  readonly ruleSet?: SchemaRuleSet;
  /**
   * What values are read as. `own`: as the schema says, whatever they were written with. `writer`: as they were written.
   * Default `own`, and `writer` where no schema is given.
   */
  readonly readAs?: 'own' | 'writer';
  /**
   * Read records without message indexes, as `@kafkajs/confluent-schema-registry` writes them, as the first message of
   * their file. Those that have the index of the first message are read too; others are not. Default false.
   */
  readonly readWithoutIndexes?: boolean;
}

/**
 * A serde for Protobuf. The type of its values is given: `protobuf<Order>(schema, { registry })`; `millrace schema types`
 * writes such types.
 *
 * Fields that a schema does not have are dropped when a value is read: who writes the value again writes it without them.
 * Null is no value here: `nullable(serde)` of `@millrace/client` makes null records of it.
 *
 * @param schema the text of a `.proto` file, or a descriptor in base64; undefined where the registry is to name it, or for
 * a serde that only reads
 * @throws InvalidSchemaError where the schema is wrong, RegistryConfigError where an import has no text
 */
export function protobuf<T = unknown>(schema: string | undefined, options: ProtobufSerdeOptions): Serde<T> {
  return new ProtobufSerde<T>(schema, options);
}

/** Serializer and deserializer; the first waits for the imported files to be registered. */
class ProtobufSerde<T> implements Serde<T> {
  readonly #parts: SerdeParts<T>;
  readonly #reading: SchemaSerde<T>;
  readonly #registrar: ImportRegistrar | undefined;
  #writing: SchemaSerde<T> | undefined;
  #preparing: Promise<SchemaSerde<T>> | undefined;

  constructor(schema: string | undefined, options: ProtobufSerdeOptions) {
    const parts = serdeParts<T>(schema, options);
    const { shared, entity, own, readsOwn } = parts;
    this.#parts = parts;
    this.#reading = new SchemaSerde<T>({
      ...shared,
      format: protobufSerdeFormat<T>({
        ...parts.format,
        reader: readsOwn ? own : undefined,
        withoutIndexes: options.readWithoutIndexes === true,
      }),
      readerSchema: readsOwn && own === undefined ? entity : undefined,
    });
    this.#registrar = entity === undefined || own === undefined ? undefined : parts.registrar;
    if (this.#registrar === undefined) this.#writing = this.#writer(entity);
  }

  serialize(data: T, context: SerdeContext): Buffer | null | Promise<Buffer | null> {
    if (this.#writing !== undefined) return this.#writing.serialize(data, context);
    return this.#prepare().then((serde) => serde.serialize(data, context));
  }

  deserialize(data: Buffer | null, context: SerdeContext): T | Promise<T> {
    return this.#reading.deserialize(data, context);
  }

  /** Once; a failure is forgotten, so that the next record tries again. */
  #prepare(): Promise<SchemaSerde<T>> {
    if (this.#preparing === undefined) {
      const preparing = this.#registerImports();
      this.#preparing = preparing;
      preparing.catch(() => {
        this.#preparing = undefined;
      });
    }
    return this.#preparing;
  }

  async #registerImports(): Promise<SchemaSerde<T>> {
    const { entity } = this.#parts;
    const references = await this.#registrar?.referencesOf(entity?.schema ?? '');
    this.#writing = this.#writer(
      entity === undefined || references === undefined || references.length === 0
        ? entity
        : { ...entity, references },
    );
    return this.#writing;
  }

  #writer(entity: SchemaEntity | undefined): SchemaSerde<T> {
    const { shared, format } = this.#parts;
    return new SchemaSerde<T>({ ...shared, format: protobufSerdeFormat<T>(format), schema: entity });
  }
}

/** The options of a serde, sorted by who takes them. */
interface SerdeParts<T> {
  readonly shared: Omit<ConstructorParameters<typeof SchemaSerde<T>>[0], 'format'>;
  readonly format: ProtobufSerdeFormatOptions;
  readonly entity: SchemaEntity | undefined;
  /** The schema with its imports; undefined when these are in the registry only. */
  readonly own: ProtobufSchema | undefined;
  readonly readsOwn: boolean;
  readonly registrar: ImportRegistrar;
}

function serdeParts<T>(schema: string | undefined, options: ProtobufSerdeOptions): SerdeParts<T> {
  const { messageName, imports = {}, references, metadata, ruleSet, readAs = 'own', ...others } = options;
  const { longs, enums, fieldNames, properties = {}, readWithoutIndexes: _, ...serdeOptions } = others;
  const { strategy, skipKnownTypes, lookupOnly, shared } = ownProperties(properties);
  const normalize = isTrue(shared['normalize.schemas'] ?? false, 'normalize.schemas');
  return {
    shared: { ...serdeOptions, properties: shared },
    format: withoutUndefined({ longs, enums, fieldNames, messageName, isNormalized: normalize }),
    entity:
      schema === undefined
        ? undefined
        : { schema, schemaType: 'PROTOBUF', ...withoutUndefined({ references, metadata, ruleSet }) },
    own: schema === undefined || references !== undefined ? undefined : parseWithImports(schema, imports),
    readsOwn: readAs === 'own',
    registrar: new ImportRegistrar({
      registry: options.registry,
      imports,
      subjectOf: strategy,
      skipKnownTypes,
      lookupOnly: lookupOnly || !isTrue(shared['auto.register.schemas'] ?? true, 'auto.register.schemas'),
      normalize,
    }),
  };
}

function ownProperties(properties: SerdeProperties & ProtobufSerdeProperties): {
  readonly strategy: (path: string) => string;
  readonly skipKnownTypes: boolean;
  readonly lookupOnly: boolean;
  readonly shared: SerdeProperties;
} {
  const {
    'reference.subject.name.strategy': strategyName = 'DefaultReferenceSubjectNameStrategy',
    'skip.known.types': skip = true,
    'reference.lookup.only': lookup = false,
    ...shared
  } = properties;
  const strategy = REFERENCE_SUBJECT_STRATEGIES[strategyName.split('.').at(-1) ?? ''];
  if (strategy === undefined) {
    const known = Object.keys(REFERENCE_SUBJECT_STRATEGIES).join(' or ');
    throw new RegistryConfigError(
      `reference.subject.name.strategy is ${known}, not ${JSON.stringify(strategyName)}`,
    );
  }
  return {
    strategy,
    skipKnownTypes: isTrue(skip, 'skip.known.types'),
    lookupOnly: isTrue(lookup, 'reference.lookup.only'),
    shared,
  };
}

function isTrue(value: unknown, property: string): boolean {
  const text = String(value);
  if (text === 'true' || text === 'false') return text === 'true';
  throw new RegistryConfigError(`${property} is true or false, not ${JSON.stringify(value)}`);
}

function withoutUndefined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
