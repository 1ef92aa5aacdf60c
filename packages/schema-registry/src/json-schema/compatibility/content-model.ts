import type { ArrayNode, ObjectNode, Rest, SchemaNode } from '../model/schema-model.ts';
import { patternMatches } from '../validation/pattern-engine.ts';

/** What a schema says of a property or item that it does not declare: everything goes, nothing goes, or what fits all of these. */
export type ContentModel = 'open' | 'closed' | readonly SchemaNode[];

/** The content model for one property: `patternProperties` that match come before `additionalProperties`. */
export function contentModelOfProperty(node: ObjectNode, name: string): ContentModel {
  const covering = [...node.patternProperties]
    .filter(([pattern]) => patternMatches(pattern, name))
    .map(([, schema]) => schema);
  if (covering.length > 0) return covering;
  return modelOfRest(node.additionalProperties ?? node.unevaluatedProperties);
}

/** The content model for items after those that are declared by position. */
export function contentModelOfItems(node: ArrayNode): ContentModel {
  return modelOfRest(node.items ?? node.additionalItems ?? node.unevaluatedItems);
}

function modelOfRest(rest: Rest | undefined): ContentModel {
  if (rest === undefined || rest === 'anything') return 'open';
  return rest === 'nothing' ? 'closed' : [rest];
}
