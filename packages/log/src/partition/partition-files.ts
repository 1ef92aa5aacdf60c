import { join } from 'node:path';
import { replaceFile } from '@millrace/host';
import type { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import { formatLeaderEpochCheckpoint, LEADER_EPOCH_CHECKPOINT } from '../files/leader-epoch-checkpoint.ts';
import { formatPartitionMetadata, PARTITION_METADATA } from '../files/partition-metadata.ts';
import { replaceFileUnsynced } from '../files/replace-file-unsynced.ts';
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
  #areEntriesUnsynced = false;
  #isDirectoryNew: boolean;
  /** Offset of the newest snapshot, -1 for none. */
  #lastSnapshotOffset: number;

  constructor(
    context: LogContext,
    state: { readonly isDirectoryNew: boolean; readonly lastSnapshotOffset: number },
  ) {
    this.#context = context;
    this.#isDirectoryNew = state.isDirectoryNew;
    this.#areEntriesUnsynced = state.isDirectoryNew;
    this.#lastSnapshotOffset = state.lastSnapshotOffset;
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
  }

  /** @param sync Needed where recovery could not derive the content: after a truncation. */
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

  forgetSnapshotsAbove(offset: number): void {
    this.#lastSnapshotOffset = Math.min(this.#lastSnapshotOffset, offset);
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

  /** Forces everything that was written through here to the disk, directory entries last. */
  async sync(): Promise<void> {
    const { disk } = this.#context.host;
    for (const path of this.#unsyncedPaths) {
      this.#unsyncedPaths.delete(path);
      const file = await disk.open(path, 'write');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
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

  async #replace(name: string, content: Uint8Array | string): Promise<void> {
    await replaceFileUnsynced(this.#context.host.disk, this.#path(name), content);
    this.#unsyncedPaths.add(this.#path(name));
    this.#areEntriesUnsynced = true;
  }

  #path(name: string): string {
    return join(this.#context.directory, name);
  }
}
