import { ErrorCode } from '@millrace/protocol';
import type {
  ConsumerGroupDescribeResponseAssignment,
  ConsumerGroupDescribeResponseDescribedGroup,
  ConsumerGroupDescribeResponseMember,
} from '@millrace/protocol/messages/consumer-group-describe';
import type { TopicsImage } from '../../metadata/cluster-image.ts';
import { NO_AUTHORIZED_OPERATIONS, notFoundText } from '../describe-group.ts';
import type { GroupShard } from '../group-shard.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerMember } from './consumer-member.ts';
import { assignedToList, toList, type TopicPartitionList } from './topic-partitions.ts';
import { assignorOf } from './update-target.ts';

const CLASSIC_MEMBER = 0;
const CONSUMER_MEMBER = 1;

export function describeConsumerGroups(
  shard: GroupShard,
  groupIds: readonly string[],
): ConsumerGroupDescribeResponseDescribedGroup[] {
  return groupIds.map((groupId) => {
    const group = shard.consumerGroups.get(groupId);
    if (group !== undefined) return describeGroup(shard, group);
    return describeConsumerError(
      groupId,
      ErrorCode.GROUP_ID_NOT_FOUND,
      notFoundText(shard, groupId, 'consumer'),
    );
  });
}

export function describeConsumerError(
  groupId: string,
  errorCode: number,
  errorMessage: string | null = null,
): ConsumerGroupDescribeResponseDescribedGroup {
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState: '',
    groupEpoch: 0,
    assignmentEpoch: 0,
    assignorName: '',
    members: [],
    authorizedOperations: NO_AUTHORIZED_OPERATIONS,
  };
}

function describeGroup(shard: GroupShard, group: ConsumerGroup): ConsumerGroupDescribeResponseDescribedGroup {
  const { topics } = shard.image;
  return {
    ...describeConsumerError(group.groupId, ErrorCode.NONE),
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.assignmentEpoch,
    assignorName: assignorOf(group, shard.properties),
    members: [...group.members.values()].map((member) => describeMember(group, member, topics)),
  };
}

function describeMember(
  group: ConsumerGroup,
  { memberId, metadata, current }: ConsumerMember,
  topics: TopicsImage,
): ConsumerGroupDescribeResponseMember {
  return {
    memberId,
    instanceId: metadata.instanceId,
    rackId: metadata.rackId,
    memberEpoch: current.memberEpoch,
    clientId: metadata.clientId,
    clientHost: metadata.clientHost,
    subscribedTopicNames: [...metadata.topicNames],
    subscribedTopicRegex: metadata.topicRegex,
    assignment: describeAssignment(assignedToList(current.assigned), topics),
    targetAssignment: describeAssignment(toList(group.targetOf(memberId)), topics),
    memberType: metadata.classic === null ? CONSUMER_MEMBER : CLASSIC_MEMBER,
  };
}

/** Topics that were deleted since have no name to be shown by. */
function describeAssignment(
  list: readonly TopicPartitionList[],
  { byId }: TopicsImage,
): ConsumerGroupDescribeResponseAssignment {
  return {
    topicPartitions: list.flatMap(({ topicId, partitions }) => {
      const topicName = byId.get(topicId)?.name;
      return topicName === undefined ? [] : [{ topicId, topicName, partitions: [...partitions] }];
    }),
  };
}
