import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readLines } from './line-reader.ts';

async function linesOf(...chunks: (string | Buffer)[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readLines(Readable.from(chunks)))
    lines.push(...batch.map((line) => line.toString('latin1')));
  return lines;
}

describe('readLines', () => {
  test('joins lines that arrive in pieces and keeps the last one without an end', async () => {
    expect(await linesOf('a', 'b\nc', 'd\n', 'e')).toEqual(['ab', 'cd', 'e']);
  });

  test('keeps empty lines and drops carriage returns', async () => {
    expect(await linesOf('a\r\n\r\nb\n')).toEqual(['a', '', 'b']);
  });

  test('keeps bytes that are no text', async () => {
    expect(await linesOf(Buffer.from([0xff, 0x00, 0x0a, 0xfe]))).toEqual(['\u00ff\u0000', '\u00fe']);
  });

  test('has nothing to say of an empty stream', async () => {
    expect(await linesOf()).toEqual([]);
  });
});
