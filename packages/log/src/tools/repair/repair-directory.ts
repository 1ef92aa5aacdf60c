import { basename, join, resolve } from 'node:path';
import { replaceFile, type DiskLock, type Host } from '@millrace/host';
import { CorruptFileError, DirectoryLockedError } from '../../errors.ts';
import { formatCheckpoint } from '../../files/checkpoint-text.ts';
import {
  offsetCheckpointFiles,
  parseOffsetCheckpoint,
  type OffsetsByPartition,
} from '../../files/offset-checkpoint.ts';
import { parsePartitionDirectoryName } from '../../files/partition-directory-name.ts';
import {
  formatPartitionMetadata,
  PARTITION_METADATA,
  parsePartitionMetadata,
} from '../../files/partition-metadata.ts';
import { readOptionalFile } from '../../files/read-optional-file.ts';
import { removeOptionalFile } from '../../files/remove-optional-file.ts';
import { listLogDirectory, type ListedPartition, type LogDirectoryListing } from '../list-log-directory.ts';
import { verifyDirectory } from '../verify/verify-directory.ts';
import type { VerifyProgress } from '../verify/verify-report.ts';
import { findLogEnd } from './find-log-end.ts';
import { Quarantine } from './quarantine.ts';
import { filesToChange, partitionSteps, repairPartition } from './repair-partition.ts';
import { planRepair, type RepairPlan } from './repair-plan.ts';
import type { RepairReport, RepairStep } from './repair-report.ts';

export interface RepairOptions {
  /** Says what would be done, and changes nothing. Default false. */
  readonly dryRun?: boolean;
  /** Where the copies go: a folder that is made. By default beside the log directory, named after the time. */
  readonly quarantine?: string;
  /** Cuts a log where offsets are missing, too. By default it keeps what comes behind. */
  readonly cutGaps?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: VerifyProgress) => void;
  readonly onStep?: (step: RepairStep) => void;
}

/**
 * Verifies a log directory, or one partition directory in it, and sets right what can be set right: cuts logs at the
 * first damaged batch and derives the other files anew. Every file is copied to the quarantine before it is changed
 * or removed.
 * @throws DirectoryLockedError while a process uses the directory
 */
export async function repairDirectory(
  host: Host,
  path: string,
  options: RepairOptions = {},
): Promise<RepairReport> {
  const listing = await listLogDirectory(host.disk, path);
  const lock = await lockFor(host, listing.path, options.dryRun ?? false);
  try {
    return await new Repair(host, resolve(path), listing, options).run();
  } finally {
    await lock?.release();
  }
}

/** A dry run writes nothing, so it makes no lock file either; where one is, it holds it. */
async function lockFor(host: Host, logDir: string, isDryRun: boolean): Promise<DiskLock | undefined> {
  const path = join(logDir, '.lock');
  if (isDryRun && (await host.disk.stat(path)) === undefined) return undefined;
  const lock = await host.disk.lock(path);
  if (lock === undefined) throw new DirectoryLockedError(logDir);
  return lock;
}

class Repair {
  readonly #host: Host;
  readonly #path: string;
  readonly #listing: LogDirectoryListing;
  readonly #options: RepairOptions;
  readonly #quarantine: Quarantine;
  readonly #steps: RepairStep[] = [];

  constructor(host: Host, path: string, listing: LogDirectoryListing, options: RepairOptions) {
    this.#host = host;
    this.#path = path;
    this.#listing = listing;
    this.#options = options;
    const time = new Date(host.clock.nowMs()).toISOString().replace(/[-:]|\.\d+/g, '');
    const folder = options.quarantine ?? `${listing.path}-quarantine/${time}`;
    this.#quarantine = new Quarantine(host.disk, resolve(folder), listing.path);
  }

