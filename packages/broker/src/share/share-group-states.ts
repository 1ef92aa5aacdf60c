import { ErrorCode } from '@millrace/protocol';
import type { BrokerServices } from '../broker-services.ts';
import type { TopicPartitionList } from '../group/consumer/topic-partitions.ts';
import { SHARE_STATE_TOPIC } from '../metadata/topic-names.ts';
import type { KeyedShareStateCall, ShareStateError } from './state/share-state-calls.ts';
import type { SharePartitionKey } from './state/share-partition-key.ts';

type Broker = Pick<BrokerServices, 'shares' | 'ensureInternalTopic' | 'logger'>;

/** How the share coordinator answered for one partition. */
export interface StateResult extends ShareStateError {
  readonly topicId: string;
  readonly partition: number;
}

/** A call about one share partition, made of its key. */
export type StateCallOf = (key: SharePartitionKey) => KeyedShareStateCall;

/** Asks the share coordinator about each of these partitions. Never rejects. */
export async function callForStates(
  broker: Broker,
  groupId: string,
  topics: readonly TopicPartitionList[],
  callOf: StateCallOf,
): Promise<StateResult[]> {
  const unavailable = await topicProblem(broker);
  const keys = topics.flatMap(({ topicId, partitions }) =>
    partitions.map((partition) => ({ groupId, topicId, partition })),
  );
  return Promise.all(
    keys.map(async (key): Promise<StateResult> => {
      const { topicId, partition } = key;
      const result = unavailable ?? (await broker.shares.states.call(callOf(key)));
      const { errorCode, errorMessage } = result;
      return { topicId, partition, errorCode, errorMessage };
    }),
  );
}

/** The first group to be causes the topic to be made. */
async function topicProblem(broker: Broker): Promise<ShareStateError | undefined> {
  try {
    await broker.ensureInternalTopic(SHARE_STATE_TOPIC);
    return undefined;
  } catch (cause) {
    broker.logger.warn('Internal topic could not be created', { topic: SHARE_STATE_TOPIC, cause });
    return { errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE, errorMessage: null };
  }
}

/** Partitions by topic, as group records list them. */
export function topicsOf(results: readonly StateResult[]): TopicPartitionList[] {
  return [...Map.groupBy(results, ({ topicId }) => topicId)].map(([topicId, ofTopic]) => ({
    topicId,
    partitions: ofTopic.map(({ partition }) => partition).toSorted((a, b) => a - b),
  }));
}

/** Is this partition ready? */
export function hasSucceeded({ errorCode }: ShareStateError): boolean {
  return errorCode === ErrorCode.NONE;
}
