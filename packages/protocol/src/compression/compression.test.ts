import { createRequire } from 'node:module';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { KafkaError } from '../errors/kafka-error.ts';
import { codecOf } from './codec-of.ts';
import type { Codec } from './codec.ts';
import type { CompressionType } from './compression-type.ts';
import { loadNative } from './load-native.ts';
import { makeLz4Codec } from './lz4-codec.ts';
import { formatLz4Frame } from './lz4-frame.ts';
import { makeSnappyCodec } from './snappy-codec.ts';
import { xxhash32 } from './xxhash32.ts';

const LIMIT_BYTES = 10_000_000;

const codecs: readonly (readonly [string, Codec])[] = [
  ['none', codecOf('none')],
  ['gzip', codecOf('gzip')],
  ['snappy', codecOf('snappy')],
  ['lz4', codecOf('lz4')],
  ['zstd', codecOf('zstd')],
  ['snappy without the native package', makeSnappyCodec(() => undefined)],
  ['lz4 without the native package', makeLz4Codec(() => undefined)],
];
const compressing = codecs.filter(([name]) => name !== 'none');
const readersWithoutNative: readonly (readonly [CompressionType, Codec])[] = [
  ['snappy', makeSnappyCodec(() => undefined)],
  ['lz4', makeLz4Codec(() => undefined)],
];

describe.each(codecs)('%s', (_name, codec) => {
  it.each([0, 1, 12, 13, 100, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 1_100_000])(
    'gives back %i bytes of text and of noise',
    async (length) => {
      for (const input of [text(length), noise(length)]) {
        expect(codec.decompress(codec.compress(input, undefined), LIMIT_BYTES).equals(input)).toBe(true);
        const compressed = await codec.compressAsync(input, undefined);
        expect((await codec.decompressAsync(compressed, LIMIT_BYTES)).equals(input)).toBe(true);
      }
    },
  );
});

describe.each(compressing)('%s', (_name, codec) => {
  it('gives out as many bytes as the limit allows, and no more', async () => {
    const input = text(200_000);
    const compressed = codec.compress(input, undefined);
    expect(codec.decompress(compressed, input.length)).toHaveLength(input.length);
    expectCorrupt(() => codec.decompress(compressed, input.length - 1));
    await expect(codec.decompressAsync(compressed, input.length - 1)).rejects.toMatchObject({
      code: 'CORRUPT_MESSAGE',
    });
  });

  it('does not take the memory that a bomb asks for', () => {
    const bomb = codec.compress(Buffer.alloc(24 * 1024 * 1024), undefined);
    const before = process.memoryUsage().arrayBuffers;
    expectCorrupt(() => codec.decompress(bomb, 100_000));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });

  it('ends in a CORRUPT_MESSAGE error, or in at most the limit, on damaged bytes', () => {
    const compressed = codec.compress(text(5000), undefined);
    fc.assert(
      fc.property(damage(compressed), (damaged) => {
        expectCorruptOr(() => codec.decompress(damaged, 6000), 6000);
      }),
      { numRuns: 300, seed: 20261121 },
    );
  });

  it('refuses bytes that are something else', () => {
    expectCorrupt(() => codec.decompress(Buffer.alloc(0), LIMIT_BYTES));
    expectCorrupt(() => codec.decompress(Buffer.from('these are no compressed bytes'), LIMIT_BYTES));
  });
});

describe.each(readersWithoutNative)('%s without the native package', (type, codec) => {
  it('reads what the native package compressed', () => {
    for (const input of [
      text(300_000),
      Buffer.alloc(300_000),
      Buffer.from('ab'.repeat(50_000)),
      noise(1000),
    ]) {
      const compressed = codecOf(type).compress(input, undefined);
      expect(codec.decompress(compressed, LIMIT_BYTES).equals(input)).toBe(true);
    }
  });
});

describe('gzip', () => {
  it('reads several members one after another', () => {
    const members = Buffer.concat([gzipSync('first '), gzipSync('second')]);
    expect(codecOf('gzip').decompress(members, LIMIT_BYTES).toString()).toBe('first second');
  });

  it('works harder at a higher level', () => {
    const input = text(100_000);
    const codec = codecOf('gzip');
    expect(codec.compress(input, 9).length).toBeLessThan(codec.compress(input, 1).length);
  });
});

