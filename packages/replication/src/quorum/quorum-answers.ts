import { ErrorCode } from '@millrace/protocol';
import type {
  BeginQuorumEpochRequest,
  BeginQuorumEpochResponseInput,
} from '@millrace/protocol/messages/begin-quorum-epoch';
import type {
  EndQuorumEpochRequest,
  EndQuorumEpochResponseInput,
} from '@millrace/protocol/messages/end-quorum-epoch';
import type { VoteRequest, VoteResponseInput } from '@millrace/protocol/messages/vote';
import type { QuorumCore } from './quorum-core.ts';
import { endpointsOf, inMetadataTopic, isSameCluster, leaderHint, onlyPartition } from './quorum-messages.ts';
import { METADATA_TOPIC } from './metadata-topic.ts';

const VOTE_WITH_ENDPOINTS = 1;
const EPOCH_WITH_ENDPOINTS = 1;

/** What this node answers at elections. */
export class QuorumAnswers {
  readonly #core: QuorumCore;

  constructor(core: QuorumCore) {
    this.#core = core;
  }

  vote(request: VoteRequest, version: number): Promise<VoteResponseInput> | VoteResponseInput {
    const refusal = this.#refusal(request);
    const partition = onlyPartition(request);
    if (refusal !== undefined || partition === undefined) return this.#refused(refusal);
    const { machine } = this.#core;
    const hasEndpoints = version >= VOTE_WITH_ENDPOINTS;
    const question = {
      epoch: partition.replicaEpoch,
      candidate: { id: partition.replicaId, directoryId: partition.replicaDirectoryId },
      voterId: request.voterId,
      voterDirectoryId: partition.voterDirectoryId,
      lastEpoch: partition.lastOffsetEpoch,
      lastOffset: partition.lastOffset,
      preVote: partition.preVote,
    };
    return this.#core
      .run((nowMs) => machine.onVote(question, nowMs))
      .then(({ errorCode, granted: voteGranted }) => ({
        errorCode: ErrorCode.NONE,
        topics: inMetadataTopic({ partitionIndex: 0, errorCode, ...this.#leader(), voteGranted }),
        nodeEndpoints: endpointsOf(this.#core.leader, hasEndpoints),
      }));
  }

  beginEpoch(
    request: BeginQuorumEpochRequest,
    version: number,
  ): Promise<BeginQuorumEpochResponseInput> | BeginQuorumEpochResponseInput {
    const refusal = this.#refusal(request);
    const partition = onlyPartition(request);
    if (refusal !== undefined || partition === undefined) return this.#refused(refusal);
    const { machine } = this.#core;
    const { leaderId, leaderEpoch, voterDirectoryId } = partition;
    const endpoints = request.leaderEndpoints.map((endpoint) => ({ ...endpoint, nodeId: leaderId }));
    const hint = leaderHint(leaderId, leaderEpoch, endpoints);
    const voter = request.voterId < 0 ? undefined : { id: request.voterId, directoryId: voterDirectoryId };
    return this.#core
      .run((nowMs) => machine.onBeginEpoch(hint, voter, nowMs))
      .then((errorCode) => this.#aboutLeader(errorCode, version));
  }

  endEpoch(
    request: EndQuorumEpochRequest,
    version: number,
  ): Promise<EndQuorumEpochResponseInput> | EndQuorumEpochResponseInput {
    const refusal = this.#refusal(request);
    const partition = onlyPartition(request);
    if (refusal !== undefined || partition === undefined) return this.#refused(refusal);
    const { machine } = this.#core;
    const { leaderId, leaderEpoch } = partition;
    const endpoints = request.leaderEndpoints.map((endpoint) => ({ ...endpoint, nodeId: leaderId }));
    const hint = leaderHint(leaderId, leaderEpoch, endpoints);
    const successors = partition.preferredCandidates.map(({ candidateId, candidateDirectoryId }) => ({
      id: candidateId,
      directoryId: candidateDirectoryId,
    }));
    return this.#core
      .run((nowMs) => machine.onEndEpoch(hint, successors, nowMs))
      .then((errorCode) => this.#aboutLeader(errorCode, version));
  }

  #aboutLeader(errorCode: number, version: number) {
    return {
      errorCode: ErrorCode.NONE,
      topics: inMetadataTopic({ partitionIndex: 0, errorCode, ...this.#leader() }),
      nodeEndpoints: endpointsOf(this.#core.leader, version >= EPOCH_WITH_ENDPOINTS),
    };
  }

  #leader(): { readonly leaderId: number; readonly leaderEpoch: number } {
    const { leaderId, epoch: leaderEpoch } = this.#core.leader;
    return { leaderId, leaderEpoch };
  }

  /** An error of the whole request. */
  #refusal(request: {
    readonly clusterId: string | null;
    readonly topics: readonly { readonly topicName: string }[];
  }): number | undefined {
    if (!isSameCluster(request.clusterId, this.#core.options.clusterId)) {
      this.#core.refusals.warn(
        `cluster ${request.clusterId}`,
        'A node of another cluster wants to take part in the quorum',
        { clusterId: this.#core.options.clusterId, otherClusterId: request.clusterId },
      );
      return ErrorCode.INCONSISTENT_CLUSTER_ID;
    }
    return request.topics[0]?.topicName === METADATA_TOPIC ? undefined : ErrorCode.INVALID_REQUEST;
  }

  #refused(errorCode: number = ErrorCode.INVALID_REQUEST) {
    return { errorCode, topics: [], nodeEndpoints: [] };
  }
}
