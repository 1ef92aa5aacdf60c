import { memoryHost, type Host } from '@millrace/host';
import {
  buildBatch,
  decodeRecords,
  recordBatches,
  type BuildBatchOptions,
  type RecordInput,
} from '@millrace/protocol';
import { LogManager, type LogManagerOptions } from '../directory/log-manager.ts';
import { logConfig } from '../log-config.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import type { ReadBound } from '../read/read-result.ts';

export const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
/** A time that all tests share, so that records have timestamps near the clock of a real host. */
export const START_MS = 1700000000000;

export interface TestLog {
  readonly host: Host;
  readonly manager: LogManager;
  readonly log: PartitionLog;
}

export type TestConfig = Parameters<typeof logConfig>[0];

/** Opens a manager on `host` with one partition `orders-0`, which is created if it is not there. */
export async function openTestLog(
  config: TestConfig = {},
  host: Host = memoryHost(),
  options: Partial<LogManagerOptions> = {},
): Promise<TestLog> {
  const manager = await LogManager.open({
    host,
    logDirs: ['/data'],
    defaults: logConfig(config),
    ...options,
  });
  const log =
    manager.get('orders', 0) ?? (await manager.create({ topic: 'orders', partition: 0, topicId: TOPIC_ID }));
  return { host, manager, log };
}

/** A batch as a producer sends it. */
export function batchOf(
  values: readonly string[],
  options: BuildBatchOptions & { timestampMs?: number } = {},
): Buffer {
  const { timestampMs = START_MS, ...rest } = options;
  return buildBatch(
    values.map((value): RecordInput => ({ timestampMs, key: `key-${value}`, value })),
    rest,
  );
}

export async function appendValues(
  log: PartitionLog,
  values: readonly string[],
  options: BuildBatchOptions & { timestampMs?: number; leaderEpoch?: number } = {},
): Promise<number> {
  const { leaderEpoch = 0, ...batch } = options;
  const { baseOffset } = await log.append(batchOf(values, batch), { origin: 'client', leaderEpoch });
  log.updateHighWatermark(log.logEndOffset);
  return baseOffset;
}

export interface SeenRecord {
  readonly offset: number;
  readonly value: string | undefined;
}

/** Everything that a reader from `offset` on sees, control records left out. */
export async function readAll(
  log: PartitionLog,
  offset: number = log.logStartOffset,
  options: { readonly upTo?: ReadBound; readonly maxBytes?: number } = {},
): Promise<SeenRecord[]> {
  const seen: SeenRecord[] = [];
  for (let next = offset; ;) {
    const { records } = await log.read({
      offset: next,
      maxBytes: options.maxBytes ?? 1 << 20,
      minOneMessage: true,
      upTo: options.upTo ?? 'logEndOffset',
    });
    const batches = recordBatches(Buffer.concat(records));
    if (batches.length === 0) return seen;
    for (const batch of batches) {
      if (batch.isControl) continue;
      for (const record of decodeRecords(batch)) {
        if (record.offset >= next) seen.push({ offset: record.offset, value: record.value?.toString() });
      }
    }
    next = batches.at(-1)!.nextOffset;
  }
}

export async function valuesOf(log: PartitionLog, offset?: number): Promise<(string | undefined)[]> {
  return (await readAll(log, offset)).map((record) => record.value);
}
