import type { SchemaLocation } from '../draft/schema-document.ts';
import type { JsonMembers } from '../../json-text/json-node.ts';
import { isSchema } from './keyword-values.ts';
import type { ModelBuilder } from './model-builder.ts';
import type { Rest } from './schema-model.ts';

/** What a keyword such as `additionalProperties` allows; undefined when it is absent. */
export function restOf(
  builder: ModelBuilder,
  location: SchemaLocation,
  schema: JsonMembers,
  keyword: string,
): Rest | undefined {
  const value = schema[keyword];
  if (!isSchema(value)) return undefined;
  const node = builder.child(location, value, `/${keyword}`);
  if (node.kind === 'empty') return 'anything';
  return node.kind === 'false' ? 'nothing' : node;
}
