import type { CompatibilityPolicy, Incompatibility, ParsedSchema } from '../../format/schema-format.ts';
import type { JsonSchema } from '../json-schema.ts';
import type { SchemaNode } from '../model/schema-model.ts';
import { compareNodes } from './compare-nodes.ts';
import { Comparison } from './comparison.ts';
import type { Difference } from './difference.ts';
import { describeDifference } from './describe-difference.ts';

/** Why data written with one schema cannot be read with the other; empty when it can. */
export function schemaIncompatibilities(
  writer: ParsedSchema,
  reader: JsonSchema,
  policy: CompatibilityPolicy,
): readonly Incompatibility[] {
  if (!isJsonSchema(writer)) {
    const description = `The writing schema is of type ${writer.type}, the reading one of type JSON`;
    return [{ errorType: 'TYPE_CHANGED', path: '#/', description }];
  }
  const { differences, comparison } = compareModels(writer.model, reader.model, policy);
  return differences.filter(({ type }) => comparison.breaks(type)).map(incompatibility);
}

function isJsonSchema(schema: ParsedSchema): schema is JsonSchema {
  return schema.type === 'JSON';
}

/** Every difference between two models, compatible ones too. */
export function compareModels(
  writer: SchemaNode,
  reader: SchemaNode,
  policy: CompatibilityPolicy,
): { readonly differences: readonly Difference[]; readonly comparison: Comparison } {
  const comparison = new Comparison(policy, compareNodes);
  return { differences: comparison.run(writer, reader), comparison };
}

function incompatibility({ type, path }: Difference): Incompatibility {
  const place = `#${path === '' ? '/' : path}`;
  return { errorType: type, path: place, description: describeDifference(type, place) };
}
