/**
 * The log against plain files, in the same run on the same disk. Ratios count, not the machine.
 *
 * Alone: `node --conditions=@millrace/source --expose-gc packages/log/bench/log.bench.ts [part]`.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { close, fdatasync, open, read, rm, write } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
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

const openFile = promisify(open);
const closeFile = promisify(close);
const writeFile = promisify(write) as (
  fd: number,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number,
) => Promise<unknown>;
const readFile = promisify(read) as (
  fd: number,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number,
) => Promise<unknown>;
const syncFile = promisify(fdatasync);

const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const BATCH_RECORDS = 64;
const RECORD_BYTES = 1000;
const MIB = 1 << 20;
const appendOptions = { origin: 'coordinator', leaderEpoch: 0 } as const;

function batchOf(records: number, keys = 0): Buffer {
  const timestampMs = 1_700_000_000_000;
  return buildBatch(
    Array.from({ length: records }, () => ({
      timestampMs,
      key: keys === 0 ? null : `key-${Math.floor(Math.random() * keys)}`,
      value: randomBytes(RECORD_BYTES / 2).toString('hex'),
    })),
  );
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function withLog<T>(
  config: Record<string, unknown>,
  options: { readonly tailCacheBytes?: number },
  use: (log: PartitionLog, directory: string) => Promise<T>,
): Promise<T> {
  const directory = join(tmpdir(), `millrace-bench-${randomBytes(6).toString('hex')}`);
  const manager = await LogManager.open({
    host: nodeHost(),
    logDirs: [directory],
    defaults: logConfig(config),
    ...options,
  });
  try {
    return await use(await manager.create({ topic: 'bench', partition: 0, topicId: TOPIC_ID }), directory);
  } finally {
    await manager.close();
    await promisify(rm)(directory, { recursive: true });
  }
}

/**
 * Both in turns, several times; the round whose ratio is the median. What else the machine does comes and goes, so
 * only what ran one after the other compares.
 */
async function compare(
  rounds: number,
  ours: () => Promise<number>,
  plain: () => Promise<number>,
): Promise<readonly [number, number]> {
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round++) {
    const plainSeconds = await plain();
    pairs.push([await ours(), plainSeconds]);
  }
  return pairs.toSorted((x, y) => x[0] / x[1] - y[0] / y[1])[Math.floor(rounds / 2)]!;
}

async function appendRow(report: (row: BenchRow) => void): Promise<void> {
  const count = 1500;
  const batches = Array.from({ length: count }, () => batchOf(BATCH_RECORDS));
  const bytes = batches.reduce((sum, batch) => sum + batch.length, 0);
  const inFlight = 8;
  const [ours, plain] = await compare(
    5,
    () =>
      withLog({}, {}, (log) =>
        timed(async () => {
          for (let index = 0; index < count; index += inFlight) {
            await Promise.all(
              batches.slice(index, index + inFlight).map((batch) => log.append(batch, appendOptions)),
            );
          }
        }),
      ),
    () =>
      plainFile((fd) =>
        timed(async () => {
          let position = 0;
          for (const batch of batches) {
            await writeFile(fd, batch, 0, batch.length, position);
            position += batch.length;
          }
        }),
      ),
  );
  report({
    metric: 'append 64 KB batches',
    value: bytes / MIB / ours,
    unit: 'MiB/s',
    peer: 'fs.write',
    ratio: plain / ours,
    target: 0.9,
  });
}

async function plainFile(use: (fd: number, path: string) => Promise<number>): Promise<number> {
  const path = join(tmpdir(), `millrace-bench-${randomBytes(6).toString('hex')}`);
  const fd = await openFile(path, 'w+');
  try {
    return await use(fd, path);
  } finally {
    await closeFile(fd);
    await promisify(rm)(path);
  }
}

async function appendTimes(log: PartitionLog, batch: Buffer, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await log.append(Buffer.from(batch), appendOptions);
}

async function groupCommitRow(report: (row: BenchRow) => void): Promise<void> {
  const batch = batchOf(1);
  const [producers, each] = [32, 100];
  const [ours, plain] = await compare(
    7,
    () =>
      withLog({ 'flush.messages': 1 }, {}, (log) =>
        timed(async () => {
          await Promise.all(Array.from({ length: producers }, () => appendTimes(log, batch, each)));
        }),
      ),
    () =>
      plainFile((fd) =>
        timed(async () => {
          for (let index = 0; index < (producers * each) / 4; index++) {
            await writeFile(fd, batch, 0, batch.length, index * batch.length);
            await syncFile(fd);
          }
        }),
      ),
  );
  const rate = (producers * each) / ours;
  report({
    metric: 'append with fsync, 32 producers',
    value: rate,
    unit: 'batches/s',
    peer: 'fsync per batch',
    ratio: rate / ((producers * each) / 4 / plain),
    target: 10,
  });
}