describe('zstd', () => {
  it('reads several frames one after another', () => {
    const frames = Buffer.concat([zstdCompressSync('first '), zstdCompressSync('second')]);
    expect(codecOf('zstd').decompress(frames, LIMIT_BYTES).toString()).toBe('first second');
    expectCorrupt(() => codecOf('zstd').decompress(frames, 'first secon'.length));
  });

  it('refuses what follows the last frame and is none', () => {
    const frames = Buffer.concat([zstdCompressSync('first'), Buffer.from('second')]);
    expectCorrupt(() => codecOf('zstd').decompress(frames, LIMIT_BYTES));
  });

  it('refuses thousands of frames', () => {
    const skipped = Buffer.from('502a4d1800000000', 'hex');
    expectCorrupt(() =>
      codecOf('zstd').decompress(Buffer.concat(Array.from({ length: 1001 }, () => skipped)), 1),
    );
  });

  it('reads several frames off the event loop', async () => {
    const noisy = noise(40_000);
    const frames = Buffer.concat([zstdCompressSync(noisy), zstdCompressSync('second')]);
    const expected = Buffer.concat([noisy, Buffer.from('second')]);
    expect((await codecOf('zstd').decompressAsync(frames, LIMIT_BYTES)).equals(expected)).toBe(true);
  });

  it('takes the levels that Kafka takes', () => {
    const input = text(100_000);
    const codec = codecOf('zstd');
    expect(codec.compress(input, 19).length).toBeLessThan(codec.compress(input, -50).length);
  });

  it('is an UNSUPPORTED_COMPRESSION_TYPE error on a build of Node.js without it', async () => {
    vi.resetModules();
    vi.doMock('node:zlib', async (original) => {
      const zlib = await original<Record<string, unknown> & { default: Record<string, unknown> }>();
      const without = Object.entries(zlib.default).filter(([name]) => !name.startsWith('zstd'));
      return { ...zlib, default: Object.fromEntries(without) };
    });
    const { zstdCodec: missing } = await import('./zstd-codec.ts');
    vi.doUnmock('node:zlib');
    const unsupported = { code: 'UNSUPPORTED_COMPRESSION_TYPE', errorCode: 76 };
    expect(errorOf(() => missing.compress(Buffer.alloc(1), undefined))).toMatchObject(unsupported);
    expect(errorOf(() => missing.decompress(Buffer.alloc(1), 1))).toMatchObject(unsupported);
    await expect(missing.compressAsync(Buffer.alloc(1), undefined)).rejects.toMatchObject(unsupported);
    await expect(missing.decompressAsync(Buffer.alloc(1), 1)).rejects.toMatchObject(unsupported);
  });
});

describe('snappy', () => {
  it('reads a bare block, which librdkafka and others have written', () => {
    const native = createRequire(import.meta.url)('snappy') as { compressSync(input: Buffer): Buffer };
    const input = text(1000);
    expect(codecOf('snappy').decompress(native.compressSync(input), LIMIT_BYTES).equals(input)).toBe(true);
  });

  it('refuses a block longer than the stream', () => {
    const stream = codecOf('snappy').compress(text(1000), undefined);
    stream.writeInt32BE(stream.length, 16);
    expectCorrupt(() => codecOf('snappy').decompress(stream, LIMIT_BYTES));
  });
});

describe('lz4', () => {
  it('reads block sizes and checksums that Kafka does not write but reads', () => {
    const native = createRequire(import.meta.url)('lz4-napi') as {
      compressFrameSync(input: Buffer, options: object): Buffer;
    };
    const input = text(3_000_000);
    const options = { blockChecksums: true, contentChecksum: true };
    const frame = native.compressFrameSync(input, options);
    expect(codecOf('lz4').decompress(frame, LIMIT_BYTES).equals(input)).toBe(true);
    frame[frame.length - 100] = frame[frame.length - 100]! ^ 1;
    expectCorrupt(() => codecOf('lz4').decompress(frame, LIMIT_BYTES));
  });

  it('stores a block that does not shrink', () => {
    const input = noise(1000);
    expect(codecOf('lz4').compress(input, undefined)).toEqual(formatLz4Frame([input], [undefined]));
  });

  it.each([
    ['blocks that depend on each other', 4, 0x40],
    ['a reserved flag', 4, 0x62],
    ['a dictionary', 4, 0x61],
    ['another version', 4, 0xa0],
    ['a block size that is not defined', 5, 0x30],
    ['reserved bits of the block descriptor', 5, 0x41],
    ['a wrong checksum of the header', 6, 0x83],
  ])('refuses a frame with %s', (_what, at, byte) => {
    const frame = codecOf('lz4').compress(text(1000), undefined);
    frame[at] = byte;
    expectCorrupt(() => codecOf('lz4').decompress(frame, LIMIT_BYTES));
  });

  it('computes xxHash as its authors do', () => {
    expect(xxhash32(Buffer.alloc(0))).toBe(0x02cc5d05);
    expect(xxhash32(Buffer.from('a'))).toBe(0x550d7456);
    expect(xxhash32(Buffer.from('Nobody inspects the spammish repetition'))).toBe(0xe2293b2f);
  });
});

it('goes on without a native package that is not there', () => {
  expect(loadNative('@millrace/there-is-no-such-package')).toBeUndefined();
});

function text(length: number): Buffer {
  const words = Array.from({ length: length / 10 + 1 }, (_, index) => `order-${(index * 7919) % 1009},`);
  return Buffer.from(words.join('')).subarray(0, length);
}

function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** Copies with some bytes changed and, often, the end cut off. */
function damage(bytes: Buffer): fc.Arbitrary<Buffer> {
  const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
  const length = fc.oneof(fc.constant(bytes.length), fc.nat(bytes.length));
  return fc.tuple(changes, length).map(([wanted, end]) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of wanted) copy[at] = value;
    return copy.subarray(0, end);
  });
}

function expectCorrupt(run: () => unknown): void {
  const error = errorOf(run);
  expect(error).toBeInstanceOf(KafkaError);
  expect(error).toMatchObject({ code: 'CORRUPT_MESSAGE', errorCode: 2 });
}

function expectCorruptOr(run: () => Buffer, maxBytes: number): void {
  let result: Buffer;
  try {
    result = run();
  } catch (error) {
    expect(error).toMatchObject({ code: 'CORRUPT_MESSAGE' });
    return;
  }
  expect(result.length).toBeLessThanOrEqual(maxBytes);
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('Expected an error, but there was none');
}
