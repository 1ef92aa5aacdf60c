import type { SourceText } from './source-text.ts';

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

const PLAIN = /[^"'\\\n]+/y;
const OCTAL = /\\[0-7]{1,3}/y;
const HEX = /\\[xX][0-9a-fA-F]{1,2}/y;
const UNICODE = /\\(?:u[0-9a-fA-F]{4}|U00[01][0-9a-fA-F]{5})/y;

/**
 * The string literal that begins at `offset`. Its value is bytes, because escapes may make any: one character of the
 * result is one byte ({@link textOfBytes} makes text of it).
 */
export function readStringLiteral(
  source: SourceText,
  offset: number,
): { readonly bytes: string; readonly end: number } {
  const { text } = source;
  const quote = text[offset];
  let bytes = '';
  for (let at = offset + 1; ;) {
    const char = text[at];
    if (char === quote) return { bytes, end: at + 1 };
    if (char === undefined || char === '\n') throw source.error(offset, 'String has no end on its line');
    const piece = char === '\\' ? escapeAt(source, at) : plainAt(text, at);
    bytes += piece.bytes;
    at = piece.end;
  }
}

/** The text that bytes, one a character, are in UTF-8; undefined when they are not UTF-8. */
export function textOfBytes(bytes: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return undefined;
  }
}

/** Text as its UTF-8 bytes, one a character. */
export function bytesOfText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

interface Piece {
  readonly bytes: string;
  readonly end: number;
}

function plainAt(text: string, at: number): Piece {
  const plain = matchAt(PLAIN, text, at) ?? text[at] ?? '';
  return { bytes: bytesOfText(plain), end: at + plain.length };
}

function escapeAt(source: SourceText, at: number): Piece {
  const { text } = source;
  const simple = SIMPLE_ESCAPES[text[at + 1] ?? ''];
  if (simple !== undefined) return { bytes: simple, end: at + 2 };
  const octal = matchAt(OCTAL, text, at);
  if (octal !== undefined) return byte(octal, Number.parseInt(octal.slice(1), 8), at);
  const hex = matchAt(HEX, text, at);
  if (hex !== undefined) return byte(hex, Number.parseInt(hex.slice(2), 16), at);
  const unicode = matchAt(UNICODE, text, at);
  const codePoint = unicode === undefined ? Number.NaN : Number.parseInt(unicode.slice(2), 16);
  if (unicode !== undefined && codePoint <= 0x10ffff) {
    return { bytes: bytesOfText(String.fromCodePoint(codePoint)), end: at + unicode.length };
  }
  throw source.error(at, `String has an escape that does not exist: "${text.slice(at, at + 2)}"`);
}

function byte(escape: string, value: number, at: number): Piece {
  return { bytes: String.fromCharCode(value & 0xff), end: at + escape.length };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
