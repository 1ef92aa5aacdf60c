import { buildBatch, decodeRecords, endTxnMarker, recordBatches, type RecordBatch } from '@millrace/protocol';
import { Simulation, type Host } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import type { PartitionLog } from '../partition/partition-log.ts';
import { openTestLog, type TestLog } from '../testing/test-log.ts';

const COMPACT = { 'cleanup.policy': 'compact', 'internal.segment.bytes': 400, 'delete.retention.ms': 1000 };
const coordinator = { origin: 'coordinator', leaderEpoch: 0 } as const;

async function compactedLog(config: Record<string, unknown> = {}, host?: Host): Promise<TestLog> {
  return openTestLog({ ...COMPACT, ...config }, host);
}

/** Appends `key=value` pairs, one batch each; a lone `key` is a tombstone. */
async function put(
  log: PartitionLog,
  pairs: string,
  producer: Parameters<typeof buildBatch>[1] = {},
): Promise<void> {
  for (const pair of pairs.split(' ')) {
    const [key, value] = pair.split('=');
    const batch = buildBatch([{ timestampMs: 1700000000000, key: key!, value: value ?? null }], producer);
    await log.append(batch, coordinator);
  }
  log.updateHighWatermark(log.logEndOffset);
}

/** Begins a new segment, so that everything before can be cleaned. */
async function roll(log: PartitionLog): Promise<void> {
  const before = log.segmentCount;
  while (log.segmentCount === before) await put(log, `filler=${'x'.repeat(100)}`);
}

async function batchesOf(log: PartitionLog): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for (let offset = log.logStartOffset; offset < log.logEndOffset;) {
    const { records } = await log.read({
      offset,
      maxBytes: 1 << 20,
      minOneMessage: true,
      upTo: 'logEndOffset',
    });
    const found = recordBatches(Buffer.concat(records));
    if (found.length === 0) break;
    batches.push(...found);
    offset = found.at(-1)!.nextOffset;
  }
  return batches;
}

/** What is left, as `offset:key=value`; fillers left out, empty batches as `offset:empty`, markers as `offset:marker`. */
async function contentOf(log: PartitionLog): Promise<string[]> {
  const batches = await batchesOf(log);
  return batches
    .flatMap((batch) => {
      if (batch.recordCount === 0) return [`${batch.lastOffset}:empty`];
      if (batch.isControl) return [`${batch.lastOffset}:marker`];
      return decodeRecords(batch).map(({ offset, key, value }) =>
        [offset, ':', key?.toString(), value === null ? '' : `=${value.toString()}`].join(''),
      );
    })
    .filter((line) => !line.includes('filler'));
}

