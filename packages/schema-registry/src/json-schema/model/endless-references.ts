import { InvalidSchemaError } from '../../errors.ts';
import type { SchemaNode } from './schema-model.ts';

/** A node and where its schema stands in its document. */
export interface PlacedNode {
  readonly node: SchemaNode;
  readonly pointer: string;
}

/**
 * Refuses schemas that apply themselves to the same value again, such as `{"allOf": [{"$ref": "#"}]}`: no validator comes to an
 * end with them. Recursion through properties or items is fine, because each step takes a part of the value.
 *
 * Takes away nodes that lead only to finished nodes, again and again; what is left has a cycle. A loop instead of recursion:
 * a chain of references may be longer than the stack.
 */
export function refuseEndlessReferences(places: Iterable<PlacedNode>): void {
  const pointers = new Map<SchemaNode, string>();
  for (const { node, pointer } of places) pointers.set(node, pointer);
  const finished = new Set<SchemaNode>();
  for (const start of pointers.keys()) visit(start, finished, pointers);
}

function visit(
  start: SchemaNode,
  finished: Set<SchemaNode>,
  pointers: ReadonlyMap<SchemaNode, string>,
): void {
  const path: { node: SchemaNode; next: readonly SchemaNode[]; index: number }[] = [];
  const onPath = new Set<SchemaNode>();
  const enter = (node: SchemaNode): void => {
    path.push({ node, next: appliedInPlace(node), index: 0 });
    onPath.add(node);
  };
  if (!finished.has(start)) enter(start);
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const next = step.next[step.index];
    step.index += 1;
    if (next === undefined) {
      finished.add(step.node);
      onPath.delete(step.node);
      path.pop();
    } else if (onPath.has(next)) {
      throw new InvalidSchemaError(
        'The schema refers to itself without a step into the value, so no check of a value would end',
        {
          path: pointers.get(next) ?? pointers.get(start) ?? '',
        },
      );
    } else if (!finished.has(next)) enter(next);
  }
}

/** The schemas that a value has to be checked with before any part of it. */
function appliedInPlace(node: SchemaNode): readonly SchemaNode[] {
  switch (node.kind) {
    case 'reference':
      return [node.target];
    case 'combined':
      return node.members;
    case 'not':
      return [node.schema];
    case 'conditional':
      return node.schemas;
    case 'object':
      return [...node.dependentSchemas.values()];
    case 'array':
    case 'boolean':
    case 'const':
    case 'empty':
    case 'enum':
    case 'false':
    case 'null':
    case 'number':
    case 'string':
      return [];
  }
}
