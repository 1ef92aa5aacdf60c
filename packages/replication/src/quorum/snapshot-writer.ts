import { dirname } from 'node:path';
import { batchRecordCount, setBatchBaseOffset, setBatchLeaderEpoch } from '@millrace/protocol';
import { invariant } from '../errors.ts';
import {
  kraftVersionBatch,
  snapshotFooterBatch,
  snapshotHeaderBatch,
  votersBatch,
} from './control-batches.ts';
import type { QuorumCore } from './quorum-core.ts';
import { sameSnapshot, type SnapshotId } from './snapshot-id.ts';

/** The state of everything before `endOffset`, as the node that has replayed it writes it down. */
export interface NewSnapshot {
  /** At most the offset up to which `onCommitted` has come. */
  readonly endOffset: number;
  /** Of the last record in it. */
  readonly lastTimestampMs: number;
  /** Batches of records, each in a buffer of its own, which is patched. */
  readonly batches: readonly Buffer[];
}

/** Writes snapshots, and drops what they stand for. */
export class SnapshotWriter {
  readonly #core: QuorumCore;

  constructor(core: QuorumCore) {
    this.#core = core;
  }

  /** @returns `undefined` where there is one of that offset, or a newer one */
  async write(snapshot: NewSnapshot): Promise<SnapshotId | undefined> {
    const { log, highWatermark, options } = this.#core;
    const { endOffset } = snapshot;
    const { newest } = log.snapshots;
    if (endOffset <= Math.max(newest?.endOffset ?? 0, log.startOffset)) return undefined;
    invariant(
      endOffset <= highWatermark,
      `a snapshot up to ${endOffset}, of which ${highWatermark} is committed`,
    );
    const id = { endOffset, epoch: log.log.epochForOffset(endOffset - 1) ?? newest?.epoch ?? 0 };
    const path = log.snapshots.path(id);
    const { disk } = options.host;
    await disk.writeFile(`${path}.part`, this.#encode(id, snapshot), { sync: true });
    await disk.rename(`${path}.part`, path);
    await disk.syncDirectory(dirname(path));
    log.snapshots.add(id);
    await this.clean();
    return id;
  }

  /**
   * Drops the oldest snapshots, and the log before the next one, as long as together they are larger or older than they
   * may be. One snapshot always stands for everything before the log.
   */
  async clean(): Promise<void> {
    const { log, options } = this.#core;
    const { settings, host } = options;
    const maxBytes = settings['metadata.max.retention.bytes'];
    const maxAgeMs = settings['metadata.max.retention.ms'];
    for (;;) {
      const [oldest, next] = log.snapshots.ids;
      if (oldest === undefined || next === undefined) break;
      const status = await host.disk.stat(log.snapshots.path(oldest));
      const isOld = maxAgeMs >= 0 && host.clock.nowMs() - (status?.modifiedMs ?? 0) > maxAgeMs;
      const isLarge = maxBytes >= 0 && (await this.#totalBytes()) > maxBytes;
      if (!isOld && !isLarge) break;
      await log.deleteBefore(next);
      const [first] = log.snapshots.ids;
      if (first !== undefined && sameSnapshot(first, oldest)) break;
    }
  }

  async #totalBytes(): Promise<number> {
    const { log, options } = this.#core;
    let total = log.log.sizeBytes;
    for (const id of log.snapshots.ids) {
      total += (await options.host.disk.stat(log.snapshots.path(id)))?.sizeBytes ?? 0;
    }
    return total;
  }

  #encode({ endOffset }: SnapshotId, { lastTimestampMs, batches }: NewSnapshot): Buffer {
    const { history, options } = this.#core;
    const timestampMs = options.host.clock.nowMs();
    const kraftVersion = history.kraftVersions.before(endOffset);
    const all = [snapshotHeaderBatch(lastTimestampMs, { timestampMs })];
    if (kraftVersion > 0) {
      all.push(kraftVersionBatch(kraftVersion, { timestampMs }));
      all.push(votersBatch(history.voters.before(endOffset), { timestampMs }));
    }
    all.push(...batches, snapshotFooterBatch({ timestampMs }));
    let offset = 0;
    for (const batch of all) {
      setBatchBaseOffset(batch, 0, offset);
      setBatchLeaderEpoch(batch, 0, 0);
      offset += batchRecordCount(batch, 0);
    }
    return Buffer.concat(all);
  }
}
