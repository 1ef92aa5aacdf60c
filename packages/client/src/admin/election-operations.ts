import { ErrorCode } from '@millrace/protocol';
import { ElectLeadersRequest, ElectLeadersResponse } from '@millrace/protocol/messages/elect-leaders';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { structsByTopic } from '../consumer/offsets/by-leader.ts';
import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import { attemptTimeoutMs, type AdminCallOptions, type AdminContext } from './admin-context.ts';
import { ItemsFailedError } from './items-failed-error.ts';
import { retryCall } from './retry-call.ts';

const ELECT_LEADERS = defineApi(ElectLeadersRequest, ElectLeadersResponse);

/**
 * `preferred`: the first replica, if it is in sync. `unclean`: any replica that is alive, where there is no leader;
 * acknowledged records may be lost.
 */
export type ElectionType = 'preferred' | 'unclean';

const electionTypes: Readonly<Record<ElectionType, number>> = { preferred: 0, unclean: 1 };

/** @returns by `topic-partition`, whether the leader changed; false where it is the wanted one already */
export async function electLeaders(
  context: AdminContext,
  type: ElectionType,
  partitions: readonly TopicPartition[] | undefined,
  options: AdminCallOptions,
): Promise<Map<string, boolean>> {
  const timeoutMs = attemptTimeoutMs(context, options);
  const topicPartitions =
    partitions === undefined ? null : structsByTopic(partitions, ({ partition }) => partition);
  const results = await retryCall(context, 'electLeaders', options, async () => {
    const message = { electionType: electionTypes[type], topicPartitions, timeoutMs };
    const { response } = await context.cluster.send({
      to: 'controller',
      api: ELECT_LEADERS,
      timeoutMs,
      message,
    });
    if (response.errorCode !== ErrorCode.NONE) throw kafkaFailure(response.errorCode, 'ElectLeaders');
    return response.replicaElectionResults;
  });
  const elected = new Map<string, boolean>();
  const errors = new Map<string, Error>();
  for (const { topic, partitionResult } of results) {
    for (const { partitionId, errorCode, errorMessage } of partitionResult) {
      const key = partitionKey(topic, partitionId);
      if (errorCode === ErrorCode.NONE) elected.set(key, true);
      else if (errorCode === ErrorCode.ELECTION_NOT_NEEDED) elected.set(key, false);
      else errors.set(key, kafkaFailure(errorCode, `Electing the leader of ${key}`, errorMessage));
    }
  }
  if (errors.size > 0) throw new ItemsFailedError('electLeaders', elected, errors);
  return elected;
}
