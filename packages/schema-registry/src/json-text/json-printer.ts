import type { JsonNode } from './json-node.ts';
import { decimalText } from './decimal-text.ts';

/** `text`: members as they come. `name`: members sorted by name, at every level. */
export type MemberOrder = 'text' | 'name';

/** A tree as JSON without blanks, byte for byte as the Java registry prints it. */
export function printJson(node: JsonNode, order: MemberOrder): string {
  const chunks: string[] = [];
  print(node, order, chunks);
  return chunks.join('');
}

function print(node: JsonNode, order: MemberOrder, chunks: string[]): void {
  switch (node.kind) {
    case 'object':
      printObject(node.members, order, chunks);
      break;
    case 'array':
      chunks.push('[');
      for (const [index, item] of node.items.entries()) {
        if (index > 0) chunks.push(',');
        print(item, order, chunks);
      }
      chunks.push(']');
      break;
    case 'string':
      chunks.push(quoted(node.value));
      break;
    case 'number':
      chunks.push(decimalText(node.lexeme));
      break;
    case 'literal':
      chunks.push(String(node.value));
      break;
  }
}

function printObject(members: ReadonlyMap<string, JsonNode>, order: MemberOrder, chunks: string[]): void {
  const entries = order === 'text' ? [...members] : [...members].toSorted(([a], [b]) => byCodeUnits(a, b));
  chunks.push('{');
  for (const [index, [name, value]] of entries.entries()) {
    chunks.push(index > 0 ? ',' : '', quoted(name), ':');
    print(value, order, chunks);
  }
  chunks.push('}');
}

/** The order of Java strings and of `<`: independent of the locale. */
function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Java writes the digits of escapes in upper case, JavaScript in lower case. */
function quoted(value: string): string {
  return JSON.stringify(value).replace(
    /\\(?:u([0-9a-f]{4})|.)/g,
    (escape: string, digits: string | undefined) =>
      digits === undefined ? escape : `\\u${digits.toUpperCase()}`,
  );
}
