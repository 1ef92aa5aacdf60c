import { systemErrorCode } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import type {
  FetchSnapshotRequest,
  FetchSnapshotRequestPartitionSnapshot,
  FetchSnapshotResponseInput,
} from '@millrace/protocol/messages/fetch-snapshot';
import { METADATA_TOPIC } from './metadata-topic.ts';
import type { QuorumCore } from './quorum-core.ts';
import { endpointsOf, isSameCluster, onlyPartition } from './quorum-messages.ts';

const WITH_ENDPOINTS = 1;
const NO_BYTES = Buffer.alloc(0);

interface Piece {
  readonly size: number;
  readonly bytes: Buffer;
}

/** Pieces of snapshots, for followers that are too far behind for the log. */
export class SnapshotAnswers {
  readonly #core: QuorumCore;

  constructor(core: QuorumCore) {
    this.#core = core;
  }

  async fetchSnapshot(request: FetchSnapshotRequest, version: number): Promise<FetchSnapshotResponseInput> {
    const partition = onlyPartition(request);
    if (!isSameCluster(request.clusterId, this.#core.options.clusterId)) {
      return refused(ErrorCode.INCONSISTENT_CLUSTER_ID);
    }
    if (partition?.partition !== 0 || request.topics[0]?.name !== METADATA_TOPIC) {
      return refused(ErrorCode.INVALID_REQUEST);
    }
    const leaderError = await this.#core.run((nowMs) => this.#heard(request.replicaId, partition, nowMs));
    const piece =
      leaderError === ErrorCode.NONE ? await this.#read(partition, request.maxBytes) : leaderError;
    return this.#answer(partition, piece, version);
  }

  #heard(replicaId: number, partition: FetchSnapshotRequestPartitionSnapshot, nowMs: number): number {
    const { machine, leading } = this.#core;
    const { currentLeaderEpoch } = partition;
    if (currentLeaderEpoch < machine.epoch) return ErrorCode.FENCED_LEADER_EPOCH;
    if (currentLeaderEpoch > machine.epoch) return ErrorCode.UNKNOWN_LEADER_EPOCH;
    if (leading === undefined) return ErrorCode.NOT_LEADER_OR_FOLLOWER;
    if (replicaId >= 0) {
      leading.progress.heard({ id: replicaId, directoryId: partition.replicaDirectoryId }, nowMs);
    }
    return ErrorCode.NONE;
  }

  /** @returns the piece, or what is wrong */
  async #read(
    { snapshotId, position }: FetchSnapshotRequestPartitionSnapshot,
    maxBytes: number,
  ): Promise<Piece | number> {
    const { log, options } = this.#core;
    if (!log.snapshots.has(snapshotId)) return ErrorCode.SNAPSHOT_NOT_FOUND;
    try {
      const file = await options.host.disk.open(log.snapshots.path(snapshotId), 'read');
      try {
        const size = await file.size();
        if (position < 0 || position >= size) return ErrorCode.POSITION_OUT_OF_RANGE;
        const limit = Math.min(maxBytes, options.settings['controller.quorum.fetch.snapshot.max.bytes']);
        const bytes = Buffer.allocUnsafe(Math.max(1, Math.min(limit, size - position)));
        return { size, bytes: bytes.subarray(0, await file.read(bytes, position)) };
      } finally {
        await file.close();
      }
    } catch (error) {
      // A newer one has taken its place meanwhile.
      if (systemErrorCode(error) === 'ENOENT') return ErrorCode.SNAPSHOT_NOT_FOUND;
      throw error;
    }
  }

  #answer(
    { snapshotId, position }: FetchSnapshotRequestPartitionSnapshot,
    piece: Piece | number,
    version: number,
  ): FetchSnapshotResponseInput {
    const { leader } = this.#core;
    const found = typeof piece === 'number' ? { size: 0, bytes: NO_BYTES } : piece;
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      topics: [
        {
          name: METADATA_TOPIC,
          partitions: [
            {
              index: 0,
              errorCode: typeof piece === 'number' ? piece : ErrorCode.NONE,
              snapshotId,
              currentLeader: { leaderId: leader.leaderId, leaderEpoch: leader.epoch },
              size: found.size,
              position,
              unalignedRecords: found.bytes,
            },
          ],
        },
      ],
      nodeEndpoints: endpointsOf(leader, version >= WITH_ENDPOINTS),
    };
  }
}

function refused(errorCode: number): FetchSnapshotResponseInput {
  return { throttleTimeMs: 0, errorCode, topics: [], nodeEndpoints: [] };
}
