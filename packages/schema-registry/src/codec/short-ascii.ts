import { compileFunction } from 'node:vm';

/** Longest text that is read here. */
export const MAX_SHORT_LENGTH = 32;

type ReadText = (data: Buffer, from: number) => string | undefined;

/** One reader per length, each a single call of `String.fromCharCode`, which makes a flat string. */
const readers: readonly ReadText[] = Array.from({ length: MAX_SHORT_LENGTH + 1 }, (_, length) =>
  reader(length),
);

/**
 * Up to 32 characters of ASCII; undefined when there are others among them. A call out of JavaScript, as
 * `Buffer.utf8Slice` is, costs more than reading so few bytes.
 */
export function shortAscii(data: Buffer, from: number, length: number): string | undefined {
  return (readers[length] as ReadText)(data, from);
}

function reader(length: number): ReadText {
  if (length === 0) return () => '';
  const names = Array.from({ length }, (_, index) => `c${index}`);
  const bytes = names.map((name, index) => `${name} = data[from + ${index}]`);
  const source = `const ${bytes.join(', ')}; return (${names.join(' | ')}) > 127 ? undefined : String.fromCharCode(${names.join(', ')});`;
  return compileFunction(source, ['data', 'from']) as ReadText;
}
