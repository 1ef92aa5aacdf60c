import { join } from 'node:path';
import type { DiskFile, Host } from '@millrace/host';
import type { RecordBatch } from '@millrace/protocol';
import { CorruptFileError } from '../../errors.ts';
import { parseDamageMarkName } from '../../files/damage-mark.ts';
import { LEADER_EPOCH_CHECKPOINT, parseLeaderEpochCheckpoint } from '../../files/leader-epoch-checkpoint.ts';
import { PARTITION_METADATA, parsePartitionMetadata } from '../../files/partition-metadata.ts';
import { readOptionalFile } from '../../files/read-optional-file.ts';
import { segmentFileName } from '../../files/segment-file-name.ts';
import { isZeroFrom, walkBatches } from '../walk-batches.ts';
import { checkBatch, checkOffsets } from './batch-checks.ts';
import { EpochCheck } from './epoch-check.ts';
import type { Findings } from './findings.ts';
import {
  classify,
  type PartitionCheckpoints,
  type PartitionContents,
  type PartitionFacts,
} from './partition-facts.ts';
import { ProducerCheck } from './producer-check.ts';
import { SegmentIndexCheck } from './segment-index-check.ts';
import type { FindingRule, Severity } from './verify-report.ts';
import { verifySnapshotFile } from './verify-snapshot-file.ts';

export interface VerifyPartitionOptions {
  readonly host: Pick<Host, 'disk'>;
  readonly path: string;
  /** `<topic>-<partition>`. */
  readonly name: string;
  readonly topic: string;
  readonly checkpoints: PartitionCheckpoints;
  readonly isClean: boolean;
  readonly deep: boolean;
  readonly findings: Findings;
  readonly signal: AbortSignal | undefined;
  /** Told of every block that was read. */
  readonly onBytes: (bytes: number) => void;
}

/** Files of a partition directory that belong to no segment. */
const knownFiles = new Set([LEADER_EPOCH_CHECKPOINT, PARTITION_METADATA, 'quorum-state']);

/** Checks every invariant of one partition directory. Nothing is written. */
export async function verifyPartition(options: VerifyPartitionOptions): Promise<PartitionFacts> {
  return new PartitionVerification(options).run();
}

/** The segment that is read at the moment. */
interface CurrentSegment {
  readonly file: string;
  readonly baseOffset: number;
  /** Base of the next segment, `Infinity` for the last one. */
  readonly end: number;
}

class PartitionVerification {
  readonly #options: VerifyPartitionOptions;
  readonly #findings: Findings;
  #segment: CurrentSegment = { file: '', baseOffset: 0, end: 0 };
  /** `undefined` where there is no checkpoint to compare with. */
  #epochs: EpochCheck | undefined;
  #producers: ProducerCheck | undefined;
  /** Behind the last batch; `undefined` before the first one. */
  #nextOffset: number | undefined;
  /** Batches could not be read, so what is derived from all of them cannot be compared. */
  #isBroken = false;
  readonly #totals = { batches: 0, records: 0, bytes: 0 };

  constructor(options: VerifyPartitionOptions) {
    this.#options = options;
    this.#findings = options.findings;
  }

