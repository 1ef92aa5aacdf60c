/**
 * Compaction at the size that the log is meant for: 1 GB of records, 5 million keys. Takes minutes and 2 GB of disk.
 *
 * `npm run bench -- compaction-large`; in another size
 * `node --conditions=@millrace/source packages/log/bench/compaction-large.bench.ts --megabytes 100 --keys 500000`.
 */

import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { nodeHost } from '@millrace/host';
import { LogManager, logConfig, type PartitionLog } from '@millrace/log';
import { buildBatch } from '@millrace/protocol';

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
  readonly target?: number;
}

interface Size {
  readonly megabytes: number;
  readonly keys: number;
}

const MIB = 1 << 20;
const SEGMENT_BYTES = 32 * MIB;
const BATCH_RECORDS = 500;
const VALUE_BYTES = 85;
/** To ask for the memory in use takes as long as many turns. */
const TURNS_PER_SAMPLE = 500;

/** Every key comes once before any comes again, so that all of them count; the order of the later ones is mixed. */
async function fill(log: PartitionLog, { megabytes, keys }: Size): Promise<void> {
  const values = Buffer.from(randomBytes(MIB / 2).toString('hex'));
  // The active segment is not compacted.
  const sizeBytes = megabytes * 1_000_000 + SEGMENT_BYTES;
  for (let record = 0; log.sizeBytes < sizeBytes; record += BATCH_RECORDS) {
    const records = Array.from({ length: BATCH_RECORDS }, (_, index) => {
      const number = record + index;
      const key = number < keys ? number : Math.floor(Math.random() * keys);
      const at = (number * 97) % (values.length - VALUE_BYTES);
      const timestampMs = 1_700_000_000_000;
      return { timestampMs, key: `key-${key}`, value: values.subarray(at, at + VALUE_BYTES) };
    });
    await log.append(buildBatch(records), { origin: 'coordinator', leaderEpoch: 0 });
  }
  log.updateHighWatermark(log.logEndOffset);
}

/** CPU time of the longest turn of the event loop, and the most memory in use that was seen. */
function watchTurns(): { readonly stop: () => { longestMs: number; peakBytes: number } } {
  let longestMs = 0;
  let peakBytes = 0;
  let turns = 0;
  let isStopped = false;
  let last = process.threadCpuUsage();
  const tick = (): void => {
    const now = process.threadCpuUsage();
    longestMs = Math.max(longestMs, (now.user + now.system - last.user - last.system) / 1000);
    if (turns++ % TURNS_PER_SAMPLE === 0) {
      const { heapUsed, external } = process.memoryUsage();
      peakBytes = Math.max(peakBytes, heapUsed + external);
    }
    last = process.threadCpuUsage();
    if (!isStopped) setImmediate(tick);
  };
  setImmediate(tick);
  return {
    stop: () => {
      isStopped = true;
      return { longestMs, peakBytes };
    },
  };
}

async function compactLarge(report: (row: BenchRow) => void, size: Size): Promise<void> {
  const directory = join(tmpdir(), `millrace-bench-${randomBytes(6).toString('hex')}`);
  const defaults = logConfig({ 'cleanup.policy': 'compact', 'internal.segment.bytes': SEGMENT_BYTES });
  const manager = await LogManager.open({ host: nodeHost(), logDirs: [directory], defaults });
  try {
    const log = await manager.create({ topic: 'bench', partition: 0, topicId: 'AAAAAAAAAAAAAAAAAAAAAQ' });
    await fill(log, size);
    globalThis.gc?.();
    const turns = watchTurns();
    const start = performance.now();
    const result = await log.compact();
    const seconds = (performance.now() - start) / 1000;
    const { longestMs, peakBytes } = turns.stop();
    if (result?.isComplete !== true) throw new Error('The compaction did not come to its end');
    const input = `${(result.readBytes / 1e6).toFixed(0)} MB, ${size.keys.toLocaleString('en-US')} keys`;
    report({ metric: `compaction of ${input}`, value: result.readBytes / MIB / seconds, unit: 'MiB/s' });
    report({ metric: 'output of the compaction', value: result.writtenBytes / MIB, unit: 'MiB' });
    report({ metric: 'longest turn of the event loop, CPU', value: longestMs, unit: 'ms', target: 20 });
    report({
      metric: 'heap and buffers while compacting, as far as seen',
      value: peakBytes / MIB,
      unit: 'MiB',
    });
  } finally {
    await manager.close();
    await rm(directory, { recursive: true });
  }
}

export const suite = {
  name: 'compaction-large',
  run: (report: (row: BenchRow) => void): Promise<void> =>
    compactLarge(report, { megabytes: 1000, keys: 5_000_000 }),
};

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      megabytes: { type: 'string', default: '1000' },
      keys: { type: 'string', default: '5000000' },
    },
  });
  const size = { megabytes: Number(values.megabytes), keys: Number(values.keys) };
  await compactLarge((row) => process.stdout.write(`${JSON.stringify(row)}\n`), size);
}
