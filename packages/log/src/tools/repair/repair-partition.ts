import { join } from 'node:path';
import { silentLogger, type Disk, type Host } from '@millrace/host';
import { LogDirectory } from '../../directory/log-directory.ts';
import { LeaderEpochCache } from '../../epoch/leader-epoch-cache.ts';
import { CorruptFileError } from '../../errors.ts';
import { parseDamageMarkName } from '../../files/damage-mark.ts';
import { LEADER_EPOCH_CHECKPOINT, parseLeaderEpochCheckpoint } from '../../files/leader-epoch-checkpoint.ts';
import { PARTITION_METADATA } from '../../files/partition-metadata.ts';
import { readOptionalFile } from '../../files/read-optional-file.ts';
import { removeOptionalFile } from '../../files/remove-optional-file.ts';
import { parseSegmentFileName, segmentFileName } from '../../files/segment-file-name.ts';
import { logConfig } from '../../log-config.ts';
import type { LogContext } from '../../partition/log-context.ts';
import { PartitionLog } from '../../partition/partition-log.ts';
import { ReadAhead } from '../../read/read-ahead.ts';
import { TailCache } from '../../read/tail-cache.ts';
import { loadPartition, type LoadOptions } from '../../recovery/load-partition.ts';
import { LoadedIndexes } from '../../segment/loaded-indexes.ts';
import { OpenFiles } from '../../segment/open-files.ts';
import type { ListedPartition } from '../list-log-directory.ts';
import { walkBatches } from '../walk-batches.ts';
import type { PartitionPlan } from './repair-plan.ts';
import type { RepairStep } from './repair-report.ts';

/** Of the leader epoch in the header of a batch. */
const LEADER_EPOCH_POSITION = 12;

/** The files of a partition that a repair will or may change, which is what has to be copied before. */
export async function filesToChange(host: Pick<Host, 'disk'>, plan: PartitionPlan): Promise<string[]> {
  const entries = await host.disk.list(plan.path);
  return entries
    .filter(({ name, isDirectory }) => !isDirectory && isChanged(name, plan))
    .map(({ name }) => join(plan.path, name));
}

/** Batches are only touched by a cut and where their leader epoch is wrong; everything else is made anew. */
function isChanged(name: string, { cut, epochSegments }: PartitionPlan): boolean {
  const segment = parseSegmentFileName(name);
  if (segment?.suffix !== '.log' || segment.transition !== '') return true;
  if (epochSegments.includes(segment.baseOffset)) return true;
  return cut !== undefined && segment.baseOffset >= cut.baseOffset;
}

/** Says what `repairPartition` will do. */
export async function partitionSteps(host: Pick<Host, 'disk'>, plan: PartitionPlan): Promise<RepairStep[]> {
  const steps: RepairStep[] = [];
  const { cut, path } = plan;
  if (cut !== undefined) {
    const file = join(path, segmentFileName(cut.baseOffset, '.log'));
    const detail = `at position ${cut.position}: ${cut.problem}`;
    steps.push({ action: 'cut', file, detail });
    for (const removed of await laterSegmentFiles(host, plan))
      steps.push({ action: 'remove', file: removed, detail: 'it lies behind the cut' });
  }
  const detail = 'indexes, producer states and leader epochs from the batches';
  return [...steps, { action: 'rebuild', file: path, detail }];
}

async function laterSegmentFiles(
  { disk }: Pick<Host, 'disk'>,
  { path, cut }: PartitionPlan,
): Promise<string[]> {
  if (cut === undefined) return [];
  const entries = await disk.list(path);
  return entries
    .filter(({ name }) => (parseSegmentFileName(name)?.baseOffset ?? -1) > cut.baseOffset)
    .map(({ name }) => join(path, name));
}

export interface RepairedPartition {
  readonly logEndOffset: number;
}

/**
 * Cuts the log where the plan says, and lets recovery make the rest: the same code that runs after a crash, as if
 * nothing were known to be flushed. Everything that it may change has been copied before.
 */
