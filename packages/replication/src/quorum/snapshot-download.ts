import { dirname } from 'node:path';
import type { DiskFile } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import type { FetchSnapshotResponse } from '@millrace/protocol/messages/fetch-snapshot';
import { messageOf } from '../errors.ts';
import { checkSnapshot } from './check-snapshot.ts';
import { readSnapshotVoters } from './load-voter-history.ts';
import { METADATA_TOPIC } from './metadata-topic.ts';
import type { QuorumCore } from './quorum-core.ts';
import { FETCH_SNAPSHOT, leaderHint, onlyPartition } from './quorum-messages.ts';
import type { QuorumRole } from './quorum-role.ts';
import type { SnapshotId } from './snapshot-id.ts';

/** The leader has to make another one first. */
const DAMAGED_RETRY_MS = 1000;

interface Piece {
  readonly bytes: Buffer;
  readonly sizeBytes: number;
}

/**
 * Gets a snapshot from the leader, piece by piece, and lets the log go on behind it. What was downloaded before a
 * failure is kept: the name says which snapshot it is part of.
 */
export class SnapshotDownload {
  readonly #core: QuorumCore;
  readonly #role: QuorumRole;
  readonly #id: SnapshotId;
  readonly #signal: AbortSignal;

  constructor(core: QuorumCore, role: QuorumRole, id: SnapshotId, signal: AbortSignal) {
    this.#core = core;
    this.#role = role;
    this.#id = id;
    this.#signal = signal;
  }

  /** Resolves when the log goes on behind the snapshot, or when that has to be tried anew. */
  async run(leaderId: number): Promise<void> {
    const { log, options } = this.#core;
    if (!log.snapshots.has(this.#id)) {
      const path = log.snapshots.path(this.#id);
      const part = `${path}.part`;
      const file = await options.host.disk.open(part, 'write');
      try {
        if (!(await this.#fill(file, leaderId))) return;
      } finally {
        await file.close();
      }
      if (!(await this.#isWhole(part))) return;
      await options.host.disk.rename(part, path);
      await options.host.disk.syncDirectory(dirname(path));
    }
    await this.#core.run(() => this.#install());
    options.logger.info('A snapshot of the metadata came from the leader', { ...this.#id, leaderId });
  }

  /** What came is looked at before anything that this node has is given up for it. */
  async #isWhole(part: string): Promise<boolean> {
    const { disk } = this.#core.options.host;
    try {
      checkSnapshot(part, await disk.readFile(part));
      this.#core.refusals.ended('snapshot');
      return true;
    } catch (error) {
      this.#core.refusals.warn(
        'snapshot',
        'The snapshot of the leader is damaged; this node keeps what it has',
        {
          ...this.#id,
          error: messageOf(error),
        },
      );
      await disk.removeFile(part);
      await this.#core.sleep(DAMAGED_RETRY_MS);
      return false;
    }
  }

  /** @returns whether the file is whole, and on the disk */
  async #fill(file: DiskFile, leaderId: number): Promise<boolean> {
    let position = await file.size();
    for (;;) {
      const piece = await this.#piece(position, leaderId);
      if (piece === undefined) {
        // Whatever is wrong with what is there, the next attempt begins at the beginning.
        await file.truncate(0);
        return false;
      }
      if (piece.bytes.length > 0) await file.write([piece.bytes], position);
      position += piece.bytes.length;
      if (position < piece.sizeBytes && piece.bytes.length > 0) continue;
      await file.sync();
      return position === piece.sizeBytes;
    }
  }

  /** @returns `undefined` where the leader does not have it */
  async #piece(position: number, leaderId: number): Promise<Piece | undefined> {
    const { machine, options, channels } = this.#core;
    const response = await channels.to(leaderId).send(
      FETCH_SNAPSHOT,
      {
        clusterId: options.clusterId,
        replicaId: machine.self.id,
        maxBytes: options.settings['controller.quorum.fetch.snapshot.max.bytes'],
        topics: [
          {
            name: METADATA_TOPIC,
            partitions: [
              {
                partition: 0,
                currentLeaderEpoch: machine.epoch,
                snapshotId: this.#id,
                position,
                replicaDirectoryId: machine.self.directoryId,
              },
            ],
          },
        ],
      },
      { signals: [this.#signal] },
    );
    return this.#core.run((nowMs) => this.#accept(response, position, nowMs));
  }

  #accept(response: FetchSnapshotResponse, position: number, nowMs: number): Piece | undefined {
    const { machine } = this.#core;
    const partition = onlyPartition(response);
    if (partition === undefined || response.errorCode !== ErrorCode.NONE) return undefined;
    const { leaderId, leaderEpoch } = partition.currentLeader;
    machine.learn(leaderHint(leaderId, leaderEpoch, response.nodeEndpoints), nowMs);
    if (machine.role !== this.#role || partition.errorCode !== ErrorCode.NONE) return undefined;
    if (partition.position !== position) return undefined;
    machine.onFetched(nowMs);
    return { bytes: partition.unalignedRecords, sizeBytes: partition.size };
  }

  async #install(): Promise<void> {
    const { log, delivery, history, options } = this.#core;
    const { endOffset } = this.#id;
    await delivery.whileReplaced(async () => {
      log.snapshots.add(this.#id);
      await log.restartAt(endOffset);
    });
    await readSnapshotVoters(options.host.disk, log, this.#id, history);
    this.#core.raiseHighWatermark(endOffset);
    this.#core.applyVoters();
    await log.snapshots.removeBefore(endOffset);
  }
}
