import { Simulation } from '@millrace/host';
import { buildBatch, decodeRecords, recordBatches } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import type { PartitionLog } from '../partition/partition-log.ts';
import { appendValues, openTestLog, readAll } from '../testing/test-log.ts';
import { BlockPool } from './block-pool.ts';
import { ReadAhead } from './read-ahead.ts';
import { TailCache } from './tail-cache.ts';

const COLD = { tailCacheBytes: 0 };
const VALUES = Array.from({ length: 200 }, (_, index) => `${index}`.padEnd(100, '.'));

describe('cold reads', () => {
  test.each([1, 150, 1000, 5000, 1 << 20])(
    'give every record, whatever the limit (%i bytes)',
    async (maxBytes) => {
      const { manager, log } = await openTestLog(
        { 'internal.segment.bytes': 6000, 'retention.ms': -1 },
        undefined,
        COLD,
      );
      for (const value of VALUES) await appendValues(log, [value]);
      expect((await readAll(log, 0, { maxBytes })).map((record) => record.value)).toEqual(VALUES);
      expect((await readAll(log, 77, { maxBytes })).map((record) => record.value)).toEqual(VALUES.slice(77));
      await manager.close();
    },
  );

  test('in sequence find the next block read already', async () => {
    const events: string[] = [];
    const simulation = new Simulation({ seed: 1, onEvent: (event) => events.push(event.label) });
    await simulation.run(async () => {
      const { manager, log } = await openTestLog({}, simulation.host('node'), COLD);
      for (const value of VALUES) await appendValues(log, [value]);
      const options = { maxBytes: 2000, upTo: 'logEndOffset' } as const;
      const readFrom = async (offset: number): Promise<number> =>
        recordBatches(Buffer.concat((await log.read({ offset, ...options })).records)).at(-1)!.nextOffset;
      let offset = await readFrom(0);
      offset = await readFrom(offset);
      await simulation.sleep(10);
      const before = events.length;
      await readFrom(offset);
      const reads = events.slice(before).filter((label) => label.startsWith('read '));
      expect(reads).toEqual([]);
      await manager.close();
    });
  });

  test.each([
    ['in its records', 100],
    ['in its header', 24],
  ])('never hand out a batch that is damaged %s', async (_, position) => {
    const { host, manager, log } = await openTestLog({}, undefined, COLD);
    for (const value of VALUES.slice(0, 5)) await appendValues(log, [value]);
    const file = await host.disk.open('/data/orders-0/00000000000000000000.log', 'write');
    await file.write([Buffer.from('?')], position);
    await file.close();
    const error = { code: 'ERR_LOG_CORRUPT_FILE', position: 0, problem: 'the CRC is wrong' };
    await expect(readAll(log, 0)).rejects.toMatchObject(error);
    await manager.close();
  });

  test.each([
    ['offset', 0, 0x7f],
    ['size', 8, 0x7f],
    ['last offset delta', 23, 0x7f],
    ['CRC', 17, 0x00],
    ['records', 100, 0x00],
  ])('in sequence end before a damaged %s and say where it is', async (_, within, byte) => {
    const { host, manager, log } = await openTestLog({}, undefined, COLD);
    for (const value of VALUES) await appendValues(log, [value]);
    const whole = await host.disk.readFile('/data/orders-0/00000000000000000000.log');
    const batches = recordBatches(whole);
    const position = batches.slice(0, 120).reduce((sum, batch) => sum + batch.sizeBytes, 0);
    const file = await host.disk.open('/data/orders-0/00000000000000000000.log', 'write');
    await file.write([Buffer.of(byte)], position + within);
    await file.close();
    const seen: number[] = [];
    const readOn = async (): Promise<void> => {
      for (let offset = 0; ; offset = seen.at(-1)! + 1) {
        const read = await log.read({ offset, maxBytes: 2000, upTo: 'logEndOffset' });
        seen.push(...recordBatches(Buffer.concat(read.records)).map((batch) => batch.lastOffset));
      }
    };
    await expect(readOn()).rejects.toMatchObject({ code: 'ERR_LOG_CORRUPT_FILE', position });
    expect(seen).toEqual(Array.from({ length: seen.length }, (__, index) => index));
    expect(seen.length).toBeGreaterThan(60);
    expect(seen.length).toBeLessThanOrEqual(120);
    await manager.close();
  });
});

