import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FrameReader } from './frame-reader.ts';

function frame(payload: Uint8Array): Buffer {
  return Buffer.concat([sizeOf(payload.length), payload]);
}

function sizeOf(bytes: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes);
  return size;
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
  const allocate = vi.spyOn(Buffer, 'allocUnsafeSlow');
  afterEach(() => allocate.mockClear());
  const allocations = (): number[] => allocate.mock.calls.map(([size]) => size);

  test('of 100 MiB in 16 KiB each is gathered without copying it again and again', () => {
    const total = 104_857_600;
    const reader = new FrameReader();
    reader.push(sizeOf(total));
    const piece = Buffer.alloc(16_384, 3);
    for (let sent = piece.length; sent < total; sent += piece.length) {
      if (reader.push(piece).length > 0) throw new Error(`a frame came out after ${sent} bytes`);
    }
    const [whole] = reader.push(piece);
    expect(whole!.length).toBe(total);
    expect(whole![total - 1]).toBe(3);
    // Every buffer is twice as large as the one before, so all copies together are less than two of the frame.
    expect(allocations().reduce((sum, size) => sum + size, 0)).toBeLessThan(3 * total);
  });

  test('costs what has arrived, not what it announces', () => {
    const reader = new FrameReader();
    reader.push(sizeOf(104_857_600));
    expect(allocations()).toEqual([]);
    reader.push(Buffer.alloc(10));
    expect(allocations()).toEqual([65_536]);
    expect(reader.bufferedBytes).toBe(14);
  });

  test('takes no more than its size', () => {
    const reader = new FrameReader();
    reader.push(sizeOf(100));
    reader.push(Buffer.alloc(10));
    expect(allocations()).toEqual([100]);
  });
});

describe('memory that is filled from outside', () => {
  /** Up to `maxBytes` of what is left of the stream go where the reader says. */
  function fill(
    reader: FrameReader,
    stream: Buffer,
    maxBytes: number,
  ): { frames: Buffer[]; byteCount: number } {
    const memory = reader.memory();
    const byteCount = Math.min(maxBytes, memory.length, stream.length);
    stream.copy(memory, 0, 0, byteCount);
    return { frames: reader.filled(byteCount), byteCount };
  }

  function receive(stream: Buffer, nextBytes: () => number, reader = new FrameReader()): Buffer[] {
    const received: Buffer[] = [];
    for (let at = 0; at < stream.length;) {
      const { frames, byteCount } = fill(reader, stream.subarray(at), nextBytes());
      received.push(...frames);
      at += byteCount;
    }
    expect(reader.bufferedBytes).toBe(0);
    return received;
  }

  test('makes the same frames as chunks do, however the stream is cut', () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
    const cuts = fc.array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(payloads, cuts, (sent, pieces) => {
        const stream = Buffer.concat(sent.map(frame));
        let piece = 0;
        const received = receive(stream, () => (pieces[piece++ % pieces.length] as number) + 1);
        expect(received).toEqual(sent.map((payload) => Buffer.from(payload)));
      }),
    );
  });

  test.each([70_000, 300_000, 3_000_000])('takes frames of %d bytes, whatever a read brings', (size) => {
    const sent = [Buffer.alloc(size, 1), Buffer.alloc(5, 2), Buffer.alloc(size, 3)];
    const stream = Buffer.concat(sent.map(frame));
    for (const bytes of [3, 10_000, 65_536, Infinity]) {
      if (size / bytes > 100_000) continue;
      expect(Buffer.concat(receive(stream, () => bytes)).equals(Buffer.concat(sent))).toBe(true);
    }
  });

  test('is the rest of a large frame itself', () => {
    const reader = new FrameReader();
    const stream = frame(Buffer.alloc(1_000_000, 7));
    const { byteCount } = fill(reader, stream, Infinity);
    const rest = reader.memory();
    expect(rest.length).toBe(stream.length - byteCount);
    stream.copy(rest, 0, byteCount);
    const [whole] = reader.filled(rest.length);
    expect(whole!.buffer).toBe(rest.buffer);
  });

  test('may be filled again without a change to frames that came out of it', () => {
    const reader = new FrameReader();
    const first = fill(reader, frame(Buffer.from('abcd')), Infinity).frames;
    const second = fill(reader, frame(Buffer.from('wxyz')), Infinity).frames;
    expect([...first, ...second].map(String)).toEqual(['abcd', 'wxyz']);
  });

  test('goes together with chunks', () => {
    const reader = new FrameReader();
    const stream = frame(Buffer.alloc(200_000, 5));
    expect(reader.push(stream.subarray(0, 1000))).toEqual([]);
    const { byteCount } = fill(reader, stream.subarray(1000), 500);
    expect(reader.push(stream.subarray(1000 + byteCount))).toEqual([stream.subarray(4)]);
  });

  test('has a size that can be', () => {
    const reader = new FrameReader();
    expect(() => fill(reader, Buffer.from('GET / HTTP/1.1'), Infinity)).toThrow('frame size 1195725856');
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
