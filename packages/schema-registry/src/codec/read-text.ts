import { MAX_SHORT_LENGTH, shortAscii } from './short-ascii.ts';

/** The text that stands in `length` bytes of UTF-8; what is no UTF-8 becomes replacement characters. */
export function readText(data: Buffer, from: number, length: number): string {
  if (length <= MAX_SHORT_LENGTH) {
    const text = shortAscii(data, from, length);
    if (text !== undefined) return text;
  }
  return data.toString('utf8', from, from + length);
}
