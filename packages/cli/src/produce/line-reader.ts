import type { Readable } from 'node:stream';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Lines of a byte stream as bytes, without their ends, in arrays as they arrive: values need not be text, and nothing is
 * decoded that need not be. A last line without an end counts.
 */
export async function* readLines(stream: Readable): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
      lines.push(trimReturn(join(rest, bytes.subarray(start, end))));
      rest = [];
      start = end + 1;
    }
    if (start < bytes.length) rest.push(bytes.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [trimReturn(Buffer.concat(rest))];
}

function join(before: readonly Buffer[], last: Buffer): Buffer {
  return before.length === 0 ? last : Buffer.concat([...before, last]);
}

function trimReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}
