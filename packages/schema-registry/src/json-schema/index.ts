/**
 * JSON Schema for the schema registry: drafts 4, 6, 7, 2019-09 and 2020-12, a serde, and types.
 *
 * ```ts
 * import { SchemaRegistryClient } from '@millrace/schema-registry';
 * import { json } from '@millrace/schema-registry/json-schema';
 *
 * const registry = new SchemaRegistryClient({ 'schema.registry.url': 'http://localhost:8081' });
 * const orders = json(
 *   {
 *     title: 'Order',
 *     type: 'object',
 *     properties: { id: { type: 'integer' }, note: { type: ['string', 'null'] } },
 *     required: ['id'],
 *     additionalProperties: false,
 *   },
 *   { registry },
 * );
 * // The values of `orders` are `{ id: number; note?: string | null }`.
 * ```
 *
 * @packageDocumentation
 */
export { jsonSchemaFormat, type JsonSchemaFormat } from './json-schema-format.ts';
export type { JsonSchema } from './json-schema.ts';

// The serde.
export {
  json,
  type JsonSchemaSource,
  type JsonSerdeOptions,
  type JsonSerdeProperties,
} from './serde/json-serde.ts';
export { jsonFormat, type JsonFormatOptions } from './serde/json-format.ts';

// Types.
export type { FromJsonSchema, JsonSchemaLiteral } from './types/from-json-schema.ts';
export { jsonSchemaTypes, type TypescriptTypesOptions } from './types/typescript-types.ts';
