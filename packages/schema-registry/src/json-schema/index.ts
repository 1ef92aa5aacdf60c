/**
 * JSON Schema for the schema registry.
 *
 * @packageDocumentation
 */
export { jsonSchemaFormat } from './json-schema-format.ts';
