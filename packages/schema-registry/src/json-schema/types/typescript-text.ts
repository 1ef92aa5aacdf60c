import { isMembers, type JsonMembers, type JsonValue } from '../../json-text/json-node.ts';

/** A text as the name of a type: words joined, each with a capital letter. */
export function typeName(text: string): string {
  const words = text.split(/[^\p{ID_Continue}]+/u).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^\p{ID_Start}/u.test(name) ? name : `Type${name}`;
}

/** The name of a property, quoted where it has to be. */
export function propertyName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}

/** The type of exactly one value. */
export function literalText(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(literalText).join(', ')}]`;
  if (!isMembers(value)) return JSON.stringify(value) ?? 'unknown';
  const members = Object.entries(value).map(
    ([name, member]) => `${propertyName(name)}: ${literalText(member)}`,
  );
  return members.length === 0 ? 'Record<string, never>' : `{ ${members.join('; ')} }`;
}

/** The union of types, each once; `unknown` takes all others. */
export function unionText(types: readonly string[]): string {
  const different = [...new Set(types)].filter((type) => type !== 'never');
  if (different.includes('unknown')) return 'unknown';
  return different.length === 0 ? 'never' : different.join(' | ');
}

/** What a schema says about itself, as a comment that cannot end early; empty when it says nothing. */
export function documentationComment(schema: JsonMembers, indent: string): string {
  const { description } = schema;
  const text = typeof description === 'string' ? description : undefined;
  return documentationText(text, indent, schema['deprecated'] === true);
}

/** The same for a text. */
export function documentationText(text: string | undefined, indent: string, isDeprecated = false): string {
  const lines = [
    ...(text === undefined || text === '' ? [] : text.split(/\r?\n/)),
    ...(isDeprecated ? ['@deprecated'] : []),
  ].map((line) => line.replaceAll('*/', '*\\/').trimEnd());
  if (lines.length === 0) return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('');
  return `${indent}/**\n${body}${indent} */\n`;
}

/** Whether a type is a union or an intersection itself, not only inside of braces. */
export function isCompound(type: string): boolean {
  const structure = type.replaceAll(/"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\//g, '_');
  let depth = 0;
  for (const [index, character] of Array.from(structure).entries()) {
    if ('{[(<'.includes(character)) depth += 1;
    else if ('}])>'.includes(character)) depth -= 1;
    else if (depth === 0 && (character === '|' || character === '&') && index > 0) return true;
  }
  return false;
}

/** A union or an intersection for a place where something binds more tightly. */
export function inParentheses(type: string): string {
  return isCompound(type) ? `(${type})` : type;
}
