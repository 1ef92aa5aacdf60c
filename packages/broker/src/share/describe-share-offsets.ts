import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import type { DescribeShareGroupOffsetsResponseGroup } from '@millrace/protocol/messages/describe-share-group-offsets';
import type { BrokerServices } from '../broker-services.ts';
import type { StateTopic } from '../group/share/state-partitions.ts';
import { SHARE_STATE_TOPIC } from '../metadata/topic-names.ts';

/** Whose offsets are wanted. */
export interface ShareOffsetsQuery {
  readonly groupId: string;
  /** null for everything the group has read. */
  readonly topics: readonly { readonly topicName: string; readonly partitions: readonly number[] }[] | null;
}

type Broker = Pick<BrokerServices, 'groups' | 'image' | 'shares'>;

const NOT_KNOWN = -1;

/** Where a share group is with each partition, and how many records it has before it. */
export async function describeShareOffsets(
  broker: Broker,
  { groupId, topics }: ShareOffsetsQuery,
): Promise<DescribeShareGroupOffsetsResponseGroup> {
  const known = await broker.groups.call(groupId, { api: 'sharePartitions', groupId });
  const { errorCode, errorMessage } = known;
  if (errorCode !== ErrorCode.NONE) return { groupId, topics: [], errorCode, errorMessage };
  const wanted = topics?.map(({ topicName, partitions }) => ({
    topicId: broker.image.topics.byName.get(topicName)?.id ?? ZERO_UUID,
    topicName,
    partitions,
  }));
  const described = (wanted ?? known.topics).map((topic) => describeTopic(broker, groupId, topic));
  return { groupId, topics: await Promise.all(described), errorCode, errorMessage };
}

async function describeTopic(broker: Broker, groupId: string, topic: StateTopic) {
  const { topicId, topicName, partitions } = topic;
  const described = partitions.map((partition) => describePartition(broker, { groupId, topic, partition }));
  return { topicName, topicId, partitions: await Promise.all(described) };
}

async function describePartition(
  broker: Broker,
  {
    groupId,
    topic,
    partition,
  }: { readonly groupId: string; readonly topic: StateTopic; readonly partition: number },
) {
  const { topicId, topicName } = topic;
  const key = { groupId, topicId, partition };
  const { byName } = broker.image.topics;
  // Before the first share group there is nothing that could be asked, and no group is anywhere.
  const exists = byName.has(SHARE_STATE_TOPIC) && byName.get(topicName)?.partitions[partition] !== undefined;
  const [summary, endOffset] = exists
    ? await Promise.all([
        broker.shares.states.call({ api: 'summary', key }),
        broker.shares.latestOffsets.of(topicName, partition),
      ])
    : [];
  const { startOffset = NOT_KNOWN, leaderEpoch = 0, deliveryCompleteCount = NOT_KNOWN } = summary ?? {};
  const isKnown = startOffset !== NOT_KNOWN && deliveryCompleteCount !== NOT_KNOWN && endOffset !== undefined;
  return {
    partitionIndex: partition,
    startOffset,
    leaderEpoch,
    lag: isKnown ? endOffset - startOffset - deliveryCompleteCount : NOT_KNOWN,
    errorCode: summary?.errorCode ?? ErrorCode.NONE,
    errorMessage: summary?.errorMessage ?? null,
  };
}
