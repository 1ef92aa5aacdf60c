/** Indents every line by one step. */
export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

/** `head {`, the indented body, `}`. */
export function block(head: string, body: readonly string[]): string[] {
  return [`${head} {`, ...indent(body), '}'];
}

/** The body alone, or inside of an `if` when there is a condition. */
export function guarded(condition: string | undefined, body: readonly string[]): string[] {
  return condition === undefined ? [...body] : block(`if (${condition})`, body);
}

const LINE_WIDTH = 110;

/** A function declaration, with one parameter a line when the head would be too long. */
export function functionBlock(
  name: string,
  parameters: readonly string[],
  result: string,
  body: readonly string[],
): string[] {
  const head = `function ${name}(${parameters.join(', ')}): ${result}`;
  if (head.length + 2 <= LINE_WIDTH) return block(head, body);
  const perLine = indent(parameters.map((parameter) => `${parameter},`));
  return [`function ${name}(`, ...perLine, ...block(`): ${result}`, body)];
}

/** `head`, the items in braces with a comma each, `tail`: on one line when that is short enough. */
export function listInBraces(head: string, items: readonly string[], tail: string): string[] {
  const line = `${head}{ ${items.join(', ')} }${tail}`;
  if (line.length <= LINE_WIDTH) return [line];
  return [`${head}{`, ...indent(items.map((item) => `${item},`)), `}${tail}`];
}

/** Breaks an assignment that is too long behind its equals sign. */
export function wrapAssignment(line: string): string[] {
  const match = /^( *)((?:const|let|export const) [^=]+|[\w[\]]+) = (.+)$/.exec(line);
  if (line.length <= LINE_WIDTH || match === null) return [line];
  const [, spaces = '', target = '', value = ''] = match;
  return [`${spaces}${target} =`, `${spaces}  ${value}`];
}

const RESERVED = new Set([
  'reader',
  'writer',
  'message',
  'version',
  'flexible',
  'unknownTaggedFields',
  'default',
]);

/** The name of the local variable that holds a field. */
export function localName(field: { readonly name: string }): string {
  return RESERVED.has(field.name) ? `${field.name}Field` : field.name;
}

/** Does generated code use the parameter, as against a property or a text of the same name? */
export function mentionsParameter(lines: readonly string[], parameter: string): boolean {
  const pattern = new RegExp(`(?<![.\\w])${parameter}(?![\\w:])`);
  return lines.some((line) => pattern.test(line.replaceAll(/'[^']*'/g, '')));
}
