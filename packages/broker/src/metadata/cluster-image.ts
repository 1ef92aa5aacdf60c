import type { ClientQuotas } from '../quota/client-quota.ts';
import type { Acl } from '../security/acl/acl.ts';
import type { ScramCredential } from '../security/scram/scram-credential.ts';
import type { ScramMechanismName } from '../security/scram/scram-mechanism.ts';

/**
 * The cluster as the metadata log says it is: what replay of `__cluster_metadata-0` has built. Handlers read one image
 * for the length of a request; a new image replaces it as a whole (`ImageBuilder`), so no reader sees half a change.
 */
export interface ClusterImage {
  /** Offset and epoch of the last metadata record applied; -1 before the first. */
  readonly offset: number;
  readonly epoch: number;
  readonly topics: TopicsImage;
  readonly brokers: ReadonlyMap<number, BrokerImage>;
  /** Controllers that have registered, by node id. */
  readonly controllers: ReadonlyMap<number, ControllerImage>;
  /** Overrides by resource. */
  readonly configs: ConfigsImage;
  /** Finalized feature levels by name, for example `metadata.version`. */
  readonly features: ReadonlyMap<string, number>;
  /** The first producer id that no block covers yet. */
  readonly nextProducerId: number;
  readonly scramCredentials: ScramCredentials;
  /** By id. */
  readonly acls: ReadonlyMap<string, Acl>;
  readonly clientQuotas: ClientQuotas;
  /** By token id. They are kept for clusters that come from Apache Kafka; nobody can log in with one here. */
  readonly delegationTokens: ReadonlyMap<string, DelegationToken>;
}

/** By mechanism, by user. */
export type ScramCredentials = ReadonlyMap<ScramMechanismName, ReadonlyMap<string, ScramCredential>>;

export interface TopicsImage {
  readonly byName: ReadonlyMap<string, TopicImage>;
  /** Keyed by the 22-character text of the topic id. */
  readonly byId: ReadonlyMap<string, TopicImage>;
  /** A topic whose metrics would have the same name, see `collisionKey`. */
  nameCollidingWith(name: string): string | undefined;
}

export interface TopicImage {
  readonly name: string;
  readonly id: string;
  /** By partition index; dense. */
  readonly partitions: readonly PartitionImage[];
}

export interface PartitionImage {
  readonly index: number;
  /** During a reassignment: the target, and those that are to go. The first is the preferred leader. */
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
  /** Parts of `replicas`, empty while nothing is reassigned (KIP-455). */
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
  /** Not in sync, but known to have everything below the high watermark (KIP-966). */
  readonly eligibleLeaderReplicas: readonly number[];
  /** The last leader, while neither ISR nor ELR has a member. */
  readonly lastKnownElr: readonly number[];
  /** -1 without a leader. */
  readonly leader: number;
  /** One of `LeaderRecoveryState`. */
  readonly leaderRecoveryState: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  /** Ids of log directories, one for each of `replicas`; `UNASSIGNED_DIRECTORY` where it is not known. */
  readonly directories: readonly string[];
}

/** Kafka's numbers. RECOVERING is a leader that was elected uncleanly and has not said that it is ready. */
export const LeaderRecoveryState = { RECOVERED: 0, RECOVERING: 1 } as const;

/** In the place of a leader's id: there is none. */
export const NO_LEADER = -1;

export interface BrokerImage {
  readonly id: number;
  /** Offset of its RegisterBroker record. */
  readonly epoch: number;
  readonly incarnationId: string;
  readonly isFenced: boolean;
  /** On its way out: leads nothing new, and joins no ISR. */
  readonly inControlledShutdown: boolean;
  readonly rack: string | null;
  /** Levels of features it understands. */
  readonly features: readonly FeatureRange[];
  readonly directoryIds: readonly string[];
  /** Directories that take no new replicas (KIP-1066). */
  readonly cordonedDirectoryIds: readonly string[];
  /** Advertised endpoints by listener name. */
  readonly endpoints: ReadonlyMap<string, RegisteredEndpoint>;
}

/** A controller as it registered itself. */
export interface ControllerImage {
  readonly id: number;
  readonly incarnationId: string;
  readonly features: readonly FeatureRange[];
  readonly endpoints: ReadonlyMap<string, RegisteredEndpoint>;
}

/** A delegation token (KIP-900); times are milliseconds since 1970. */
export interface DelegationToken {
  readonly tokenId: string;
  readonly owner: string;
  readonly requester: string;
  readonly renewers: readonly string[];
  readonly issueTimestamp: number;
  readonly maxTimestamp: number;
  readonly expirationTimestamp: number;
}

/** The levels of a feature that a node understands. */
export interface FeatureRange {
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
}

/** An address of a broker. */
export interface BrokerEndpoint {
  readonly host: string;
  readonly port: number;
}

/** As a broker registers it. */
export interface RegisteredEndpoint extends BrokerEndpoint {
  /** Kafka's number, see `securityProtocols`. */
  readonly securityProtocol: number;
}

/** Kafka's ids of resource types, as DescribeConfigs and ConfigRecord use them. */
export const ConfigResourceType = {
  TOPIC: 2,
  BROKER: 4,
  BROKER_LOGGER: 8,
  CLIENT_METRICS: 16,
  GROUP: 32,
} as const;

/** The overrides of one resource. */
export interface ResourceOverrides {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly overrides: ReadonlyMap<string, string>;
}

export interface ConfigsImage {
  /** The overrides of one resource (cluster-wide broker defaults have the name ''); empty when there are none. */
  of(resourceType: number, resourceName: string): ReadonlyMap<string, string>;
  /** Every resource that has overrides. */
  entries(): Iterable<ResourceOverrides>;
}
