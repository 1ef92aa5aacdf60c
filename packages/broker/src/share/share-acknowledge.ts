import { ErrorCode, KafkaError } from '@millrace/protocol';
import { requireAllowed } from '../apis/access.ts';
import type { RequestContext } from '../apis/handler.ts';
import { toKafkaError } from '../apis/to-kafka-error.ts';
import { checkAcknowledgements, type AcknowledgementBatch } from './partition/acknowledgement.ts';
import type { SessionPartition } from './session/share-session.ts';

/** What a member says of records of one partition. */
export interface PartitionAcknowledgement extends SessionPartition {
  readonly batches: readonly AcknowledgementBatch[];
}

/** How it went. */
export interface Acknowledged extends SessionPartition {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/** Carries out acknowledgements; each partition for itself. Never rejects. */
export function acknowledgeAll(
  member: { readonly groupId: string; readonly memberId: string; readonly isRenewAck: boolean },
  acknowledgements: readonly PartitionAcknowledgement[],
  context: RequestContext,
): Promise<Acknowledged[]> {
  const { groupId, memberId, isRenewAck } = member;
  return Promise.all(
    acknowledgements.map(async ({ topicId, index, batches }): Promise<Acknowledged> => {
      try {
        checkAcknowledgements(batches, { renew: isRenewAck });
        checkExists(context, topicId, index);
        const led = context.broker.shares.find({ groupId, topicId, partition: index });
        if (led === undefined) throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', NOT_HOSTED_TEXT);
        await led.acknowledge(memberId, batches);
        return { topicId, index, errorCode: ErrorCode.NONE, errorMessage: null };
      } catch (error) {
        const { errorCode, message } = toKafkaError(error);
        return { topicId, index, errorCode, errorMessage: message === '' ? null : message };
      }
    }),
  );
}

export const NOT_HOSTED_TEXT = 'This server does not host this topic-partition.';

function checkExists(context: RequestContext, topicId: string, index: number): void {
  const topic = context.broker.image.topics.byId.get(topicId);
  if (topic === undefined) throw new KafkaError('UNKNOWN_TOPIC_ID', '');
  requireAllowed(context, 'READ', 'TOPIC', topic.name);
  if (topic.partitions[index] === undefined) throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', '');
}
