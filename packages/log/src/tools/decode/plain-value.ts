import { isUtf8 } from 'node:buffer';

/** What JSON can hold. */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue };

/** Bytes as a person reads them: text where they are UTF-8, otherwise `{ base64 }`. */
export function plainBytes(bytes: Buffer | null): PlainValue {
  if (bytes === null) return null;
  return isUtf8(bytes) && !hasControlCharacters(bytes)
    ? bytes.toString('utf8')
    : { base64: bytes.toString('base64') };
}

/** A decoded message without what JSON cannot hold; unknown tagged fields appear only where there are some. */
export function plainValue(value: unknown): PlainValue {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return plainBytes(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .map(([name, field]) => [name, plainValue(field)]),
    );
  }
  return typeof value === 'bigint' ? value.toString() : (value as boolean | number | string);
}

/** Tabs and line ends are text; other control characters, among them the zero bytes of numbers, are not. */
function hasControlCharacters(bytes: Buffer): boolean {
  return bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
}
