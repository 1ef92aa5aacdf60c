import { KafkaError } from '@millrace/protocol';
import type { AdminContext } from '../admin/admin-context.ts';
import { ItemsFailedError } from '../admin/items-failed-error.ts';
import { createTopics, type NewTopic } from '../admin/topic-operations.ts';
import {
  KafkaJSAggregateError,
  KafkaJSCreateTopicError,
  KafkaJSNonRetriableError,
} from './kafkajs-errors.ts';
import { toKafkaJsError } from './to-kafkajs-error.ts';

export interface ITopicConfig {
  topic: string;
  /** Default: the broker's. */
  numPartitions?: number;
  /** Default: the broker's. */
  replicationFactor?: number;
  replicaAssignment?: { partition: number; replicas: number[] }[];
  configEntries?: { name: string; value: string }[];
}

/** @returns false where some existed, and nothing else is wrong */
export async function createKafkaJsTopics(
  context: AdminContext,
  options: {
    readonly validateOnly?: boolean;
    readonly waitForLeaders?: boolean;
    readonly timeout?: number;
    readonly topics: readonly ITopicConfig[];
  },
): Promise<boolean> {
  const { topics, validateOnly = false, waitForLeaders = true, timeout } = options;
  checkTopics(topics);
  const timeoutMs = timeout === undefined ? {} : { timeoutMs: timeout };
  try {
    await createTopics(context, topics.map(toNewTopic), { validateOnly, waitForLeaders, ...timeoutMs });
    return true;
  } catch (error) {
    if (!(error instanceof ItemsFailedError)) throw error;
    const failures = [...error.errors].map(([topic, failure]) => creationError(topic, failure));
    if (failures.every((failure) => failure.type === 'TOPIC_ALREADY_EXISTS')) return false;
    throw new KafkaJSAggregateError('Topic creation errors', failures);
  }
}

function creationError(topic: string, failure: Error): KafkaJSCreateTopicError {
  const { retriable } = toKafkaJsError(failure) as { retriable?: boolean };
  const details = failure instanceof KafkaError ? { type: failure.code, code: failure.errorCode } : {};
  return new KafkaJSCreateTopicError(failure, { ...details, topic, retriable: retriable ?? false });
}

function toNewTopic(config: ITopicConfig): NewTopic {
  const { topic, numPartitions, replicationFactor, replicaAssignment = [], configEntries = [] } = config;
  const assignments = replicaAssignment
    .toSorted((a, b) => a.partition - b.partition)
    .map(({ replicas }) => replicas);
  return {
    name: topic,
    ...(numPartitions === undefined ? {} : { partitions: numPartitions }),
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
    ...(assignments.length === 0 ? {} : { assignments }),
    configs: Object.fromEntries(configEntries.map(({ name, value }) => [name, value])),
  };
}

function checkTopics(topics: readonly ITopicConfig[]): void {
  if (!Array.isArray(topics))
    throw new KafkaJSNonRetriableError(`Invalid topics array ${JSON.stringify(topics)}`);
  if (topics.some(({ topic }) => typeof topic !== 'string')) {
    throw new KafkaJSNonRetriableError('Invalid topics array, the topic names have to be a valid string');
  }
  if (new Set(topics.map(({ topic }) => topic)).size === topics.length) return;
  throw new KafkaJSNonRetriableError(
    'Invalid topics array, it cannot have multiple entries for the same topic',
  );
}