  async run(): Promise<PartitionFacts> {
    const { host, path, name, topic } = this.#options;
    const contents = classify(await host.disk.list(path));
    this.#checkNames(contents);
    const topicId = await this.#readTopicId();
    this.#epochs = await this.#readEpochs();
    this.#producers = await ProducerCheck.create(this.#options, contents);
    const { baseOffsets } = contents;
    for (const [index, baseOffset] of baseOffsets.entries()) {
      const file = this.#file(segmentFileName(baseOffset, '.log'));
      this.#segment = { file, baseOffset, end: baseOffsets[index + 1] ?? Infinity };
      await this.#verifySegment();
    }
    for (const { name: other } of contents.others) {
      if (other.endsWith('.checkpoint'))
        await verifySnapshotFile(host.disk, this.#file(other), this.#findings);
    }
    const logEndOffset = Math.max(this.#nextOffset ?? 0, baseOffsets.at(-1) ?? 0);
    if (!this.#isBroken) this.#checkEnds(logEndOffset);
    return {
      name,
      topic,
      topicId,
      firstOffset: baseOffsets[0] ?? 0,
      logEndOffset,
      isBroken: this.#isBroken,
      segments: baseOffsets.length,
      ...this.#totals,
    };
  }

  #file(name: string): string {
    return join(this.#options.path, name);
  }

  #checkNames({ leftovers, orphans, others, baseOffsets }: PartitionContents): void {
    const notice = (rule: FindingRule, name: string, problem: string): void =>
      this.#findings.notice(rule, this.#file(name), 0, problem);
    for (const { name } of leftovers) notice('leftover', name, 'a replacement or deletion was interrupted');
    for (const { name, file } of orphans) {
      if (this.#options.isClean && file.baseOffset >= (baseOffsets[0] ?? 0))
        this.#findings.error('missing-log', this.#file(name), 0, 'its log file is missing');
      else notice('leftover', name, 'it has no log file; the next start removes it');
    }
    for (const { name } of others) {
      if (parseDamageMarkName(name) !== undefined) {
        const problem = 'readers are kept from the rest of this segment since damage was found in it';
        this.#findings.error('quarantine', this.#file(name), 0, problem);
        continue;
      }
      if (knownFiles.has(name) || name.endsWith('.checkpoint')) continue;
      if (/\.(tmp|part)$/.test(name)) notice('leftover', name, 'it was being written when the process ended');
      else notice('stray-file', name, 'no log has such a file');
    }
    if (baseOffsets.length === 0)
      this.#findings.error('batch-structure', this.#options.path, 0, 'the partition has no segment');
  }

  async #readTopicId(): Promise<string | undefined> {
    const file = this.#file(PARTITION_METADATA);
    const content = await readOptionalFile(this.#options.host.disk, file);
    // The metadata log has no such file: its id is fixed.
    if (content === undefined) return undefined;
    try {
      return parsePartitionMetadata(content.toString(), file);
    } catch (error) {
      const isUnsynced = !this.#options.isClean && content.every((byte) => byte === 0);
      this.#findings.add(
        isUnsynced ? 'notice' : 'error',
        'partition-metadata',
        placeOf(error, file),
        problemOf(error),
      );
      return undefined;
    }
  }

  async #readEpochs(): Promise<EpochCheck | undefined> {
    const file = this.#file(LEADER_EPOCH_CHECKPOINT);
    const content = await readOptionalFile(this.#options.host.disk, file);
    if (content === undefined) return undefined;
    const logStartOffset = this.#options.checkpoints.logStartOffset ?? 0;
    try {
      const entries = parseLeaderEpochCheckpoint(content.toString(), file);
      return new EpochCheck(entries, logStartOffset, (position, problem) => {
        const place = { file: this.#segment.file, position };
        this.#findings.add(this.#derivedSeverity(this.#segment.end), 'leader-epochs', place, problem);
      });
    } catch (error) {
      this.#findings.add(
        this.#derivedSeverity(Infinity),
        'leader-epochs',
        placeOf(error, file),
        problemOf(error),
      );
      return undefined;
    }
  }

  /**
   * Of damage to what recovery derives from batches anyway: after a crash it rebuilds the files of every segment that
   * reaches above the recovery point.
   */
  #derivedSeverity(segmentEnd: number): Severity {
    const { isClean, checkpoints } = this.#options;
    return !isClean && segmentEnd > (checkpoints.recoveryPoint ?? 0) ? 'notice' : 'error';
  }

  async #verifySegment(): Promise<void> {
    const { host, path } = this.#options;
    const { file: logFile, baseOffset, end } = this.#segment;
    const severity = this.#derivedSeverity(end);
    const indexes = await SegmentIndexCheck.open({
      disk: host.disk,
      directory: path,
      baseOffset,
      isClosed: end !== Infinity || this.#options.isClean,
      report: (rule, file, position, problem) =>
        this.#findings.add(severity, rule, { file, position }, problem),
    });
    const file = await host.disk.open(logFile, 'read');
    try {
      indexes.finish(await this.#walk(file, indexes));
    } finally {
      await file.close();
    }
  }

  /** @returns the position up to which there are batches. */
  async #walk(file: DiskFile, indexes: SegmentIndexCheck): Promise<number> {
    const { signal, onBytes } = this.#options;
    const sizeBytes = await file.size();
    const walk = walkBatches(file, sizeBytes);
    let step = await walk.next();
    for (; step.done !== true; step = await walk.next()) {
      signal?.throwIfAborted();
      const { position, batch } = step.value;
      const isSound = this.#verifyBatch(batch, position);
      indexes.visit(position, batch, isSound);
      onBytes(batch.sizeBytes);
    }
    const { position, problem } = step.value;
    this.#totals.bytes += sizeBytes;
    onBytes(sizeBytes - position);
    if (problem !== undefined) await this.#reportEnd(file, position, problem);
    return position;
  }

