import type {
  SchemaReferenceEntity,
  SchemaEntity,
  SchemaMetadata,
  SchemaRuleSet,
} from '../client/registry-entities.ts';
import type { SerdeOptions } from '../serde/serde-setup.ts';
import { SchemaSerde } from '../serde/schema-serde.ts';
import { avroSerdeFormat } from './avro-serde-format.ts';
import type { AvroCodecOptions } from './codec/codec-options.ts';
import type { AvroLiteral, InferAvro } from './types/infer-avro.ts';

/** An Avro schema as one writes it in a program: its JSON text, or the object that the text describes. */
export type AvroSchemaSource = string | object;

/** What {@link avro} takes beside the schema. */
export interface AvroOptions extends SerdeOptions, AvroCodecOptions {
  /** Schemas of other subjects whose names the schema uses. */
  readonly references?: readonly SchemaReferenceEntity[];
  readonly metadata?: SchemaMetadata;
  readonly ruleSet?: SchemaRuleSet;
  /**
   * What values are read as. `own`: as the schema says, whatever they were written with. `writer`: as they were written.
   * Default `own`, and `writer` where no schema is given.
   */
  readonly readAs?: 'own' | 'writer';
}

/**
 * A serde for Avro: writes values with a schema and reads values into it.
 *
 * The type is given (`avro<Order>(schema, ...)`), or follows from a schema that is written `as const`.
 * @param schema undefined where the registry is to name it: `use.latest.version`, or a serde that only reads
 */
export function avro<const S extends AvroLiteral>(schema: S, options: AvroOptions): SchemaSerde<InferAvro<S>>;
export function avro<T>(schema: AvroSchemaSource | undefined, options: AvroOptions): SchemaSerde<T>;
export function avro(schema: AvroSchemaSource | undefined, options: AvroOptions): SchemaSerde<unknown> {
  const { references, metadata, ruleSet, readAs = 'own', ...others } = options;
  const { longs, unions, logicalTypes, failOnTrailingData, ...serdeOptions } = others;
  const codec = { longs, unions, logicalTypes, failOnTrailingData };
  const entity = schema === undefined ? undefined : schemaEntity(schema, { references, metadata, ruleSet });
  return new SchemaSerde({
    ...serdeOptions,
    format: avroSerdeFormat(withoutUndefined(codec)),
    schema: entity,
    readerSchema: readAs === 'own' ? entity : undefined,
  });
}

function schemaEntity(
  schema: AvroSchemaSource,
  parts: { [K in 'references' | 'metadata' | 'ruleSet']: SchemaEntity[K] | undefined },
): SchemaEntity {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  return { schema: text, schemaType: 'AVRO', ...withoutUndefined(parts) };
}

function withoutUndefined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
