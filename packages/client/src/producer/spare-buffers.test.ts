import { memoryHost } from '@millrace/host';
import { RecordBatchBuilder } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { BufferMemory } from './buffer-memory.ts';
import { ProducerBatch } from './producer-batch.ts';
import { SpareBuffers } from './spare-buffers.ts';

const KIB = 1024;

test('what was given is taken again, if it is not much too large', () => {
  const spare = new SpareBuffers();
  const buffer = spare.take(64 * KIB);
  spare.give(buffer);
  expect(spare.bytes).toBe(64 * KIB);
  expect(spare.take(16 * KIB)).not.toBe(buffer);
  expect(spare.take(65 * KIB)).not.toBe(buffer);
  expect(spare.take(40 * KIB)).toBe(buffer);
  expect(spare.bytes).toBe(0);
});

test('small buffers, and all where nothing may be kept, are left to the garbage collector', () => {
  const spare = new SpareBuffers();
  spare.give(Buffer.alloc(512));
  expect(spare.bytes).toBe(0);
  const none = new SpareBuffers(0);
  none.give(Buffer.alloc(64 * KIB));
  expect(none.bytes).toBe(0);
});

test('keeps 8 MiB, those that came last', () => {
  const spare = new SpareBuffers();
  const buffers = Array.from({ length: 10 }, () => Buffer.alloc(1024 * KIB));
  for (const buffer of buffers) spare.give(buffer);
  expect(spare.bytes).toBe(8 * 1024 * KIB);
  const taken = Array.from({ length: 8 }, () => spare.take(1024 * KIB));
  for (const [index, buffer] of taken.entries()) expect(buffer).toBe(buffers[9 - index]);
});

test('what is kept and what is in use stay below buffer.memory together', () => {
  const memory = new BufferMemory(memoryHost(), 100 * KIB);
  memory.spare.give(Buffer.alloc(40 * KIB));
  memory.spare.give(Buffer.alloc(40 * KIB));
  expect(memory.tryReserve(50 * KIB)).toBe(true);
  expect(memory.spare.bytes).toBe(40 * KIB);
  expect(memory.tryReserve(50 * KIB)).toBe(true);
  expect(memory.spare.bytes).toBe(0);
  memory.release(100 * KIB);
  memory.spare.give(Buffer.alloc(40 * KIB));
  memory.close(new Error('closed'));
  expect(memory.spare.bytes).toBe(0);
});

test('a builder that outgrows its memory gives the smaller one back, and in the end the larger one', () => {
  const spare = new SpareBuffers();
  const builder = new RecordBatchBuilder({ maxBytes: 32 * KIB, initialBytes: 4 * KIB, memory: spare });
  const value = Buffer.alloc(3 * KIB, 'v');
  while (builder.tryAppend(0, null, value));
  expect(spare.bytes).toBeGreaterThanOrEqual(4 * KIB);
  const before = spare.bytes;
  const batch = builder.build();
  builder.release();
  expect(spare.bytes).toBeGreaterThanOrEqual(before + batch.length);
});

test.each(['none', 'lz4'] as const)(
  'the memory of a batch (%s) comes back when nobody reads its bytes any more',
  (compression) => {
    const spare = new SpareBuffers();
    const batch = new ProducerBatch({
      topic: 't',
      partition: 0,
      maxBytes: 16 * KIB,
      initialBytes: 16 * KIB,
      compression,
      compressionLevel: undefined,
      reservedBytes: 16 * KIB,
      createdMs: 0,
      memory: spare,
    });
    expect(batch.tryAppend({ topic: 't', value: Buffer.alloc(10 * KIB, 'v') }, 0)).toBe(true);
    const bytes = batch.encode();
    const asSent = Buffer.from(bytes);
    // Compressed bytes are others than those that were compressed.
    expect(spare.bytes).toBe(compression === 'none' ? 0 : 16 * KIB);
    batch.recycle();
    expect(spare.bytes).toBe(16 * KIB);
    batch.recycle();
    expect(spare.bytes).toBe(16 * KIB);
    if (compression === 'lz4') {
      spare.take(16 * KIB).fill(0);
      expect(bytes.equals(asSent)).toBe(true);
    }
  },
);