  async run(): Promise<RepairReport> {
    const { signal, onProgress, dryRun = false, cutGaps = false } = this.#options;
    const verifyOptions = {
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    };
    const before = await verifyDirectory(this.#host, this.#path, verifyOptions);
    const plan = planRepair(before, this.#listing, cutGaps);
    await this.#perform(plan, dryRun);
    const hasSteps = this.#steps.length > 0;
    const after =
      hasSteps && !dryRun ? await verifyDirectory(this.#host, this.#path, verifyOptions) : undefined;
    return {
      directory: this.#path,
      isDryRun: dryRun,
      quarantine: hasSteps ? this.#quarantine.path : undefined,
      before,
      steps: this.#steps,
      after,
      unrepaired: after?.findings.filter(({ severity }) => severity === 'error') ?? plan.unrepaired,
    };
  }

  async #perform(plan: RepairPlan, isDryRun: boolean): Promise<void> {
    const ends = new Map<string, number>();
    const offsets = await this.#readCheckpoints();
    for (const partition of plan.partitions) {
      this.#options.signal?.throwIfAborted();
      for (const file of await filesToChange(this.#host, partition)) await this.#copy(file, isDryRun);
      for (const step of await partitionSteps(this.#host, partition)) this.#note(step);
      if (isDryRun) continue;
      const listed = this.#listing.partitions.find(({ name }) => name === partition.name)!;
      const { logEndOffset } = await repairPartition(this.#host, this.#listing.path, listed, partition, {
        logStartOffset: offsets.logStartOffset.get(partition.name) ?? 0,
        highWatermark: offsets.highWatermark.get(partition.name) ?? 0,
      });
      ends.set(partition.name, logEndOffset);
      if (partition.dropsMetadata) await this.#restoreTopicId(listed);
    }
    await this.#correctCheckpoints(plan, ends, isDryRun);
  }

  /** The other partitions of the topic have the same id. */
  async #restoreTopicId({ topic, path }: ListedPartition): Promise<void> {
    const target = join(path, PARTITION_METADATA);
    for (const other of this.#listing.partitions) {
      if (other.topic !== topic || other.path === path) continue;
      const source = join(other.path, PARTITION_METADATA);
      const content = await readOptionalFile(this.#host.disk, source);
      const topicId =
        content === undefined ? undefined : tryRead(() => parsePartitionMetadata(content.toString(), source));
      if (topicId === undefined) continue;
      this.#note({
        action: 'rewrite',
        file: target,
        detail: `topic id ${topicId}, as ${basename(other.path)} has it`,
      });
      return replaceFile(this.#host.disk, target, formatPartitionMetadata(topicId));
    }
  }

  /** No checkpoint may point behind the end of its log; a file that cannot be read counts as empty from now on. */
  async #correctCheckpoints(
    plan: RepairPlan,
    ends: ReadonlyMap<string, number>,
    isDryRun: boolean,
  ): Promise<void> {
    for (const name of Object.values(offsetCheckpointFiles)) {
      const file = join(this.#listing.path, name);
      const content = await readOptionalFile(this.#host.disk, file);
      if (content === undefined) continue;
      const offsets = tryRead(() => parseOffsetCheckpoint(content.toString(), file));
      const corrected =
        offsets === undefined ? undefined : await this.#clamp(offsets, ends, plan.checkpoints.includes(file));
      const text = corrected === undefined ? undefined : formatCheckpoint(corrected);
      if (text === content.toString()) continue;
      if (offsets !== undefined && !plan.checkpoints.includes(file) && ends.size === 0) continue;
      await this.#copy(file, isDryRun);
      const detail = text === undefined ? 'it cannot be read' : 'no offset behind the end of its log';
      this.#note({ action: text === undefined ? 'remove' : 'rewrite', file, detail });
      if (isDryRun) continue;
      if (text === undefined) await removeOptionalFile(this.#host.disk, file);
      else await replaceFile(this.#host.disk, file, text);
    }
  }

  async #clamp(
    offsets: OffsetsByPartition,
    ends: ReadonlyMap<string, number>,
    isWrong: boolean,
  ): Promise<string[]> {
    const lines: string[] = [];
    for (const [name, offset] of offsets) {
      const parsed = parsePartitionDirectoryName(name);
      if (parsed === undefined) continue;
      const end = ends.get(name) ?? (isWrong ? await this.#endOf(name) : Infinity);
      lines.push(`${parsed.topic} ${parsed.partition} ${Math.max(0, Math.min(offset, end))}`);
    }
    return lines;
  }

  /** Where a log ends that was not repaired. */
  async #endOf(name: string): Promise<number> {
    const partition = this.#listing.partitions.find((each) => each.name === name);
    return partition === undefined ? Infinity : findLogEnd(this.#host.disk, partition.path);
  }

  async #readCheckpoints(): Promise<{
    logStartOffset: OffsetsByPartition;
    highWatermark: OffsetsByPartition;
  }> {
    const read = async (name: string): Promise<OffsetsByPartition> => {
      const file = join(this.#listing.path, name);
      const content = await readOptionalFile(this.#host.disk, file);
      if (content === undefined) return new Map();
      return tryRead(() => parseOffsetCheckpoint(content.toString(), file)) ?? new Map();
    };
    return {
      logStartOffset: await read(offsetCheckpointFiles.logStartOffset),
      highWatermark: await read(offsetCheckpointFiles.highWatermark),
    };
  }

  async #copy(file: string, isDryRun: boolean): Promise<void> {
    const detail = `to ${this.#quarantine.path}`;
    if (!isDryRun) await this.#quarantine.copy(file, this.#options.signal);
    this.#note({ action: 'copy', file, detail });
  }

  #note(step: RepairStep): void {
    this.#steps.push(step);
    this.#options.onStep?.(step);
  }
}

/** `undefined` for a file that is damaged. */
function tryRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CorruptFileError) return undefined;
    throw error;
  }
}
