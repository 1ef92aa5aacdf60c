import { join } from 'node:path';
import { replaceFile } from '@millrace/host';
import type { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import { formatLeaderEpochCheckpoint, LEADER_EPOCH_CHECKPOINT } from '../files/leader-epoch-checkpoint.ts';
import { formatPartitionMetadata, PARTITION_METADATA } from '../files/partition-metadata.ts';
import { replaceFileUnsynced } from '../files/replace-file-unsynced.ts';
import { rewriteInPlace } from '../files/rewrite-in-place.ts';
import { segmentFileName } from '../files/segment-file-name.ts';
import { encodeProducerSnapshot } from '../producer/producer-snapshot.ts';
import type { ProducerStates } from '../producer/producer-states.ts';
import { encodeAbortedTransactions, type AbortedTransaction } from '../segment/transaction-index.ts';
import type { LogContext } from './log-context.ts';

/** Writes the small files of a partition: epochs, metadata, producer snapshots, transaction indexes. */
export class PartitionFiles {
  readonly #context: LogContext;
  /** Written, but not forced to the disk yet. */
  readonly #unsyncedPaths = new Set<string>();
  /** Those of them that this process has not written itself. */
  readonly #foundPaths = new Set<string>();
  #areEntriesUnsynced = false;
  #isMetadataUnsynced = false;
  /** The entry of the directory itself may be lost with the power. */
  #isDirectoryNew: boolean;
  /** Offset of the newest snapshot, -1 for none. */
  #lastSnapshotOffset = -1;

  /** @param options.isSynced False where a process that may not have flushed everything left the files. */
  constructor(context: LogContext, options: { readonly isSynced: boolean }) {
    this.#context = context;
    this.#isDirectoryNew = !options.isSynced;
    this.#areEntriesUnsynced = !options.isSynced;
    this.#isMetadataUnsynced = !options.isSynced;
    if (options.isSynced) return;
    for (const name of [PARTITION_METADATA, LEADER_EPOCH_CHECKPOINT]) this.#noteFound(this.#path(name));
  }

  get lastSnapshotOffset(): number {
    return this.#lastSnapshotOffset;
  }

  /** A directory entry was made or removed. */
  noteEntryChange(): void {
    this.#areEntriesUnsynced = true;
  }

  async writeMetadata(topicId: string): Promise<void> {
    await this.#replace(PARTITION_METADATA, formatPartitionMetadata(topicId));
    this.#isMetadataUnsynced = true;
  }

  /**
   * Forces the topic id to the disk, before the first record follows. Records that survive a power loss without it
   * would be taken for those of a new topic of the same name.
   */
  async syncMetadata(): Promise<void> {
    if (!this.#isMetadataUnsynced) return;
    await this.#syncFile(this.#path(PARTITION_METADATA));
    await this.#context.host.disk.syncDirectory(this.#context.directory);
    this.#unsyncedPaths.delete(this.#path(PARTITION_METADATA));
    this.#isMetadataUnsynced = false;
  }

  /**
   * @param sync Needed unless recovery would derive the whole content: a power loss may leave an empty file where one
   * was replaced without, and with it the epochs below the recovery point would be gone.
   */
  async writeEpochs(epochs: LeaderEpochCache, sync: boolean): Promise<void> {
    if (!epochs.isDirty) return;
    const content = formatLeaderEpochCheckpoint(epochs.entries);
    epochs.markClean();
    if (sync) await replaceFile(this.#context.host.disk, this.#path(LEADER_EPOCH_CHECKPOINT), content);
    else await this.#replace(LEADER_EPOCH_CHECKPOINT, content);
  }

  /** Producer states as of their `mapEndOffset`, unless the newest snapshot is as of that already. */
  async writeSnapshot(states: ProducerStates): Promise<void> {
    const offset = states.mapEndOffset;
    if (offset <= this.#lastSnapshotOffset) return;
    await this.#replace(segmentFileName(offset, '.snapshot'), encodeProducerSnapshot(states.entries()));
    this.#lastSnapshotOffset = offset;
  }

  /**
   * The newest snapshot on disk is as of `offset`; -1 for none.
   * @param isSynced False where it was found after a crash and may never have been forced to the disk.
   */
  noteSnapshot(offset: number, isSynced: boolean): void {
    this.#lastSnapshotOffset = offset;
    if (offset >= 0 && !isSynced) this.#noteFound(this.#path(segmentFileName(offset, '.snapshot')));
  }

  async appendAborted(baseOffset: number, transactions: readonly AbortedTransaction[]): Promise<void> {
    const path = this.#path(segmentFileName(baseOffset, '.txnindex'));
    const file = await this.#context.host.disk.open(path, 'write');
    try {
      await file.write([encodeAbortedTransactions(transactions)], await file.size());
    } finally {
      await file.close();
    }
    this.#unsyncedPaths.add(path);
    this.#areEntriesUnsynced = true;
  }

  /** Writes the whole transaction index of a segment; none is left where there is nothing to write. */
  async replaceAborted(
    baseOffset: number,
    transactions: readonly AbortedTransaction[],
    options: { readonly sync: boolean },
  ): Promise<void> {
    const name = segmentFileName(baseOffset, '.txnindex');
    if (transactions.length > 0) {
      const content = encodeAbortedTransactions(transactions);
      if (options.sync) await replaceFile(this.#context.host.disk, this.#path(name), content);
      else await this.#replace(name, content);
      return;
    }
    if ((await this.#context.host.disk.stat(this.#path(name))) === undefined) return;
    await this.#context.host.disk.removeFile(this.#path(name));
    this.#areEntriesUnsynced = true;
  }

  /** Forces everything that was written through here to the disk, directory entries last. */
  async sync(): Promise<void> {
    const { disk } = this.#context.host;
    for (const path of this.#unsyncedPaths) {
      this.#unsyncedPaths.delete(path);
      await this.#syncFile(path);
    }
    if (this.#areEntriesUnsynced) {
      this.#areEntriesUnsynced = false;
      await disk.syncDirectory(this.#context.directory);
    }
    if (this.#isDirectoryNew) {
      this.#isDirectoryNew = false;
      await disk.syncDirectory(join(this.#context.directory, '..'));
    }
  }

  async #syncFile(path: string): Promise<void> {
    const { disk } = this.#context.host;
    // Opening a file that was removed meanwhile would create it again.
    if ((await disk.stat(path)) === undefined) return;
    const file = await disk.open(path, 'write');
    try {
      // Of what the process before has left nobody knows whether it was told that a sync had failed.
      if (this.#foundPaths.delete(path)) await rewriteInPlace(file, 0, await file.size());
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #replace(name: string, content: Uint8Array | string): Promise<void> {
    await replaceFileUnsynced(this.#context.host.disk, this.#path(name), content);
    this.#unsyncedPaths.add(this.#path(name));
    this.#foundPaths.delete(this.#path(name));
    this.#areEntriesUnsynced = true;
  }

  #noteFound(path: string): void {
    this.#unsyncedPaths.add(path);
    this.#foundPaths.add(path);
  }

  #path(name: string): string {
    return join(this.#context.directory, name);
  }
}
