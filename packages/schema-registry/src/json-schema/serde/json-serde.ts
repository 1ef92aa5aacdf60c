import { RegistryConfigError } from '../../errors.ts';
import type {
  SchemaEntity,
  SchemaMetadata,
  SchemaReferenceEntity,
  SchemaRuleSet,
} from '../../client/registry-entities.ts';
import { SchemaSerde } from '../../serde/schema-serde.ts';
import type { SerdeProperties } from '../../serde/serde-properties.ts';
import type { SerdeOptions } from '../../serde/serde-setup.ts';
import type { FromJsonSchema, JsonSchemaLiteral } from '../types/from-json-schema.ts';
import { jsonFormat } from './json-format.ts';

/** The property that only this format has, by Confluent's name. */
export interface JsonSerdeProperties {
  /** Whether a value that does not fit its schema is refused, both ways. Default: `validate`. */
  readonly 'json.fail.invalid.schema'?: boolean | 'true' | 'false';
}

/** A JSON Schema as its text, or as the object that it is. */
export type JsonSchemaSource = string | JsonSchemaLiteral;

/** What {@link json} takes beside the schema. */
export interface JsonSerdeOptions extends Omit<SerdeOptions, 'properties'> {
  readonly properties?: SerdeProperties & JsonSerdeProperties;
  /** Registered schemas that `$ref`s in the schema and in `readerSchema` lead to. */
  readonly references?: readonly SchemaReferenceEntity[];
  readonly metadata?: SchemaMetadata;
  readonly ruleSet?: SchemaRuleSet;
  /** What values are read as, whatever they were written with; properties it requires are filled from its defaults. */
  readonly readerSchema?: JsonSchemaSource;
  /** Whether values are checked by their schema when they are written and read. Default true. */
  readonly validate?: boolean;
}

/**
 * A serde for JSON Schema: writes values with a schema, and reads values that were written with any.
 *
 * The type of its values follows from a schema that is written down in the code; give it where it does not:
 * `json<Order>(text, { registry })`.
 * @param schema undefined where the registry is to name it: `use.latest.version`, or a serde that only reads
 * @throws InvalidPropertyError
 */
export function json<const Schema extends JsonSchemaLiteral>(
  schema: Schema,
  options: JsonSerdeOptions,
): SchemaSerde<FromJsonSchema<Schema>>;
export function json<T = unknown>(
  schema: JsonSchemaSource | undefined,
  options: JsonSerdeOptions,
): SchemaSerde<T>;
export function json(
  schema: JsonSchemaSource | undefined,
  {
    readerSchema,
    references,
    metadata,
    ruleSet,
    properties = {},
    validate = true,
    ...options
  }: JsonSerdeOptions,
): SchemaSerde<unknown> {
  const { 'json.fail.invalid.schema': isStrict, ...shared } = properties;
  return new SchemaSerde<unknown>({
    ...options,
    properties: shared,
    format: jsonFormat({ validate: isStrict === undefined ? validate : booleanOf(isStrict) }),
    schema: entity(schema, { references, metadata, ruleSet }),
    readerSchema: entity(readerSchema, { references }),
  });
}

function entity(
  schema: JsonSchemaSource | undefined,
  {
    references,
    metadata,
    ruleSet,
  }: {
    readonly references: JsonSerdeOptions['references'] | undefined;
    readonly metadata?: SchemaMetadata | undefined;
    readonly ruleSet?: SchemaRuleSet | undefined;
  },
): SchemaEntity | undefined {
  if (schema === undefined) return undefined;
  return {
    schema: typeof schema === 'string' ? schema : JSON.stringify(schema),
    schemaType: 'JSON',
    ...(references === undefined || references.length === 0 ? {} : { references }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(ruleSet === undefined ? {} : { ruleSet }),
  };
}

function booleanOf(value: unknown): boolean {
  const text = String(value);
  if (text === 'true' || text === 'false') return text === 'true';
  throw new RegistryConfigError(`json.fail.invalid.schema is true or false, not ${JSON.stringify(value)}`);
}
