import type { SchemaPlace } from '../errors.ts';
import type { JsonNode } from './json-node.ts';
import { pointerSegments } from './json-pointer.ts';

/** Line and column, both from 1, of an index into a text. */
export function placeOfOffset(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (
    let index = text.indexOf('\n');
    index !== -1 && index < offset;
    index = text.indexOf('\n', index + 1)
  ) {
    line += 1;
    lineStart = index + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** The place of what a JSON pointer names; the nearest part above it when the text has no such part. */
export function placeOfPointer(text: string, root: JsonNode, pointer: string): SchemaPlace {
  let node = root;
  for (const segment of pointerSegments(pointer)) {
    const child = childOf(node, segment);
    if (child === undefined) break;
    node = child;
  }
  return { path: pointer, ...placeOfOffset(text, node.offset) };
}

function childOf(node: JsonNode, segment: string): JsonNode | undefined {
  if (node.kind === 'object') return node.members.get(segment);
  return node.kind === 'array' ? node.items[Number(segment)] : undefined;
}
