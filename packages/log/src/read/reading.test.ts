import { Simulation } from '@millrace/host';
import { recordBatches } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { appendValues, openTestLog, readAll } from '../testing/test-log.ts';
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
});

describe('the tail cache', () => {
  test('is bounded over all partitions and gives up the oldest batches first', () => {
    const cache = new TailCache(100);
    const [a, b] = [cache.partition(), cache.partition()];
    a.append(Buffer.alloc(40), 0, 1);
    b.append(Buffer.alloc(40), 0, 1);
    a.append(Buffer.alloc(40), 1, 2);
    expect(cache.sizeBytes).toBe(80);
    expect([a.covers(0), a.covers(1), b.covers(0)]).toEqual([false, true, true]);
    b.clear();
    expect(cache.sizeBytes).toBe(40);
    for (let offset = 2; offset < 600; offset++) a.append(Buffer.alloc(30), offset, offset + 1);
    expect(cache.sizeBytes).toBe(90);
    expect(a.covers(596)).toBe(false);
    expect(a.covers(597)).toBe(true);
  });

  test('does not keep a large receive buffer alive for a small batch', () => {
    const cache = new TailCache(1000);
    const tail = cache.partition();
    const frame = Buffer.alloc(100000);
    tail.append(frame.subarray(0, 0), 0, 1);
    tail.clear();
    expect(cache.sizeBytes).toBe(0);
  });
});

test('read-ahead is bounded and drops the oldest block', async () => {
  const ahead = new ReadAhead(100);
  const block = (sizeBytes: number) => ahead.begin(0, sizeBytes, async () => Buffer.alloc(sizeBytes));
  const [first, second] = [block(50)!, block(50)!];
  expect(block(60)).toBeUndefined();
  block(20);
  expect(ahead.take(first)).toBeUndefined();
  expect(await ahead.take(second)).toHaveLength(50);
  expect(ahead.sizeBytes).toBe(20);
});