describe('the tail cache', () => {
  const batch = (baseOffset: number, valueBytes = 1000): Buffer =>
    buildBatch([{ timestampMs: 0, value: Buffer.alloc(valueBytes) }], { baseOffset });

  test('is bounded over all partitions and gives up the oldest batches first', () => {
    const cache = new TailCache(3000);
    const [a, b] = [cache.partition(), cache.partition()];
    a.append([batch(0)]);
    b.append([batch(0)]);
    a.append([batch(1)]);
    expect([a.covers(0), a.covers(1), b.covers(0)]).toEqual([false, true, true]);
    b.clear();
    for (let offset = 2; offset < 5000; offset++) a.append([batch(offset)]);
    expect(a.covers(4997)).toBe(false);
    expect(a.covers(4998)).toBe(true);
    expect(cache.sizeBytes).toBeLessThanOrEqual(3000);
    a.clear();
    expect(cache.sizeBytes).toBe(0);
  });

  test('joins small batches that were written together, and reads them apart', () => {
    const tail = new TailCache().partition();
    tail.append(Array.from({ length: 100 }, (_, offset) => batch(offset, 500)));
    for (const offset of [0, 37, 99]) {
      const read = Buffer.concat(tail.read(offset, 100, 1, true));
      expect(recordBatches(read).map((each) => each.baseOffset)).toEqual([offset]);
    }
    expect(recordBatches(Buffer.concat(tail.read(10, 90, 1 << 20, false)))).toHaveLength(80);
  });

  test('stays bounded when tails forget more than they keep', () => {
    const cache = new TailCache(100_000);
    const tail = cache.partition();
    for (let offset = 0; offset < 20_000; offset++) {
      tail.append([batch(offset, 10)]);
      if (offset % 10 === 9) tail.dropBelow(offset);
    }
    expect(cache.sizeBytes).toBeLessThan(2000);
    expect(tail.covers(19_999)).toBe(true);
  });

  test('does not take a batch that is larger than it', () => {
    const cache = new TailCache(1000);
    const tail = cache.partition();
    tail.append([batch(0, 100)]);
    tail.append([batch(1, 5000)]);
    expect([tail.covers(0), tail.covers(1), cache.sizeBytes]).toEqual([false, false, 0]);
  });
});

describe('memory of reads from files', () => {
  const MANY = Array.from({ length: 300 }, (_, index) => `${index}-${'x'.repeat(1000)}`);
  const read = (log: PartitionLog, offset: number) =>
    log.read({ offset, maxBytes: 100_000, minOneMessage: true, upTo: 'logEndOffset' });

  test('is used again once it was released, and not before', async () => {
    const { manager, log } = await openTestLog({}, undefined, COLD);
    for (const value of MANY) await appendValues(log, [value]);
    const memory = new Set<ArrayBufferLike>();
    for (let count = 0; count < 10; count++) memory.add((await read(log, 0)).records[0]!.buffer);
    expect(memory.size).toBe(10);
    memory.clear();
    for (let count = 0; count < 10; count++) {
      const { records, release } = await read(log, 0);
      memory.add(records[0]!.buffer);
      release();
      release();
    }
    expect(memory.size).toBe(1);
    await manager.close();
  });

  test('gives every record in sequence while each block is released before the next read', async () => {
    const { manager, log } = await openTestLog({}, undefined, COLD);
    for (const value of MANY) await appendValues(log, [value]);
    const values: (string | undefined)[] = [];
    for (let offset = 0; offset < log.logEndOffset;) {
      const { records, release } = await read(log, offset);
      for (const batch of recordBatches(Buffer.concat(records))) {
        values.push(...decodeRecords(batch).map(({ value }) => value?.toString()));
        offset = batch.nextOffset;
      }
      release();
    }
    expect(values).toEqual(MANY);
    await manager.close();
  });

  test('is bounded, and small blocks and foreign ones are not kept', () => {
    const pool = new BlockPool(1 << 20);
    for (let count = 0; count < 40; count++) pool.give(Buffer.allocUnsafeSlow(1 << 16));
    expect(pool.sizeBytes).toBe(1 << 20);
    const other = new BlockPool();
    other.give(other.take(1000));
    other.give(Buffer.alloc(0));
    expect(other.sizeBytes).toBe(0);
    other.give(other.take(70_000).subarray(10, 20));
    expect(other.take(80_000)).toHaveLength(80_000);
    expect(other.sizeBytes).toBe(0);
  });
});

test('read-ahead is bounded and drops the oldest block', async () => {
  const ahead = new ReadAhead(100);
  const block = (sizeBytes: number) => ahead.begin(sizeBytes, async () => Buffer.alloc(sizeBytes));
  const [first, second] = [block(50)!, block(50)!];
  expect(block(60)).toBeUndefined();
  block(20);
  expect(ahead.take(first)).toBeUndefined();
  expect(await ahead.take(second)).toHaveLength(50);
  expect(ahead.sizeBytes).toBe(20);
});
