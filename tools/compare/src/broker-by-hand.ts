import {
  brokerHeartbeat,
  brokerRegistration,
  describeCluster,
  describeTopicPartitions,
  createTopics,
  alterPartition,
  metadata,
} from './apis.ts';
import type { Peer } from './peer.ts';

const REGISTRATION_VERSION = 4;
const HEARTBEAT_VERSION = 1;
/** No controller has written so much. */
const FAR_AHEAD = 2 ** 40;

/** Levels that suit any cluster. */
const features = [
  ['metadata.version', 1, 99],
  ['kraft.version', 0, 9],
  ['transaction.version', 0, 9],
  ['group.version', 0, 9],
  ['share.version', 0, 9],
  ['streams.version', 0, 9],
  ['eligible.leader.replicas.version', 0, 9],
] as const;

/** What a registration may say otherwise. */
export interface RegistrationChange {
  readonly clusterId?: string;
  readonly incarnation?: string;
  readonly logDirs?: readonly string[];
  readonly features?: readonly (readonly [name: string, min: number, max: number])[];
  readonly previousBrokerEpoch?: number;
}

/** What a heartbeat may say otherwise. */
export interface HeartbeatChange {
  readonly brokerEpoch?: number;
  readonly currentMetadataOffset?: number;
  readonly wantFence?: boolean;
  readonly wantShutDown?: boolean;
  readonly offlineLogDirs?: readonly string[];
}

/** A broker that exists for the controller only: the script speaks for it. */
export class BrokerByHand {
  readonly id: number;
  epoch = -1;
  readonly #peer: Peer;

  constructor(peer: Peer, id: number) {
    this.#peer = peer;
    this.id = id;
  }

  get directory(): string {
    return uuid(`d${this.id}`);
  }

  /** @returns the error code */
  async register(change: RegistrationChange = {}): Promise<number> {
    // Where somebody listens: Millrace fences a broker whose address refuses connections.
    const { host, port } = this.#peer.address;
    const answer = await this.#peer.quietly(
      brokerRegistration,
      REGISTRATION_VERSION,
      {
        brokerId: this.id,
        clusterId: change.clusterId ?? (await this.#clusterId()),
        incarnationId: uuid(change.incarnation ?? `first ${this.id}`),
        listeners: [{ name: 'PLAINTEXT', host, port, securityProtocol: 0 }],
        features: (change.features ?? features).map(([name, minSupportedVersion, maxSupportedVersion]) => ({
          name,
          minSupportedVersion,
          maxSupportedVersion,
        })),
        rack: null,
        logDirs: change.logDirs ?? [this.directory],
        previousBrokerEpoch: change.previousBrokerEpoch ?? -1,
      },
      { on: 'controller' },
    );
    if (answer.errorCode === 0) this.epoch = answer.brokerEpoch;
    return answer.errorCode;
  }

  /** What the controller says, and whether it tells the broker to go. */
  async heartbeat(change: HeartbeatChange = {}) {
    const { errorCode, isCaughtUp, isFenced, shouldShutDown } = await this.#peer.quietly(
      brokerHeartbeat,
      HEARTBEAT_VERSION,
      {
        brokerId: this.id,
        brokerEpoch: this.epoch,
        currentMetadataOffset: FAR_AHEAD,
        wantFence: false,
        wantShutDown: false,
        offlineLogDirs: [],
        ...change,
      },
      { on: 'controller' },
    );
    return { errorCode, isCaughtUp, isFenced, shouldShutDown };
  }

  /** Joins, caught up. */
  async start(change: RegistrationChange = {}): Promise<void> {
    const errorCode = await this.register(change);
    if (errorCode !== 0) throw new Error(`Broker ${this.id} is refused: ${errorCode}`);
    await this.heartbeat();
  }

  /** Proposes an ISR for partition 0 of a topic; epochs as the script knows them. */
  async alterPartition(
    topicId: string,
    proposal: {
      readonly leaderEpoch: number;
      readonly partitionEpoch: number;
      readonly isr: readonly BrokerByHand[];
      readonly leaderRecoveryState?: number;
      readonly partitionIndex?: number;
      readonly brokerEpoch?: number;
    },
  ) {
    const { errorCode, topics } = await this.#peer.quietly(
      alterPartition,
      3,
      {
        brokerId: this.id,
        brokerEpoch: proposal.brokerEpoch ?? this.epoch,
        topics: [
          {
            topicId,
            partitions: [
              {
                partitionIndex: proposal.partitionIndex ?? 0,
                leaderEpoch: proposal.leaderEpoch,
                newIsrWithEpochs: proposal.isr.map(({ id, epoch }) => ({ brokerId: id, brokerEpoch: epoch })),
                leaderRecoveryState: proposal.leaderRecoveryState ?? 0,
                partitionEpoch: proposal.partitionEpoch,
              },
            ],
          },
        ],
      },
      { on: 'controller' },
    );
    return { errorCode, partition: topics[0]?.partitions[0] };
  }

  async #clusterId(): Promise<string> {
    return (
      await this.#peer.quietly(describeCluster, 0, {
        includeClusterAuthorizedOperations: false,
      })
    ).clusterId;
  }
}

/** A topic whose replicas are where the script wants them; waits until the node knows it. */
export async function placedTopic(
  peer: Peer,
  name: string,
  assignments: readonly (readonly number[])[],
  configs: Readonly<Record<string, string>> = {},
): Promise<{ readonly name: string; readonly id: string }> {
  const unique = peer.unique(name);
  const { topics } = await peer.quietly(createTopics, 7, {
    topics: [
      {
        name: unique,
        numPartitions: -1,
        replicationFactor: -1,
        assignments: assignments.map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds })),
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      },
    ],
    timeoutMs: 10_000,
  });
  if (topics[0]?.errorCode !== 0) throw new Error(`Topic ${unique}: ${topics[0]?.errorMessage}`);
  await knows(peer, unique);
  return { name: unique, id: topics[0].topicId };
}

/** Who leads, who is in sync, who is eligible, as the node says once it knows everything there is. */
export async function partitionsOf(peer: Peer, topic: string) {
  await placedTopic(peer, `barrier-${peer.steps.length}`, [[1]]);
  const { topics } = await peer.quietly(describeTopicPartitions, 0, {
    topics: [{ name: topic }],
    responsePartitionLimit: 100,
    cursor: null,
  });
  return topics[0]!.partitions.map((partition) => ({
    leader: partition.leaderId,
    leaderEpoch: partition.leaderEpoch,
    replicas: partition.replicaNodes,
    isr: partition.isrNodes,
    eligible: partition.eligibleLeaderReplicas,
    lastKnown: partition.lastKnownElr,
    offline: partition.offlineReplicas,
  }));
}

async function knows(peer: Peer, topic: string): Promise<void> {
  await peer.settled(
    () => peer.quietly(metadata, 12, { topics: [{ name: topic }], allowAutoTopicCreation: false }),
    ({ topics }) => topics[0]!.errorCode === 0 && topics[0]!.partitions.length > 0,
  );
}

function uuid(text: string): string {
  return Buffer.alloc(16, text.padEnd(16, '.')).toString('base64url');
}
