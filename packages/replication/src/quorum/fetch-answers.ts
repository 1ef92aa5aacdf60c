import { ErrorCode, LONG_MAX } from '@millrace/protocol';
import type {
  FetchRequest,
  FetchRequestFetchPartition,
  FetchResponseInput,
  FetchResponsePartitionDataInput,
} from '@millrace/protocol/messages/fetch';
import { METADATA_TOPIC, METADATA_TOPIC_ID } from './metadata-topic.ts';
import type { QuorumCore } from './quorum-core.ts';
import { endpointsOf, isSameCluster, onlyPartition } from './quorum-messages.ts';
import type { ReplicaKey } from './voter-set.ts';

const WITH_TOPIC_IDS = 13;
const WITH_REPLICA_STATE = 15;
const WITH_ENDPOINTS = 16;
const WITH_QUORUM_FIELDS = 12;

interface FetchQuestion {
  readonly replica: ReplicaKey;
  readonly version: number;
  readonly partition: FetchRequestFetchPartition;
  readonly maxBytes: number;
}

/** What comes of one look at the log; `undefined`: nothing new, wait. */
type Look = FetchResponsePartitionDataInput | undefined;

/** Fetches of the metadata log, as the leader answers them. */
export class FetchAnswers {
  readonly #core: QuorumCore;

  constructor(core: QuorumCore) {
    this.#core = core;
  }

  async fetch(request: FetchRequest, version: number): Promise<FetchResponseInput> {
    const core = this.#core;
    if (!isSameCluster(request.clusterId, core.options.clusterId)) {
      return refused(ErrorCode.INCONSISTENT_CLUSTER_ID);
    }
    const partition = onlyPartition(request);
    if (partition?.partition !== 0 || !isMetadata(request, version))
      return refused(ErrorCode.INVALID_REQUEST);
    const replicaId = version >= WITH_REPLICA_STATE ? request.replicaState.replicaId : request.replicaId;
    const question: FetchQuestion = {
      replica: { id: replicaId, directoryId: partition.replicaDirectoryId },
      version,
      partition,
      maxBytes: Math.min(
        partition.partitionMaxBytes > 0 ? partition.partitionMaxBytes : request.maxBytes,
        core.options.settings['controller.quorum.fetch.max.bytes'],
      ),
    };
    const deadlineMs = core.nowMs() + request.maxWaitMs;
    for (;;) {
      const mayWait = request.maxWaitMs > 0 && core.nowMs() < deadlineMs;
      const look = await core.run((nowMs) => this.#look(question, mayWait, nowMs));
      if (look !== undefined) return this.#answer(look, version);
      await core.fetchWaiters.wait(deadlineMs - core.nowMs());
    }
  }

  async #look(
    { replica, version, partition, maxBytes }: FetchQuestion,
    mayWait: boolean,
    nowMs: number,
  ): Promise<Look> {
    const { machine, log } = this.#core;
    const { currentLeaderEpoch, fetchOffset, lastFetchedEpoch } = partition;
    const errorCode = this.#leaderError(currentLeaderEpoch);
    const role = machine.role;
    if (errorCode !== ErrorCode.NONE || role.name !== 'leader') return this.#error(errorCode);
    if (fetchOffset < 0 || (version >= WITH_QUORUM_FIELDS && lastFetchedEpoch > currentLeaderEpoch)) {
      return this.#error(ErrorCode.INVALID_REQUEST);
    }
    const isReplica = replica.id >= 0;
    if (isReplica) {
      const verdict = log.compare(fetchOffset, lastFetchedEpoch);
      if (verdict.kind === 'snapshot') return this.#partition({ snapshotId: verdict.id });
      if (verdict.kind === 'diverges') {
        const { epoch, offset: endOffset } = verdict.end;
        return this.#partition({ divergingEpoch: { epoch, endOffset } });
      }
      role.progress.fetched(replica, fetchOffset, log.endOffset, nowMs);
      this.#core.afterProgress();
    } else if (fetchOffset < log.startOffset || fetchOffset > log.endOffset) {
      return this.#error(ErrorCode.OFFSET_OUT_OF_RANGE);
    }
    const end = isReplica ? log.endOffset : Math.max(role.progress.highWatermark, 0);
    if (fetchOffset < end) return this.#read(fetchOffset, maxBytes, isReplica);
    // A follower that does not know how much is committed is told at once (KIP-1166).
    const knowsLess =
      partition.highWatermark !== LONG_MAX && partition.highWatermark < role.progress.highWatermark;
    return mayWait && !knowsLess ? undefined : this.#partition({});
  }

  async #read(offset: number, maxBytes: number, isReplica: boolean): Promise<Look> {
    const { records } = await this.#core.log.log.read({
      offset,
      maxBytes,
      minOneMessage: true,
      upTo: isReplica ? 'logEndOffset' : 'highWatermark',
    });
    return this.#partition({ records });
  }

  #leaderError(epoch: number): number {
    const { machine, leading } = this.#core;
    if (epoch >= 0 && epoch < machine.epoch) return ErrorCode.FENCED_LEADER_EPOCH;
    if (epoch > machine.epoch) return ErrorCode.UNKNOWN_LEADER_EPOCH;
    return leading === undefined ? ErrorCode.NOT_LEADER_OR_FOLLOWER : ErrorCode.NONE;
  }

  #error(errorCode: number): FetchResponsePartitionDataInput {
    return { ...this.#partition({}), errorCode, highWatermark: -1 };
  }

  #partition(part: Partial<FetchResponsePartitionDataInput>): FetchResponsePartitionDataInput {
    const { log, highWatermark } = this.#core;
    const { leaderId, epoch: leaderEpoch } = this.#core.leader;
    return {
      partitionIndex: 0,
      errorCode: ErrorCode.NONE,
      highWatermark,
      logStartOffset: log.startOffset,
      currentLeader: { leaderId, leaderEpoch },
      abortedTransactions: null,
      records: [],
      ...part,
    };
  }

  #answer(partition: FetchResponsePartitionDataInput, version: number): FetchResponseInput {
    const endpoints = endpointsOf(this.#core.leader, version >= WITH_ENDPOINTS);
    const part = version >= WITH_QUORUM_FIELDS ? partition : withoutQuorumFields(partition);
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      responses: [{ topic: METADATA_TOPIC, topicId: METADATA_TOPIC_ID, partitions: [part] }],
      nodeEndpoints: endpoints.map((endpoint) => ({ ...endpoint, rack: null })),
    };
  }
}

function refused(errorCode: number): FetchResponseInput {
  return { throttleTimeMs: 0, errorCode, responses: [], nodeEndpoints: [] };
}

function isMetadata({ topics }: FetchRequest, version: number): boolean {
  const [topic] = topics;
  return version >= WITH_TOPIC_IDS ? topic?.topicId === METADATA_TOPIC_ID : topic?.topic === METADATA_TOPIC;
}

/** Versions that know nothing of epochs. */
function withoutQuorumFields(partition: FetchResponsePartitionDataInput): FetchResponsePartitionDataInput {
  const { partitionIndex, errorCode, highWatermark, logStartOffset, records } = partition;
  return { partitionIndex, errorCode, highWatermark, logStartOffset, abortedTransactions: null, records };
}
