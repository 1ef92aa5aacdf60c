import { resourceKey, type Admin } from '@millrace/client';
import type { Logger } from '@millrace/host';
import { SchemasTopicError } from '../errors.ts';

export interface SchemasTopicOptions {
  readonly topic: string;
  /** What is wished for; fewer brokers mean fewer replicas. */
  readonly replicationFactor: number;
  readonly skipsValidation: boolean;
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/**
 * Creates the topic that schemas are kept in, or checks the one that exists.
 * @throws SchemasTopicError, and what Admin throws
 */
export async function ensureSchemasTopic(admin: Admin, options: SchemasTopicOptions): Promise<void> {
  const { topic, replicationFactor: wanted, timeoutMs, logger } = options;
  const topics = await admin.listTopics({ timeoutMs });
  if (topics.some(({ name }) => name === topic)) return checkTopic(admin, options);
  const { brokers } = await admin.describeCluster({ timeoutMs });
  const replicationFactor = Math.min(brokers.length, wanted);
  if (replicationFactor < wanted) {
    logger.warn('the schemas topic gets fewer replicas than wished for', {
      topic,
      replicationFactor,
      wanted,
    });
  }
  const configs = { 'cleanup.policy': 'compact' };
  try {
    await admin.createTopics([{ name: topic, partitions: 1, replicationFactor, configs }], { timeoutMs });
  } catch (error) {
    // Another instance may have been faster.
    if (!isAlreadyThere(error)) throw error;
    await checkTopic(admin, options);
  }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'TOPIC_ALREADY_EXISTS';
}

async function checkTopic(
  admin: Admin,
  { topic, skipsValidation, timeoutMs }: SchemasTopicOptions,
): Promise<void> {
  if (skipsValidation) return;
  const described = await admin.describeTopics([topic], { timeoutMs });
  const partitions = described.get(topic)?.partitions.length ?? 0;
  if (partitions !== 1) {
    throw new SchemasTopicError(topic, `has ${partitions} partitions; schemas need one, to keep their order`);
  }
  const resource = { type: 'topic', name: topic } as const;
  const configs = await admin.describeConfigs([resource], { timeoutMs });
  const policy = configs.get(resourceKey(resource))?.get('cleanup.policy')?.value;
  if (policy !== 'compact') {
    throw new SchemasTopicError(
      topic,
      `has cleanup.policy=${policy}; only "compact" keeps schemas for good, alter the topic`,
    );
  }
}