  /** @returns whether the fields of the batch can be believed. */
  #verifyBatch(batch: RecordBatch, position: number): boolean {
    const { file, baseOffset: segmentBase, end: nextSegmentBase } = this.#segment;
    this.#totals.batches++;
    this.#totals.records += Math.max(0, batch.recordCount);
    const damage = checkBatch(batch, this.#options.deep);
    if (damage !== undefined) this.#reportBroken(damage.rule, position, damage.problem);
    const expected = this.#nextOffset;
    const disorder = checkOffsets(batch, { segmentBase, nextSegmentBase, expected });
    if (disorder !== undefined) {
      this.#reportBroken('offset-order', position, disorder);
      // The offsets of this batch are not believed; the next one continues where this one should have.
      this.#nextOffset = (expected ?? segmentBase) + Math.max(0, batch.lastOffsetDelta) + 1;
      return false;
    }
    if (expected !== undefined && batch.baseOffset !== expected)
      this.#checkGap(batch, expected, { file, position });
    this.#nextOffset = batch.nextOffset;
    if (damage !== undefined) return false;
    this.#epochs?.visit(position, batch);
    if (!this.#isBroken) this.#producers?.visit(batch);
    return true;
  }

  #reportBroken(rule: FindingRule, position: number, problem: string): void {
    this.#isBroken = true;
    this.#findings.error(rule, this.#segment.file, position, problem);
  }

  /** Only compaction leaves gaps; a replica gets them above its own cleaner checkpoint, too. */
  #checkGap(batch: RecordBatch, expected: number, place: { file: string; position: number }): void {
    const { cleanedOffset } = this.#options.checkpoints;
    if (cleanedOffset !== undefined && batch.baseOffset <= cleanedOffset) return;
    const problem = `offsets ${expected} to ${batch.baseOffset - 1} are missing before the batch at ${batch.baseOffset}`;
    this.#findings.add(cleanedOffset === undefined ? 'error' : 'notice', 'offset-gap', place, problem);
  }

  async #reportEnd(file: DiskFile, position: number, problem: string): Promise<void> {
    const isUnused = await isZeroFrom(file, position, await file.size());
    const isTorn = isUnused || problem.endsWith('are no batch') || problem.includes('is cut short');
    if (isTorn && this.#segment.end === Infinity && !this.#options.isClean) {
      const text = isUnused ? 'zeros follow the last batch' : problem;
      this.#findings.notice('torn-end', this.#segment.file, position, text);
    } else this.#reportBroken('batch-structure', position, problem);
  }

  #checkEnds(logEndOffset: number): void {
    this.#producers?.finish(logEndOffset);
    const file = this.#file(LEADER_EPOCH_CHECKPOINT);
    for (const entry of this.#epochs?.entriesBehind(logEndOffset) ?? []) {
      const problem = `epoch ${entry.epoch} starts at ${entry.startOffset}, but the log ends at ${logEndOffset}`;
      this.#findings.add(this.#derivedSeverity(Infinity), 'leader-epochs', { file, position: 0 }, problem);
    }
  }
}

function problemOf(error: unknown): string {
  return error instanceof CorruptFileError ? error.problem : String(error);
}

function placeOf(error: unknown, file: string): { file: string; position: number } {
  return { file, position: error instanceof CorruptFileError ? error.position : 0 };
}
