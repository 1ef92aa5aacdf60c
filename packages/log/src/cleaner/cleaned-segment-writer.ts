import { join } from 'node:path';
import type { DiskFile } from '@millrace/host';
import { batchSizeBytes } from '@millrace/protocol';
import {
  segmentFileName,
  type SegmentFileSuffix,
  type TransitionSuffix,
} from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import { SegmentIndex } from '../segment/segment-index.ts';
import { encodeAbortedTransactions, type AbortedTransaction } from '../segment/transaction-index.ts';

/** Writes the output of a cleaning to `.cleaned` files, which recovery removes if it is never completed. */
export class CleanedSegmentWriter {
  readonly baseOffset: number;
  readonly index: SegmentIndex;
  readonly aborted: AbortedTransaction[] = [];
  readonly #context: LogContext;
  readonly #file: DiskFile;
  #suffixes: readonly SegmentFileSuffix[] = [];

  private constructor(context: LogContext, baseOffset: number, file: DiskFile) {
    this.#context = context;
    this.baseOffset = baseOffset;
    this.#file = file;
    this.index = SegmentIndex.empty(baseOffset);
  }

  static async create(context: LogContext, baseOffset: number): Promise<CleanedSegmentWriter> {
    const path = join(context.directory, segmentFileName(baseOffset, '.log', '.cleaned'));
    const file = await context.host.disk.open(path, 'write');
    await file.truncate(0);
    return new CleanedSegmentWriter(context, baseOffset, file);
  }

  /** Files that the finished segment consists of. */
  get suffixes(): readonly SegmentFileSuffix[] {
    return this.#suffixes;
  }

  /** @param batches Whole batches, one behind the other. */
  async write(batches: Buffer): Promise<void> {
    if (batches.length === 0) return;
    await this.#file.write([batches], this.index.sizeBytes);
    const intervalBytes = this.#context.config()['index.interval.bytes'];
    for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
      this.index.noteBatch(batches, at, intervalBytes);
    }
  }

  /** Adds bytes that are no batch behind the last one, for whoever must not lose them. */
  async writeRest(bytes: Buffer): Promise<void> {
    await this.#file.write([bytes], this.index.sizeBytes);
  }

  /** Everything reaches the disk; the modification time is that of the newest source. */
  async finish(modifiedMs: number): Promise<void> {
    const { disk } = this.#context.host;
    this.index.noteClosing();
    await this.#file.sync();
    await this.#file.close();
    const { offset, time } = this.index;
    await this.#writeFile('.index', offset.table.bytes.subarray(0, offset.table.sizeBytes));
    await this.#writeFile('.timeindex', time.table.bytes.subarray(0, time.table.sizeBytes));
    offset.table.markSaved(offset.table.sizeBytes);
    time.table.markSaved(time.table.sizeBytes);
    if (this.aborted.length > 0) await this.#writeFile('.txnindex', encodeAbortedTransactions(this.aborted));
    this.#suffixes = [
      '.log',
      '.index',
      '.timeindex',
      ...(this.aborted.length > 0 ? (['.txnindex'] as const) : []),
    ];
    await disk.setModifiedTime(this.#path('.log', '.cleaned'), modifiedMs);
    await disk.syncDirectory(this.#context.directory);
  }

  /** Gives the output up. */
  async discard(): Promise<void> {
    await this.#file.close();
    for (const suffix of ['.log', '.index', '.timeindex', '.txnindex'] as const) {
      const path = this.#path(suffix, '.cleaned');
      if ((await this.#context.host.disk.stat(path)) !== undefined)
        await this.#context.host.disk.removeFile(path);
    }
  }

  async #writeFile(suffix: SegmentFileSuffix, content: Buffer): Promise<void> {
    await this.#context.host.disk.writeFile(this.#path(suffix, '.cleaned'), content, { sync: true });
  }

  #path(suffix: SegmentFileSuffix, transition: TransitionSuffix): string {
    return join(this.#context.directory, segmentFileName(this.baseOffset, suffix, transition));
  }
}