describe('compaction', () => {
  test('keeps the last value of each key, at its offset', async () => {
    const { manager, log } = await compactedLog();
    await put(log, 'a=1 b=1 a=2 c=1 b=2 a=3');
    await roll(log);
    const result = await log.compact();
    expect(result).toMatchObject({ isComplete: true, firstDirtyOffset: 0 });
    expect(await contentOf(log)).toEqual(['3:c=1', '4:b=2', '5:a=3']);
    expect(log.cleanedOffset).toBe(result!.endOffset);
    await manager.close();
  });

  test('does not touch the active segment, nor do it twice', async () => {
    const { manager, log } = await compactedLog();
    await put(log, 'a=1 a=2');
    expect(await log.compact()).toBeUndefined();
    await roll(log);
    await log.compact();
    expect(await log.compact()).toBeUndefined();
    await manager.close();
  });

  test('merges segments, and goes on where it stopped', async () => {
    const { host, manager, log } = await compactedLog();
    for (let round = 0; round < 10; round++) {
      await put(log, `a=${round} b=${round}`);
      await roll(log);
    }
    const before = log.segmentCount;
    await log.compact();
    expect(await contentOf(log)).toHaveLength(2);
    await put(log, 'a=last');
    await roll(log);
    await log.compact();
    // Sources are grouped by the size they had, so what the first pass made small is merged by the second.
    expect(log.segmentCount).toBeLessThan(before / 2);
    expect((await contentOf(log)).map((line) => line.split(':')[1])).toEqual(['b=9', 'a=last']);
    const content = await contentOf(log);
    await manager.close();
    const again = await compactedLog({}, host);
    expect(await contentOf(again.log)).toEqual(content);
    expect(again.log.cleanedOffset).toBe(log.cleanedOffset);
    await again.manager.close();
  });

  test('keeps a tombstone for delete.retention.ms after its first cleaning', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const { manager, log } = await compactedLog({}, simulation.host('node'));
      await put(log, 'a=1 a b=1');
      await roll(log);
      await log.compact();
      expect(await contentOf(log)).toEqual(['1:a', '2:b=1']);
      const [tombstone] = await batchesOf(log);
      expect(tombstone).toMatchObject({ hasDeleteHorizon: true, maxTimestamp: 1700000000000 });
      expect(decodeRecords(tombstone!)[0]!.timestampMs).toBe(1700000000000);
      await roll(log);
      await simulation.sleep(900);
      await log.compact();
      expect(await contentOf(log)).toEqual(['1:a', '2:b=1']);
      await roll(log);
      await simulation.sleep(200);
      await log.compact();
      expect(await contentOf(log)).toEqual(['2:b=1']);
      await manager.close();
    });
  });

  test('drops records within a batch and keeps its offsets, sequence and codec', async () => {
    const { manager, log } = await compactedLog();
    const records = ['a', 'b', 'a', 'c'].map((key, index) => ({
      timestampMs: 1700000000000 + index,
      key,
      value: `${index}`,
    }));
    await log.append(
      buildBatch(records, { compression: 'gzip', producerId: 4, producerEpoch: 2, baseSequence: 10 }),
      coordinator,
    );
    await put(log, 'c=new');
    await roll(log);
    await log.compact();
    const [batch] = await batchesOf(log);
    expect(batch).toMatchObject({
      baseOffset: 0,
      lastOffset: 3,
      recordCount: 2,
      compression: 'gzip',
      producerId: 4,
      producerEpoch: 2,
      baseSequence: 10,
      isCrcValid: true,
    });
    expect(await contentOf(log)).toEqual(['1:b=1', '2:a=2', '4:c=new']);
    await manager.close();
  });

  test('leaves an empty batch where a producer needs its sequence', async () => {
    const { manager, log } = await compactedLog();
    const client = { origin: 'client', leaderEpoch: 0 } as const;
    const send = (sequence: number) =>
      log.append(
        buildBatch([{ timestampMs: 1700000000000, key: 'a', value: `${sequence}` }], {
          producerId: 4,
          producerEpoch: 0,
          baseSequence: sequence,
        }),
        client,
      );
    await send(0);
    await send(1);
    await put(log, 'a=other');
    await roll(log);
    await log.compact();
    expect(await contentOf(log)).toEqual(['1:empty', '2:a=other']);
    await expect(send(2)).resolves.toMatchObject({ duplicate: false });
    await manager.close();
  });

  test('removes aborted data at once and its marker later', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const { manager, log } = await compactedLog({}, simulation.host('node'));
      const producer = { producerId: 9, producerEpoch: 0, isTransactional: true, baseSequence: 0 };
      const marker = (type: 'ABORT' | 'COMMIT', producerId: number) =>
        endTxnMarker({ type, producerId, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 1700000000000 });
      await put(log, 'a=kept');
      await put(log, 'a=aborted', producer);
      await log.append(marker('ABORT', 9), coordinator);
      await put(log, 'b=committed', { ...producer, producerId: 10 });
      await log.append(marker('COMMIT', 10), coordinator);
      await roll(log);
      await log.compact();
      expect(await contentOf(log)).toEqual(['0:a=kept', '1:empty', '2:marker', '3:b=committed', '4:marker']);
      const read = await log.read({ offset: 0, maxBytes: 1 << 20, upTo: 'lastStableOffset' });
      expect(read.abortedTransactions).toEqual([
        { producerId: 9, firstOffset: 1, lastOffset: 2, lastStableOffset: 3 },
      ]);
      await manager.close();
    });
  });

  test('stops below an open transaction', async () => {
    const { manager, log } = await compactedLog();
    await put(log, 'a=1 a=2');
    await roll(log);
    await put(log, 'a=open', { producerId: 9, producerEpoch: 0, isTransactional: true, baseSequence: 0 });
    const firstOpen = log.lastStableOffset;
    await roll(log);
    await log.compact();
    expect(log.cleanedOffset).toBeLessThanOrEqual(firstOpen);
    expect(await contentOf(log)).toEqual(['1:a=2', `${firstOpen}:a=open`]);
    await manager.close();
  });

  test('reads all the while from the files it replaces', async () => {
    const { manager, log } = await compactedLog({}, undefined);
    for (let round = 0; round < 6; round++) {
      await put(log, `a=${round}`);
      await roll(log);
    }
    const [content] = await Promise.all([contentOf(log), log.compact(), contentOf(log)]);
    expect(content.at(-1)).toContain('a=5');
    await manager.close();
  });

  test('is done by the manager for what is dirty enough', async () => {
    const { manager, log } = await compactedLog();
    await put(log, 'a=1 a=2');
    expect(await manager.clean()).toBe(0);
    await roll(log);
    expect(await manager.clean()).toBe(1);
    expect(await contentOf(log)).toEqual(['1:a=2']);
    await put(log, 'a=3');
    expect((await log.cleaningState()).isDue).toBe(false);
    for (let count = 0; count < 3; count++) await roll(log);
    expect((await log.cleaningState()).isDue).toBe(true);
    await manager.close();
  });

  test('with delete in the policy makes room by size too', async () => {
    const { manager, log } = await compactedLog({
      'cleanup.policy': 'compact,delete',
      'retention.bytes': 500,
    });
    for (let index = 0; index < 30; index++) await put(log, `k${index}=${'v'.repeat(40)}`);
    await roll(log);
    await manager.clean();
    await manager.applyRetention();
    expect(log.logStartOffset).toBeGreaterThan(0);
    await manager.close();
  });
});
