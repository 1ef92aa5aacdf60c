import { readStringLiteral } from '../syntax/string-literal.ts';
import { SourceText } from '../syntax/source-text.ts';

/** The bytes, one a character, that the escaped default value of a `bytes` field in a descriptor stands for. */
export function parseDefaultBytes(escaped: string): string {
  return readStringLiteral(new SourceText(`"${escaped}"`), 0).bytes;
}
