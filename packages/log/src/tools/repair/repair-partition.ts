import { join } from 'node:path';
import { silentLogger, type Host } from '@millrace/host';
import { LogDirectory } from '../../directory/log-directory.ts';
import { LEADER_EPOCH_CHECKPOINT } from '../../files/leader-epoch-checkpoint.ts';
import { PARTITION_METADATA } from '../../files/partition-metadata.ts';
import { removeOptionalFile } from '../../files/remove-optional-file.ts';
import { parseSegmentFileName, segmentFileName } from '../../files/segment-file-name.ts';
import { logConfig } from '../../log-config.ts';
import type { LogContext } from '../../partition/log-context.ts';
import { PartitionLog } from '../../partition/partition-log.ts';
import { ReadAhead } from '../../read/read-ahead.ts';
import { TailCache } from '../../read/tail-cache.ts';
import { loadPartition } from '../../recovery/load-partition.ts';
import { LoadedIndexes } from '../../segment/loaded-indexes.ts';
import { OpenFiles } from '../../segment/open-files.ts';
import type { ListedPartition } from '../list-log-directory.ts';
import type { PartitionPlan } from './repair-plan.ts';
import type { RepairStep } from './repair-report.ts';

/** The files of a partition that a repair will or may change, which is what has to be copied before. */
export async function filesToChange(host: Pick<Host, 'disk'>, plan: PartitionPlan): Promise<string[]> {
  const entries = await host.disk.list(plan.path);
  return entries
    .filter(({ name, isDirectory }) => !isDirectory && isChanged(name, plan))
    .map(({ name }) => join(plan.path, name));
}

/** Batches are only touched by a cut; everything else is made anew. */
function isChanged(name: string, { cut }: PartitionPlan): boolean {
  const segment = parseSegmentFileName(name);
  if (segment?.suffix !== '.log' || segment.transition !== '') return true;
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
  if (plan.dropsEpochs) await removeOptionalFile(disk, join(plan.path, LEADER_EPOCH_CHECKPOINT));
  if (plan.dropsMetadata) await removeOptionalFile(disk, join(plan.path, PARTITION_METADATA));
  await disk.syncDirectory(plan.path);
  return recover(host, logDir, partition, offsets);
}

/** The checkpoints of the directory are corrected once all partitions are done. */
const nothing = async (): Promise<void> => undefined;

async function recover(
  host: Host,
  logDir: string,
  { name, topic, partition, path }: ListedPartition,
  offsets: { readonly logStartOffset: number; readonly highWatermark: number },
): Promise<RepairedPartition> {
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
    ...offsets,
    // Whether gaps end the log was decided by the plan.
    cleanedOffset: Number.MAX_SAFE_INTEGER,
  });
  const log = new PartitionLog({ context, ...loaded, updateConfig: () => undefined });
  await log.close();
  if (directory.failure !== undefined) throw directory.failure;
  return { logEndOffset: log.logEndOffset };
}