/** Cost of an append to a log of very many segments against one of a single segment, in short turns of each. */
async function segmentsRow(report: (row: BenchRow) => void): Promise<void> {
  const [segments, count] = [4000, 250];
  const batch = batchOf(1);
  const withSegments = <T>(existing: number, use: (log: PartitionLog) => Promise<T>): Promise<T> =>
    withLog({ 'internal.segment.bytes': 1500 }, {}, async (log) => {
      for (let index = 0; index < existing; index++) await log.append(Buffer.from(batch), appendOptions);
      await log.flush();
      log.updateConfig(logConfig());
      await appendTimes(log, batch, count);
      return use(log);
    });
  const appends = (log: PartitionLog) => (): Promise<number> => timed(() => appendTimes(log, batch, count));
  const [many, one] = await withSegments(segments, (long) =>
    withSegments(1, (short) => compare(31, appends(long), appends(short))),
  );
  report({
    metric: `append to a log of ${segments} segments`,
    value: count / many,
    unit: 'batches/s',
    peer: 'one segment',
    ratio: one / many,
    target: 0.8,
  });
}

/** Takes a file out of the page cache, where `dd` can do that. */
function dropFromCache(path: string): void {
  spawnSync('dd', [`of=${path}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0'], { stdio: 'ignore' });
}

interface ReadRun {
  readonly batches: readonly Buffer[];
  readonly sizeBytes: number;
  /** From the disk, not from the page cache. */
  readonly isCold: boolean;
  /** Into memory that was not used before, as for somebody who keeps what was read. */
  readonly isKept: boolean;
}

/** Seconds that a log takes to hand out everything, in reads of a size. */
async function logReadSeconds(log: PartitionLog, run: ReadRun): Promise<number> {
  const batchBytes = run.batches[0]!.length;
  return timed(async () => {
    for (let offset = 0; offset < log.logEndOffset;) {
      const options = {
        offset,
        maxBytes: run.sizeBytes,
        minOneMessage: true,
        upTo: 'logEndOffset',
      } as const;
      const result = log.read(options);
      const read = result instanceof Promise ? await result : result;
      offset += Math.round(read.sizeBytes / batchBytes) * BATCH_RECORDS;
      if (!run.isKept) read.release();
    }
  });
}

/** The same of the same file with `fs.read` and nothing else. */
async function plainReadSeconds(path: string, { sizeBytes, isKept }: ReadRun): Promise<number> {
  const fd = await openFile(path, 'r');
  const { size } = await stat(path);
  const block = Buffer.allocUnsafeSlow(sizeBytes);
  try {
    return await timed(async () => {
      for (let at = 0; at < size; at += sizeBytes) {
        const target = isKept ? Buffer.allocUnsafeSlow(sizeBytes) : block;
        await readFile(fd, target, 0, sizeBytes, at);
      }
    });
  } finally {
    await closeFile(fd);
  }
}

/**
 * A log and its own file, in turns: where a file lies on the disk, and the memory that its pages get, are the same for
 * both.
 */
function compareReads(
  rounds: number,
  run: ReadRun,
  tailCacheBytes: number,
): Promise<readonly [number, number]> {
  return withLog({}, { tailCacheBytes }, async (log, directory) => {
    for (const batch of run.batches) await log.append(Buffer.from(batch), appendOptions);
    const path = join(directory, 'bench-0', '00000000000000000000.log');
    const prepared = (read: () => Promise<number>) => () => {
      if (run.isCold) dropFromCache(path);
      return read();
    };
    return compare(
      rounds,
      prepared(() => logReadSeconds(log, run)),
      prepared(() => plainReadSeconds(path, run)),
    );
  });
}

async function readRows(report: (row: BenchRow) => void): Promise<void> {
  const batches = Array.from({ length: 1200 }, () => batchOf(BATCH_RECORDS));
  const batchBytes = batches[0]!.length;
  const mebibytes = (batches.length * batchBytes) / MIB;
  const tailRun = { batches, sizeBytes: batchBytes, isCold: false, isKept: true };
  const [tail, same] = await compareReads(5, tailRun, 128 * MIB);
  report({
    metric: 'tail reads of 64 KB',
    value: batches.length / tail,
    unit: 'reads/s',
    peer: 'fs.read',
    ratio: same / tail,
    target: 5,
  });
  const rows: { metric: string; isCold: boolean; isKept: boolean; target?: number }[] = [
    { metric: 'cold sequential reads of 1 MiB from the disk', isCold: true, isKept: false, target: 0.8 },
    // New memory for each read on both sides; ours computes a CRC of every batch on top.
    { metric: 'sequential reads of 1 MiB from the page cache, kept', isCold: false, isKept: true },
    // The peer copies within the cache of the processor here, which leaves the CRC of ours alone to be measured.
    { metric: 'sequential reads of 1 MiB from the page cache, released', isCold: false, isKept: false },
  ];
  for (const { metric, ...row } of rows) {
    const run = { batches, sizeBytes: MIB, isCold: row.isCold, isKept: row.isKept };
    const [ours, plain] = await compareReads(9, run, 0);
    const target = row.target === undefined ? {} : { target: row.target };
    report({
      metric,
      value: mebibytes / ours,
      unit: 'MiB/s',
      peer: 'fs.read',
      ratio: plain / ours,
      ...target,
    });
  }
}

/** After collections, with turns of the event loop between them in which what they freed is let go. */
async function usedBytes(): Promise<number> {
  for (let count = 0; count < 4; count++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function openRows(report: (row: BenchRow) => void): Promise<void> {
  const directory = join(tmpdir(), `millrace-bench-${randomBytes(6).toString('hex')}`);
  const options = {
    host: nodeHost(),
    logDirs: [directory],
    defaults: logConfig({ 'internal.segment.bytes': 1500, 'retention.ms': -1 }),
  };
  const manager = await LogManager.open(options);
  const batch = batchOf(1);
  for (let partition = 0; partition < 2000; partition++) {
    const log = await manager.create({ topic: 'bench', partition, topicId: TOPIC_ID });
    for (let segment = 0; segment < 5; segment++) await log.append(Buffer.from(batch), appendOptions);
  }
  await manager.close();
  const before = await usedBytes();
  let opened: LogManager | undefined;
  const seconds = await timed(async () => {
    opened = await LogManager.open(options);
  });
  const used = (await usedBytes()) - before;
  const segments = [...opened!.logs()].reduce((sum, log) => sum + log.segmentCount, 0);
  report({
    metric: `open 2000 partitions, ${segments} segments`,
    value: seconds * 1000,
    unit: 'ms',
    target: 2000,
  });
  report({ metric: 'memory of an idle partition', value: used / 2000 / 1024, unit: 'KiB', target: 10 });
  await opened!.close();
  await promisify(rm)(directory, { recursive: true });
}

/** CPU time of the longest turn of the event loop; wall time would count what other processes take. */
function watchTurns(): { readonly stop: () => number } {
  let longestMs = 0;
  let isStopped = false;
  let last = process.threadCpuUsage();
  const tick = (): void => {
    const now = process.threadCpuUsage();
    longestMs = Math.max(longestMs, (now.user + now.system - last.user - last.system) / 1000);
    last = now;
    if (!isStopped) setImmediate(tick);
  };
  setImmediate(tick);
  return {
    stop: () => {
      isStopped = true;
      return longestMs;
    },
  };
}

async function compactionRows(report: (row: BenchRow) => void): Promise<void> {
  await withLog({ 'cleanup.policy': 'compact', 'internal.segment.bytes': 32 * MIB }, {}, async (log) => {
    for (let index = 0; index < 2000; index++)
      await log.append(batchOf(BATCH_RECORDS, 20_000), appendOptions);
    log.updateHighWatermark(log.logEndOffset);
    const turns = watchTurns();
    const start = performance.now();
    const result = await log.compact();
    const seconds = (performance.now() - start) / 1000;
    const longestMs = turns.stop();
    report({ metric: 'compaction input', value: result!.readBytes / MIB / seconds, unit: 'MiB/s' });
    report({
      metric: 'longest turn of the event loop while compacting, CPU',
      value: longestMs,
      unit: 'ms',
      target: 20,
    });
  });
}

const parts = {
  append: appendRow,
  groupCommit: groupCommitRow,
  segments: segmentsRow,
  read: readRows,
  open: openRows,
  compact: compactionRows,
};

export const suite = {
  name: 'log',
  async run(report: (row: BenchRow) => void, only?: string): Promise<void> {
    for (const [name, part] of Object.entries(parts)) {
      if (only === undefined || only === name) await part(report);
    }
  },
};

if (process.argv[1] === import.meta.filename) {
  await suite.run((row) => process.stdout.write(`${JSON.stringify(row)}\n`), process.argv[2]);
}
