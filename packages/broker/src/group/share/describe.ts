import { ErrorCode } from '@millrace/protocol';
import type {
  ShareGroupDescribeResponseDescribedGroup,
  ShareGroupDescribeResponseMember,
} from '@millrace/protocol/messages/share-group-describe';
import type { TopicsImage } from '../../metadata/cluster-image.ts';
import { toList } from '../consumer/topic-partitions.ts';
import { NO_AUTHORIZED_OPERATIONS, notFoundText } from '../describe-group.ts';
import type { GroupShard } from '../group-shard.ts';
import { SIMPLE_ASSIGNOR } from './simple-assignor.ts';
import type { ShareGroup } from './share-group.ts';
import type { ShareMember } from './share-member.ts';

export function describeShareGroups(
  shard: GroupShard,
  groupIds: readonly string[],
): ShareGroupDescribeResponseDescribedGroup[] {
  return groupIds.map((groupId) => {
    const group = shard.shareGroups.get(groupId);
    if (group !== undefined) return describeGroup(group, shard.image.topics);
    return describeShareError(groupId, ErrorCode.GROUP_ID_NOT_FOUND, notFoundText(shard, groupId, 'share'));
  });
}

export function describeShareError(
  groupId: string,
  errorCode: number,
  errorMessage: string | null = null,
): ShareGroupDescribeResponseDescribedGroup {
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

function describeGroup(group: ShareGroup, topics: TopicsImage): ShareGroupDescribeResponseDescribedGroup {
  return {
    ...describeShareError(group.groupId, ErrorCode.NONE),
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.assignmentEpoch,
    assignorName: SIMPLE_ASSIGNOR,
    members: [...group.members.values()].map((member) => describeMember(member, topics)),
  };
}

function describeMember(
  { memberId, metadata, current }: ShareMember,
  { byId }: TopicsImage,
): ShareGroupDescribeResponseMember {
  const { rackId, clientId, clientHost, topicNames } = metadata;
  // Topics that were deleted since have no name to be shown by.
  const topicPartitions = toList(current.partitions).flatMap(({ topicId, partitions }) => {
    const topicName = byId.get(topicId)?.name;
    return topicName === undefined ? [] : [{ topicId, topicName, partitions }];
  });
  return {
    memberId,
    rackId,
    memberEpoch: current.memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames: [...topicNames],
    assignment: { topicPartitions },
  };
}
