import type { Assignor } from '../consumer/assignors/assignor.ts';
import type { ConsumerProperties } from '../consumer/consumer-properties.ts';
import type { RetryOptions } from './kafka-config.ts';
import type { ConnectedSettings } from './layer-context.ts';
import type { PartitionAssigner } from './partition-assigners.ts';

/** Options of `kafka.consumer()`, with kafkajs's names. Times are milliseconds. */
export interface ConsumerConfig {
  groupId: string;
  /** Default: `PartitionAssigners.roundRobin`. */
  partitionAssigners?: PartitionAssigner[];
  /** Default 300000. */
  metadataMaxAge?: number;
  /** Default 30000. */
  sessionTimeout?: number;
  /** How long handlers may take to finish in a rebalance. Default 60000. */
  rebalanceTimeout?: number;
  /** Default 3000. */
  heartbeatInterval?: number;
  /** Default 1048576. */
  maxBytesPerPartition?: number;
  /** Default 1. */
  minBytes?: number;
  /** Default 10485760. */
  maxBytes?: number;
  /** Default 500, where kafkajs has 5000: seeks wait for the request under way. */
  maxWaitTimeInMs?: number;
  retry?: RetryOptions;
  /** Default true. */
  allowAutoTopicCreation?: boolean;
  /** Has no effect: there is one request per broker. */
  maxInFlightRequests?: number | null;
  /** Default false. */
  readUncommitted?: boolean;
  rackId?: string;
}

/** A batch is what one fetch brought of a partition; this only bounds what is decoded at once. */
const MAX_BATCH_MESSAGES = 10_000;

export const defaultRebalanceTimeoutMs = 60_000;

/** @param startsAtBeginning where partitions begin that have no committed offset */
export function consumerProperties(
  config: ConsumerConfig,
  { properties, apiTimeoutMs }: ConnectedSettings,
  assignors: readonly Assignor[],
  startsAtBeginning: boolean,
): ConsumerProperties {
  return {
    ...properties,
    'default.api.timeout.ms': apiTimeoutMs,
    'group.id': config.groupId,
    'enable.auto.commit': false,
    'auto.offset.reset': startsAtBeginning ? 'earliest' : 'latest',
    'isolation.level': config.readUncommitted === true ? 'read_uncommitted' : 'read_committed',
    'partition.assignment.strategy': assignors.map(({ name }) => name),
    'session.timeout.ms': config.sessionTimeout ?? 30_000,
    'heartbeat.interval.ms': config.heartbeatInterval ?? 3000,
    'max.poll.interval.ms': config.rebalanceTimeout ?? defaultRebalanceTimeoutMs,
    'max.poll.records': MAX_BATCH_MESSAGES,
    'max.partition.fetch.bytes': config.maxBytesPerPartition ?? 1_048_576,
    'fetch.min.bytes': config.minBytes ?? 1,
    'fetch.max.bytes': config.maxBytes ?? 10_485_760,
    'fetch.max.wait.ms': config.maxWaitTimeInMs ?? 500,
    'metadata.max.age.ms': config.metadataMaxAge ?? 300_000,
    'client.rack': config.rackId ?? '',
    'allow.auto.create.topics': config.allowAutoTopicCreation ?? true,
  };
}
