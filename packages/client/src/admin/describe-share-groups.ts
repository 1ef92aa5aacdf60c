import { ErrorCode } from '@millrace/protocol';
import {
  ShareGroupDescribeRequest,
  ShareGroupDescribeResponse,
} from '@millrace/protocol/messages/share-group-describe';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { TopicPartition } from '../consumer/topic-partition.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { runGroups } from './group-operations.ts';

const SHARE_GROUP_DESCRIBE = defineApi(ShareGroupDescribeRequest, ShareGroupDescribeResponse);

/** One of its members. */
export interface ShareGroupMemberDescription {
  readonly memberId: string;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rackId: string | null;
  readonly memberEpoch: number;
  readonly subscribedTopics: readonly string[];
  /** What it reads; other members may read the same. */
  readonly assignment: readonly TopicPartition[];
}

/** A share group (KIP-932). */
export interface ShareGroupDescription {
  readonly groupId: string;
  /** Kafka's name: `Stable` or `Empty`. */
  readonly state: string;
  readonly assignor: string;
  readonly groupEpoch: number;
  /** Epoch of the group that the assignment was computed for. */
  readonly assignmentEpoch: number;
  readonly members: readonly ShareGroupMemberDescription[];
}

type GroupAnswer = ShareGroupDescribeResponse['groups'][number];

/** One that does not exist, or is of another kind, fails with GROUP_ID_NOT_FOUND. */
export function describeShareGroups(
  context: AdminContext,
  groupIds: readonly string[],
  options: AdminCallOptions,
): Promise<Map<string, ShareGroupDescription>> {
  return runGroups(context, 'describeShareGroups', groupIds, options, async ({ to, items }) => {
    const message = { groupIds: [...items], includeAuthorizedOperations: false };
    const { response } = await context.cluster.send({ to, api: SHARE_GROUP_DESCRIBE, message });
    return new Map(response.groups.map((group) => [group.groupId, description(group)]));
  });
}

function description(group: GroupAnswer): ShareGroupDescription | Error {
  const { groupId, errorCode, errorMessage, groupState: state, assignorName: assignor } = group;
  if (errorCode !== ErrorCode.NONE)
    return kafkaFailure(errorCode, `Describing share group "${groupId}"`, errorMessage);
  const { groupEpoch, assignmentEpoch } = group;
  const members = group.members.map((member) => ({
    memberId: member.memberId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    rackId: member.rackId,
    memberEpoch: member.memberEpoch,
    subscribedTopics: member.subscribedTopicNames,
    assignment: member.assignment.topicPartitions.flatMap(({ topicName, partitions }) =>
      partitions.map((partition) => ({ topic: topicName, partition })),
    ),
  }));
  return { groupId, state, assignor, groupEpoch, assignmentEpoch, members };
}
