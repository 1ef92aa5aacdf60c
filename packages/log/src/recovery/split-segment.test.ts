import { memoryHost, Simulation, type Host } from '@millrace/host';
import { buildBatch, endTxnMarker, setBatchLeaderEpoch } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { openTestLog, readAll, START_MS } from '../testing/test-log.ts';
import { verifyDirectory } from '../tools/verify/verify-directory.ts';

const CONFIG = { 'cleanup.policy': 'compact', 'retention.ms': -1, 'index.interval.bytes': 100 };
/** Each is too far from the one before for an int32. */
const FAR = [0, 3_000_000_000, 6_000_000_000];
const DIRECTORY = '/data/orders-0';

function batchAt(offset: number, value: string): Buffer {
  const batch = buildBatch([{ timestampMs: START_MS, key: 'k', value }], { baseOffset: offset });
  setBatchLeaderEpoch(batch, 0, 0);
  return batch;
}

/** One segment that reaches over all of `FAR`, as a broker left it that merged too much. */
async function writeOverflowing(host: Host): Promise<{ offset: number; value: string }[]> {
  const records = FAR.flatMap((base) =>
    Array.from({ length: 5 }, (_, index) => ({ offset: base + index, value: `v${base + index}` })),
  );
  await host.disk.makeDirectory(DIRECTORY);
  const path = `${DIRECTORY}/00000000000000000000.log`;
  const content = Buffer.concat(records.map(({ offset, value }) => batchAt(offset, value)));
  await host.disk.writeFile(path, content, { sync: true });
  await host.disk.writeFile('/data/cleaner-offset-checkpoint', '0\n1\norders 0 6000000005\n', { sync: true });
  await host.disk.syncDirectory(DIRECTORY);
  await host.disk.syncDirectory('/data');
  await host.disk.syncDirectory('/');
  return records;
}

async function segmentNames(host: Host): Promise<string[]> {
  const entries = await host.disk.list(DIRECTORY);
  return entries.filter(({ name }) => name.includes('.log')).map(({ name }) => name);
}

const PARTS = FAR.map((offset) => `${String(offset).padStart(20, '0')}.log`);

describe('a segment whose offsets overflow its indexes', () => {
  test('is split when it is opened after a crash, and every record stays', async () => {
    const host = memoryHost();
    const records = await writeOverflowing(host);
    const { manager, log } = await openTestLog(CONFIG, host);
    expect(await segmentNames(host)).toEqual(PARTS);
    expect(await readAll(log)).toEqual(records);
    expect(await readAll(log, 4_000_000_000)).toEqual(records.slice(10));
    await manager.close();
    const report = await verifyDirectory(host, '/data');
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('is split after a clean stop, too, also where a later segment follows', async () => {
    const host = memoryHost();
    const records = await writeOverflowing(host);
    const later = 9_000_000_000;
    await host.disk.writeFile(`${DIRECTORY}/${String(later).padStart(20, '0')}.log`, batchAt(later, 'last'));
    await host.disk.writeFile('/data/.kafka_cleanshutdown', '{"version":0,"brokerEpoch":-1}');
    const { manager, log } = await openTestLog(CONFIG, host);
    expect(await segmentNames(host)).toEqual([...PARTS, `${String(later).padStart(20, '0')}.log`]);
    expect(await readAll(log)).toEqual([...records, { offset: later, value: 'last' }]);
    await manager.close();
  });

  test('shares its aborted transactions among the parts that hold their markers', async () => {
    const host = memoryHost();
    await writeOverflowing(host);
    const path = `${DIRECTORY}/00000000000000000000.log`;
    const producer = { producerId: 9, producerEpoch: 0 };
    const [from, to] = [6_000_000_005, 6_000_000_006];
    const data = buildBatch([{ timestampMs: START_MS, key: 'k', value: 'aborted' }], {
      ...producer,
      baseOffset: from,
      baseSequence: 0,
      isTransactional: true,
    });
    const marker = endTxnMarker({ type: 'ABORT', ...producer, coordinatorEpoch: 0, timestampMs: START_MS });
    marker.writeBigInt64BE(BigInt(to), 0);
    for (const batch of [data, marker]) setBatchLeaderEpoch(batch, 0, 0);
    await host.disk.writeFile(path, Buffer.concat([await host.disk.readFile(path), data, marker]));
    const { manager, log } = await openTestLog(CONFIG, host);
    log.updateHighWatermark(log.logEndOffset);
    const read = await log.read({ offset: from, maxBytes: 1000, upTo: 'lastStableOffset' });
    expect(read.abortedTransactions).toMatchObject([{ producerId: 9, firstOffset: from, lastOffset: to }]);
    await manager.close();
    const names = (await host.disk.list(DIRECTORY)).map(({ name }) => name);
    expect(names.filter((name) => name.endsWith('.txnindex'))).toEqual(['00000000006000000000.txnindex']);
  });

  test('is whole or in parts after a power loss at any step', async () => {
    const steps = await lossAt(undefined);
    expect(steps).toBeGreaterThan(60);
    for (let step = 1; step <= steps; step++) await lossAt(step);
  });
});

/** Opens such a log, with a power loss in place of a disk step, and checks what the next start finds. */
async function lossAt(step: number | undefined): Promise<number> {
  const simulation = new Simulation({ seed: step ?? 0 });
  return simulation.run(async () => {
    const first = simulation.host('node');
    const records = await writeOverflowing(first);
    const before = first.ioSteps;
    if (step !== undefined) first.crashAtStep(before + step);
    const opening = openTestLog(CONFIG, first).then(({ manager }) => manager.close());
    await Promise.race([opening, first.ended]);
    const steps = first.ioSteps - before;
    if (first.isRunning) first.kill();
    const next = simulation.restart(first);
    const { manager, log } = await openTestLog(CONFIG, next);
    expect(await readAll(log), `step ${step}`).toEqual(records);
    expect(await segmentNames(next)).toEqual(PARTS);
    await manager.close();
    return steps;
  });
}
