import { ZERO_UUID } from '@millrace/protocol';
import {
  ProduceRequest,
  ProduceResponse,
  type ProduceRequestInput,
} from '@millrace/protocol/messages/produce';
import { defineApi } from '../cluster/api.ts';
import type { MetadataCache } from '../cluster/metadata-cache.ts';
import type { ProducerBatch } from './producer-batch.ts';
import type { ProducerSettings } from './producer-settings.ts';

export const PRODUCE = defineApi(ProduceRequest, ProduceResponse);

export type PartitionAnswer = ProduceResponse['responses'][number]['partitionResponses'][number];

/** The last version of the first generation of transactions (KIP-890). */
export const LAST_VERSION_WITHOUT_EPOCH_BUMP = 11;

/** The last version that names topics; later ones carry ids alone. */
export const LAST_VERSION_WITH_NAMES = 12;

/** A request for one broker: one batch per partition. */
export function produceMessage(
  batches: readonly ProducerBatch[],
  metadata: MetadataCache,
  settings: ProducerSettings,
): ProduceRequestInput {
  const topics = new Map<string, { index: number; records: Buffer }[]>();
  for (const batch of batches) {
    const partition = { index: batch.partition, records: batch.encode() };
    const partitions = topics.get(batch.topic);
    if (partitions === undefined) topics.set(batch.topic, [partition]);
    else partitions.push(partition);
  }
  return {
    transactionalId: settings.transactionalId ?? null,
    acks: settings.acks,
    timeoutMs: settings.requestTimeoutMs,
    topicData: [...topics].map(([name, partitionData]) => ({
      name,
      topicId: metadata.topic(name)?.topicId ?? ZERO_UUID,
      partitionData,
    })),
  };
}

/** Whether all topics have ids, which versions after `LAST_VERSION_WITH_NAMES` need. */
export function haveTopicIds(batches: readonly ProducerBatch[], metadata: MetadataCache): boolean {
  return batches.every(({ topic }) => (metadata.topic(topic)?.topicId ?? ZERO_UUID) !== ZERO_UUID);
}

/**
 * Names by topic id, as the request has them.
 *
 * 1. A batch is sent to a topic. 2. The topic is deleted, and one of the same name created. 3. The metadata is
 * refreshed. 4. The answer comes, with the id of the first topic, which the metadata no longer knows.
 */
export function topicsByIdOf(
  batches: readonly ProducerBatch[],
  metadata: MetadataCache,
): ReadonlyMap<string, string> {
  return new Map(batches.map(({ topic }) => [metadata.topic(topic)?.topicId ?? ZERO_UUID, topic]));
}

/** The part of the answer that is about the batch. Topics go by id where the answer has no names. */
export function answerFor(
  batch: ProducerBatch,
  response: ProduceResponse,
  topicsById: ReadonlyMap<string, string>,
): PartitionAnswer | undefined {
  for (const topic of response.responses) {
    const name = topic.name === '' ? topicsById.get(topic.topicId) : topic.name;
    if (name !== batch.topic) continue;
    const answer = topic.partitionResponses.find(({ index }) => index === batch.partition);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
