import { ErrorCode } from '@millrace/protocol';
import type {
  DescribeQuorumRequest,
  DescribeQuorumResponseInput,
  DescribeQuorumResponsePartitionDataInput,
  DescribeQuorumResponseReplicaStateInput,
} from '@millrace/protocol/messages/describe-quorum';
import { METADATA_TOPIC } from './metadata-topic.ts';
import type { QuorumCore } from './quorum-core.ts';
import type { LeaderRole } from './quorum-role.ts';
import { sameReplica, type ReplicaKey } from './voter-set.ts';

const WITH_TIMES = 1;
const WITH_DIRECTORIES = 2;

/** How far the replicas of the quorum are, as its leader knows it. */
export class DescribeAnswers {
  readonly #core: QuorumCore;

  constructor(core: QuorumCore) {
    this.#core = core;
  }

  describe({ topics }: DescribeQuorumRequest, version: number): DescribeQuorumResponseInput {
    const isV2 = version >= WITH_DIRECTORIES;
    // Who asks about something else, or nothing, has no use for addresses of voters; nor does Apache Kafka tell them.
    const hasMetadata = topics.some(({ topicName }) => topicName === METADATA_TOPIC);
    return {
      errorCode: ErrorCode.NONE,
      ...(isV2 ? { errorMessage: null, nodes: hasMetadata ? this.#nodes() : [] } : {}),
      topics: topics.map(({ topicName, partitions }) => ({
        topicName,
        partitions: partitions.map(({ partitionIndex }) => {
          const isKnown = topicName === METADATA_TOPIC && partitionIndex === 0;
          const part = isKnown
            ? this.#metadata(version)
            : { ...unknown(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION), partitionIndex };
          return isV2 ? { ...part, errorMessage: null } : part;
        }),
      })),
    };
  }

  #metadata(version: number): DescribeQuorumResponsePartitionDataInput {
    const { leading, leader } = this.#core;
    const { leaderId, epoch: leaderEpoch } = leader;
    if (leading === undefined) {
      return { ...unknown(ErrorCode.NOT_LEADER_OR_FOLLOWER), leaderId, leaderEpoch };
    }
    const nowMs = this.#core.nowMs();
    const state = (key: ReplicaKey) => this.#state(key, leading, nowMs, version);
    return {
      partitionIndex: 0,
      errorCode: ErrorCode.NONE,
      leaderId,
      leaderEpoch,
      highWatermark: leading.progress.highWatermark,
      currentVoters: this.#core.machine.voters.voters.map(state),
      observers: leading.progress.observers(nowMs).map(({ key }) => state(key)),
    };
  }

  #state(
    key: ReplicaKey,
    { progress }: LeaderRole,
    nowMs: number,
    version: number,
  ): DescribeQuorumResponseReplicaStateInput {
    const { machine, log, options } = this.#core;
    const isSelf = sameReplica(key, machine.self);
    const replica = progress.of(key);
    const wallMs = options.host.clock.nowMs();
    // Progress goes by a clock that does not jump; who asks wants the time of day.
    const atMs = (ms: number | undefined): number =>
      isSelf ? wallMs : ms === undefined || ms < 0 ? -1 : Math.round(wallMs - (nowMs - ms));
    return {
      replicaId: key.id,
      ...(version >= WITH_DIRECTORIES ? { replicaDirectoryId: key.directoryId } : {}),
      logEndOffset: isSelf ? log.endOffset : (replica?.endOffset ?? -1),
      ...(version >= WITH_TIMES
        ? {
            lastFetchTimestamp: atMs(replica?.lastFetchMs),
            lastCaughtUpTimestamp: atMs(replica?.lastCaughtUpMs),
          }
        : {}),
    };
  }

  #nodes() {
    return this.#core.machine.voters.voters.map(({ id, endpoints }) => ({
      nodeId: id,
      listeners: endpoints.map(({ name, host, port }) => ({ name, host, port })),
    }));
  }
}

function unknown(errorCode: number): DescribeQuorumResponsePartitionDataInput {
  return {
    partitionIndex: 0,
    errorCode,
    leaderId: 0,
    leaderEpoch: 0,
    highWatermark: 0,
    currentVoters: [],
    observers: [],
  };
}