export async function repairPartition(
  host: Host,
  logDir: string,
  partition: ListedPartition,
  plan: PartitionPlan,
  offsets: { readonly logStartOffset: number; readonly highWatermark: number },
): Promise<RepairedPartition> {
  const { disk } = host;
  if (plan.cut !== undefined) {
    const file = await disk.open(join(plan.path, segmentFileName(plan.cut.baseOffset, '.log')), 'write');
    try {
      await file.truncate(plan.cut.position);
      await file.sync();
    } finally {
      await file.close();
    }
    for (const removed of await laterSegmentFiles(host, plan)) await removeOptionalFile(disk, removed);
  }
  const knownEpochs = await readKnownEpochs(host, plan.path);
  if (plan.dropsEpochs) await removeOptionalFile(disk, join(plan.path, LEADER_EPOCH_CHECKPOINT));
  for (const { name } of await disk.list(plan.path)) {
    // What it marks has been cut, or is whole again.
    if (parseDamageMarkName(name) !== undefined) await removeOptionalFile(disk, join(plan.path, name));
  }
  if (plan.dropsMetadata) await removeOptionalFile(disk, join(plan.path, PARTITION_METADATA));
  await disk.syncDirectory(plan.path);
  const log = await recover(host, logDir, partition, { ...offsets, knownEpochs });
  for (const baseOffset of plan.epochSegments) {
    await correctEpochs(disk, join(plan.path, segmentFileName(baseOffset, '.log')), log);
  }
  return { logEndOffset: log.logEndOffset };
}

/** `undefined` where the file says nothing that can be read. */
async function readKnownEpochs(
  { disk }: Pick<Host, 'disk'>,
  directory: string,
): Promise<LeaderEpochCache | undefined> {
  const path = join(directory, LEADER_EPOCH_CHECKPOINT);
  const content = await readOptionalFile(disk, path);
  try {
    if (content === undefined) return undefined;
    return new LeaderEpochCache(parseLeaderEpochCheckpoint(content.toString(), path));
  } catch (error) {
    if (error instanceof CorruptFileError) return undefined;
    throw error;
  }
}

/** Leader epochs are outside the CRC of a batch, so one that was damaged can be set right in place. */
async function correctEpochs(disk: Disk, path: string, log: PartitionLog): Promise<void> {
  if ((await disk.stat(path)) === undefined) return;
  const file = await disk.open(path, 'write');
  try {
    for await (const { batch, position } of walkBatches(file, await file.size())) {
      const epoch = batch.baseOffset < log.logStartOffset ? undefined : log.epochForOffset(batch.baseOffset);
      if (epoch === undefined || epoch === batch.partitionLeaderEpoch) continue;
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(epoch);
      await file.write([bytes], position + LEADER_EPOCH_POSITION);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The checkpoints of the directory are corrected once all partitions are done. */
const nothing = async (): Promise<void> => undefined;

async function recover(
  host: Host,
  logDir: string,
  { name, topic, partition, path }: ListedPartition,
  known: Pick<LoadOptions, 'logStartOffset' | 'highWatermark' | 'knownEpochs'>,
): Promise<PartitionLog> {
  const config = logConfig();
  const context: LogContext = {
    topic,
    partition,
    name,
    directory: path,
    host,
    logger: silentLogger,
    files: new OpenFiles(host.disk),
    indexes: new LoadedIndexes(),
    tailCache: new TailCache(),
    readAhead: new ReadAhead(),
    persistLogStart: nothing,
    persistRecoveryPoint: nothing,
    persistCleanedOffset: nothing,
    config: () => config,
  };
  const directory = new LogDirectory(logDir, silentLogger, () => undefined);
  const loaded = await loadPartition(context, {
    directory,
    isClean: false,
    recoveryPoint: 0,
    ...known,
    // Whether gaps end the log was decided by the plan.
    cleanedOffset: Number.MAX_SAFE_INTEGER,
  });
  const log = new PartitionLog({ context, ...loaded, updateConfig: () => undefined });
  await log.close();
  if (directory.failure !== undefined) throw directory.failure;
  return log;
}
