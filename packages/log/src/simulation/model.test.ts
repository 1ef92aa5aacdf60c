import { memoryHost, SeededRandom, type Random } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import type { PartitionLog } from '../partition/partition-log.ts';
import { appendValues, openTestLog, readAll, START_MS, type TestLog } from '../testing/test-log.ts';

const CONFIG = { 'internal.segment.bytes': 900, 'index.interval.bytes': 150, 'retention.ms': -1 };

/** A log as an array. */
class ModelLog {
  values: string[] = [];
  start = 0;

  read(offset: number): { offset: number; value: string }[] {
    return this.values.slice(offset).map((value, index) => ({ offset: offset + index, value }));
  }
}

async function step(log: PartitionLog, model: ModelLog, random: Random): Promise<void> {
  const draw = random.float();
  const anyOffset = (): number =>
    model.start + Math.floor(random.float() * (model.values.length - model.start + 1));
  if (draw < 0.7) {
    const values = Array.from({ length: 1 + (random.uint32() % 5) }, () => 'v'.repeat(random.uint32() % 80));
    const timestampMs = START_MS + model.values.length;
    expect(await appendValues(log, values, { timestampMs })).toBe(model.values.length);
    model.values.push(...values);
  } else if (draw < 0.8) {
    const offset = anyOffset();
    expect(await readAll(log, offset, { maxBytes: 1 + (random.uint32() % 2000) })).toEqual(
      model.read(offset),
    );
  } else if (draw < 0.86) {
    const offset = anyOffset();
    await log.deleteRecords(offset);
    model.start = Math.max(model.start, offset);
  } else if (draw < 0.9) {
    await log.applyRetention();
  } else if (draw < 0.95) {
    await log.truncateTo(anyOffset());
    // A batch goes as a whole.
    model.values.length = log.logEndOffset;
    model.start = Math.min(model.start, log.logEndOffset);
  } else {
    await log.flush();
  }
}

async function reopen({ host, manager }: TestLog, random: Random): Promise<TestLog> {
  await manager.close();
  return openTestLog(CONFIG, host, { tailCacheBytes: random.uint32() % 4000 });
}

describe('a log does what an array does', () => {
  test.each(Array.from({ length: 25 }, (_, seed) => seed))('seed %i', async (seed) => {
    const random = new SeededRandom(seed);
    const model = new ModelLog();
    let opened = await openTestLog(CONFIG, memoryHost(), { tailCacheBytes: random.uint32() % 4000 });
    for (let count = 0; count < 120; count++) {
      if (random.float() < 0.03) opened = await reopen(opened, random);
      await step(opened.log, model, random);
      expect(opened.log.logEndOffset).toBe(model.values.length);
      expect(opened.log.logStartOffset).toBe(model.start);
    }
    expect(await readAll(opened.log)).toEqual(model.read(model.start));
    await opened.manager.close();
  });
});
