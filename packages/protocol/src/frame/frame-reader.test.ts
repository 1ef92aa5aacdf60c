import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameReader } from './frame-reader.ts';

function frame(payload: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(payload.length);
  return Buffer.concat([size, payload]);
}

describe('frames', () => {
  test('come out as they were sent, however the stream is cut', () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 });
    const cuts = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(payloads, cuts, (sent, pieces) => {
        const stream = Buffer.concat(sent.map(frame));
        const reader = new FrameReader();
        const received: Buffer[] = [];
        for (let at = 0, piece = 0; at < stream.length; piece++) {
          const end = at + (pieces[piece % pieces.length] as number) + 1;
          received.push(...reader.push(stream.subarray(at, end)));
          at = end;
        }
        expect(received).toEqual(sent.map((payload) => Buffer.from(payload)));
        expect(reader.bufferedBytes).toBe(0);
      }),
    );
  });

  test('that lie in one chunk are slices of it', () => {
    const chunk = Buffer.concat([frame(Buffer.from('ab')), frame(Buffer.from('c'))]);
    const frames = new FrameReader().push(chunk);
    expect(frames.map(String)).toEqual(['ab', 'c']);
    expect(frames[0]!.buffer).toBe(chunk.buffer);
  });

  test('of size zero are frames too, as SASL tokens may be empty', () => {
    expect(new FrameReader().push(Buffer.alloc(8))).toEqual([Buffer.alloc(0), Buffer.alloc(0)]);
  });

  test('do not change when the chunk after them does', () => {
    const reader = new FrameReader();
    const chunk = frame(Buffer.from('abcd'));
    reader.push(chunk.subarray(0, 6));
    const rest = Buffer.from(chunk.subarray(6));
    const [whole] = reader.push(rest);
    rest.fill(0);
    expect(String(whole)).toBe('abcd');
  });
});

describe('a frame that arrives in pieces', () => {
  test('of 100 MiB in 16 KiB each is gathered without copying it again and again', () => {
    const total = 104_857_600;
    const reader = new FrameReader();
    const header = Buffer.alloc(4);
    header.writeInt32BE(total);
    reader.push(header);
    const piece = Buffer.alloc(16_384, 3);
    for (let sent = piece.length; sent < total; sent += piece.length)
      expect(reader.push(piece)).toHaveLength(0);
    const [whole] = reader.push(piece);
    expect(whole!.length).toBe(total);
    expect(whole![total - 1]).toBe(3);
  });

  test('costs what has arrived, not what it announces', () => {
    const header = Buffer.alloc(5);
    header.writeInt32BE(104_857_600);
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 100 }, () => new FrameReader());
    for (const reader of readers) reader.push(header);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 100_000);
    expect(readers[0]!.bufferedBytes).toBe(5);
  });
});

describe('a size that cannot be', () => {
  test.each([
    [Buffer.from('ffffffff', 'hex'), 'frame size -1'],
    [Buffer.from('06400001', 'hex'), 'frame size 104857601 is not between 0 and 104857600 bytes'],
    [Buffer.from('GET / HTTP/1.1'), 'frame size 1195725856'],
  ])('%j', (chunk, problem) => {
    expect(() => new FrameReader().push(chunk)).toThrow(problem);
  });

  test('goes by the limit, which may change between frames', () => {
    const reader = new FrameReader({ maxFrameBytes: 3 });
    expect(reader.push(frame(Buffer.from('abc')))).toHaveLength(1);
    reader.maxFrameBytes = 4;
    expect(reader.push(frame(Buffer.from('abcd')))).toHaveLength(1);
    expect(() => reader.push(frame(Buffer.from('abcde')))).toThrow(
      expect.objectContaining({ code: 'ERR_PROTOCOL_FRAME_SIZE' }),
    );
  });
});
