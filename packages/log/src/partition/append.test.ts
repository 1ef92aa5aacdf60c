import { endTxnMarker, RecordBatch } from '@millrace/protocol';
import { memoryHost, Simulation } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { appendValues, batchOf, openTestLog, readAll, START_MS, valuesOf } from '../testing/test-log.ts';

const client = { origin: 'client', leaderEpoch: 0 } as const;
const producer = { producerId: 7, producerEpoch: 0 };

describe('idempotent producers', () => {
  test('get the first answer again for a batch that came twice', async () => {
    const { manager, log } = await openTestLog();
    await appendValues(log, ['x']);
    const batch = () => batchOf(['a', 'b'], { ...producer, baseSequence: 0 });
    const [first, again] = await Promise.all([log.append(batch(), client), log.append(batch(), client)]);
    expect(first).toMatchObject({ baseOffset: 1, lastOffset: 2, duplicate: false });
    expect(again).toMatchObject({ baseOffset: 1, lastOffset: 2, duplicate: true, logAppendTimeMs: START_MS });
    expect(await valuesOf(log)).toEqual(['x', 'a', 'b']);
    await manager.close();
  });

  test('get the time of the first append for a batch that came twice', async () => {
    const { host, manager, log } = await openTestLog({ 'message.timestamp.type': 'LogAppendTime' });
    const batch = () => batchOf(['a'], { ...producer, baseSequence: 0 });
    const first = await log.append(batch(), client);
    await new Promise<void>((resolve) => host.timers.schedule(5, resolve));
    const again = await log.append(batch(), client);
    expect(first.logAppendTimeMs).toBeGreaterThan(START_MS);
    expect(again).toEqual({ ...first, duplicate: true });
    await manager.close();
  });

  test('are refused with a gap while earlier batches are still being written', async () => {
    const { manager, log } = await openTestLog();
    const first = log.append(batchOf(['a'], { ...producer, baseSequence: 0 }), client);
    const gap = log.append(batchOf(['c'], { ...producer, baseSequence: 2 }), client);
    const next = log.append(batchOf(['b'], { ...producer, baseSequence: 1 }), client);
    await expect(gap).rejects.toMatchObject({ code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' });
    await Promise.all([first, next]);
    expect(await valuesOf(log)).toEqual(['a', 'b']);
    await manager.close();
  });

  test('are still known after a clean stop and after a kill', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      let host = simulation.host('node');
      const first = await openTestLog({}, host);
      await appendValues(first.log, ['a'], { ...producer, baseSequence: 0 });
      await first.manager.close();

      const second = await openTestLog({}, host);
      await expect(
        second.log.append(batchOf(['a'], { ...producer, baseSequence: 0 }), client),
      ).resolves.toMatchObject({ duplicate: true });
      await appendValues(second.log, ['b'], { ...producer, baseSequence: 1 });
      host.kill();

      host = simulation.restart(host);
      const third = await openTestLog({}, host);
      await expect(
        third.log.append(batchOf(['b'], { ...producer, baseSequence: 1 }), client),
      ).resolves.toMatchObject({ duplicate: true, baseOffset: 1 });
      await expect(
        third.log.append(batchOf(['z'], { ...producer, baseSequence: 5 }), client),
      ).rejects.toMatchObject({ code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' });
      await third.manager.close();
    });
  });

  test('are still known by each of their last five batches after a clean stop', async () => {
    const host = memoryHost();
    // Two batches fill a segment.
    const config = { 'segment.bytes': 1 << 20 };
    const value = 'x'.repeat(400_000);
    const [a, b] = [7, 8].map(
      (producerId) => (sequence: number) =>
        batchOf([value], { producerId, producerEpoch: 0, baseSequence: sequence }),
    );
    const before = await openTestLog(config, host);
    for (let sequence = 0; sequence < 7; sequence++) {
      await before.log.append(a!(sequence), client);
      await before.log.append(b!(sequence), client);
    }
    await before.manager.close();

    const { manager, log } = await openTestLog(config, host);
    // In the order of a producer that sends again what was not acknowledged, and more.
    const answers = await Promise.allSettled(
      [1, 2, 3, 4, 5, 6, 9].map((sequence) => log.append(a!(sequence), client)),
    );
    const refused = 'OUT_OF_ORDER_SEQUENCE_NUMBER';
    expect(
      answers.map((answer) =>
        answer.status === 'rejected' ? (answer.reason as { code: string }).code : answer.value.baseOffset,
      ),
    ).toEqual([refused, 4, 6, 8, 10, 12, refused]);
    expect(await log.append(b!(3), client)).toMatchObject({ duplicate: true, baseOffset: 7 });
    expect(await log.append(a!(7), client)).toMatchObject({ duplicate: false, baseOffset: 14 });
    await manager.close();
  });
});

describe('transactions', () => {
  const transactional = { producerId: 9, producerEpoch: 0, isTransactional: true };
  const coordinator = { origin: 'coordinator', leaderEpoch: 0 } as const;
  const marker = (type: 'ABORT' | 'COMMIT') =>
    endTxnMarker({ type, producerId: 9, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: START_MS });

  test('are hidden from read_committed until their marker', async () => {
    const { manager, log } = await openTestLog();
    await appendValues(log, ['before']);
    await appendValues(log, ['in'], { ...transactional, baseSequence: 0 });
    await appendValues(log, ['after']);
    expect(log.lastStableOffset).toBe(1);
    expect(await readAll(log, 0, { upTo: 'lastStableOffset' })).toEqual([{ offset: 0, value: 'before' }]);
    await log.append(marker('COMMIT'), coordinator);
    log.updateHighWatermark(log.logEndOffset);
    expect(log.lastStableOffset).toBe(4);
    await manager.close();
  });

  test('that were aborted are listed for the reader, after a restart too', async () => {
    const { host, manager, log } = await openTestLog();
    await appendValues(log, ['in'], { ...transactional, baseSequence: 0 });
    await log.append(marker('ABORT'), coordinator);
    log.updateHighWatermark(log.logEndOffset);
    const expected = [{ producerId: 9, firstOffset: 0, lastOffset: 1, lastStableOffset: 2 }];
    const options = { offset: 0, maxBytes: 1000, upTo: 'lastStableOffset' } as const;
    expect((await log.read(options)).abortedTransactions).toEqual(expected);
    await manager.close();
    const again = await openTestLog({}, host);
    expect((await again.log.read(options)).abortedTransactions).toEqual(expected);
    await again.manager.close();
  });
});

describe('the log', () => {
  test('patches base offset and leader epoch in place, and the CRC stays right', async () => {
    const { manager, log } = await openTestLog();
    await appendValues(log, ['a', 'b']);
    const batch = batchOf(['c']);
    await log.append(batch, { origin: 'client', leaderEpoch: 5 });
    expect(new RecordBatch(batch)).toMatchObject({
      baseOffset: 2,
      partitionLeaderEpoch: 5,
      isCrcValid: true,
    });
    expect(log.endOffsetForEpoch(0)).toEqual({ leaderEpoch: 0, endOffset: 2 });
    expect(log.latestEpoch).toBe(5);
    await manager.close();
  });

  test('says which time it gave with LogAppendTime', async () => {
    const { manager, log, host } = await openTestLog({ 'message.timestamp.type': 'LogAppendTime' });
    const before = host.clock.nowMs();
    const result = await log.append(batchOf(['a']), client);
    expect(result.logAppendTimeMs).toBeGreaterThanOrEqual(before);
    await manager.close();
  });

  test('keeps offsets and epochs of replicated batches and refuses those that do not follow', async () => {
    const { manager, log } = await openTestLog();
    const replica = { origin: 'replication', leaderEpoch: 4 } as const;
    const at = (baseOffset: number, partitionLeaderEpoch: number) =>
      batchOf(['r'], { baseOffset, partitionLeaderEpoch });
    await log.append(Buffer.concat([at(0, 2), at(5, 3), at(6, 9)]), replica);
    expect(await readAll(log)).toEqual([
      { offset: 0, value: 'r' },
      { offset: 5, value: 'r' },
    ]);
    expect(log.latestEpoch).toBe(3);
    await expect(log.append(at(3, 3), replica)).rejects.toMatchObject({ code: 'ERR_LOG_UNEXPECTED_OFFSET' });
    await manager.close();
  });

  test('of an empty follower begins where the first replicated batch does', async () => {
    const { host, manager, log } = await openTestLog();
    await log.append(batchOf(['r'], { baseOffset: 70, partitionLeaderEpoch: 2 }), {
      origin: 'replication',
      leaderEpoch: 2,
    });
    expect(log).toMatchObject({ logStartOffset: 70, logEndOffset: 71, latestEpoch: 2 });
    await log.restartAt(500);
    expect(log).toMatchObject({
      logStartOffset: 500,
      logEndOffset: 500,
      highWatermark: 500,
      latestEpoch: -1,
    });
    await manager.close();
    const again = await openTestLog({}, host);
    expect(again.log).toMatchObject({ logStartOffset: 500, logEndOffset: 500 });
    await again.manager.close();
  });

  test('reserves space with preallocate and gives it back when a segment is closed', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const config = { preallocate: true, 'internal.segment.bytes': 1000, 'retention.ms': -1 };
      let host = simulation.host('node');
      const first = await openTestLog(config, host);
      for (let index = 0; index < 30; index++) await appendValues(first.log, [`v${index}`]);
      const sizes = async () => {
        const entries = await host.disk.list('/data/orders-0');
        const logs = entries.filter(({ name }) => name.endsWith('.log'));
        return Promise.all(
          logs.map(async ({ name }) => (await host.disk.stat(`/data/orders-0/${name}`))!.sizeBytes),
        );
      };
      const before = await sizes();
      expect(before.at(-1)).toBe(1000);
      expect(before[0]).toBeLessThan(1000);
      host.kill();
      host = simulation.restart(host);
      const second = await openTestLog(config, host);
      expect(await valuesOf(second.log)).toEqual(Array.from({ length: 30 }, (_, index) => `v${index}`));
      await appendValues(second.log, ['more']);
      await second.manager.close();
      expect((await sizes()).reduce((sum, size) => sum + size, 0)).toBe(second.log.sizeBytes);
    });
  });

  test('writes everything that waits at once', async () => {
    const writes: string[] = [];
    const simulation = new Simulation({ seed: 1, onEvent: (event) => writes.push(event.label) });
    await simulation.run(async () => {
      const { manager, log } = await openTestLog({}, simulation.host('node'));
      await appendValues(log, ['first']);
      const before = writes.length;
      await Promise.all(Array.from({ length: 40 }, (_, index) => log.append(batchOf([`v${index}`]), client)));
      expect(writes.slice(before).filter((label) => label.startsWith('write'))).toHaveLength(1);
      await manager.close();
    });
  });

  test('answers all that wait with one flush when flush.messages is 1', async () => {
    const events: string[] = [];
    const simulation = new Simulation({ seed: 1, onEvent: (event) => events.push(event.label) });
    await simulation.run(async () => {
      const { manager, log } = await openTestLog({ 'flush.messages': 1 }, simulation.host('node'));
      await appendValues(log, ['first']);
      const before = events.length;
      await Promise.all(Array.from({ length: 32 }, (_, index) => log.append(batchOf([`v${index}`]), client)));
      expect(events.slice(before).filter((label) => label.startsWith('fdatasync'))).toHaveLength(1);
      expect(log.recoveryPoint).toBe(33);
      await manager.close();
    });
  });

  test('rolls by size, by age and when an index is full', async () => {
    const size = await openTestLog({ 'internal.segment.bytes': 500 });
    for (let index = 0; index < 20; index++) await appendValues(size.log, ['x'.repeat(30)]);
    expect(size.log.segmentCount).toBeGreaterThan(3);
    await size.manager.close();

    const age = await openTestLog({ 'segment.ms': 1000 });
    for (const delayMs of [0, 999, 1000, 1001, 1500])
      await appendValues(age.log, ['x'], { timestampMs: START_MS + delayMs });
    expect(age.log.segmentCount).toBe(2);
    await age.manager.close();

    const index = await openTestLog({ 'segment.index.bytes': 36, 'index.interval.bytes': 0 });
    for (let count = 0; count < 6; count++)
      await appendValues(index.log, ['x'], { timestampMs: START_MS + count });
    expect(index.log.segmentCount).toBe(2);
    await index.manager.close();
  });

  test('tells listeners when the end, the watermark or the start moves', async () => {
    const { manager, log } = await openTestLog();
    let calls = 0;
    const stop = log.onChange(() => calls++);
    await log.append(batchOf(['a', 'b']), client);
    expect(calls).toBe(1);
    log.updateHighWatermark(2);
    expect(calls).toBe(2);
    log.updateHighWatermark(1);
    expect(calls).toBe(2);
    await log.deleteRecords(1);
    expect(calls).toBe(3);
    stop();
    await log.append(batchOf(['c']), client);
    expect(calls).toBe(3);
    await manager.close();
  });

  test('takes nothing any more once it is closed', async () => {
    const { manager, log } = await openTestLog();
    await manager.close();
    await expect(log.append(batchOf(['a']), client)).rejects.toMatchObject({ code: 'ERR_LOG_CLOSED' });
  });
});
