import { ErrorCode } from '@millrace/protocol';
import type {
  StreamsGroupDescribeResponseAssignment,
  StreamsGroupDescribeResponseDescribedGroup,
  StreamsGroupDescribeResponseMember,
  StreamsGroupDescribeResponseTopicInfo,
  StreamsGroupDescribeResponseTopology,
} from '@millrace/protocol/messages/streams-group-describe';
import { NO_AUTHORIZED_OPERATIONS, notFoundText } from '../describe-group.ts';
import type { GroupShard } from '../group-shard.ts';
import type { StreamsGroup } from './streams-group.ts';
import type { StreamsMember } from './streams-member.ts';
import { type Tasks, toTaskIds, withoutEpochs } from './tasks.ts';
import {
  sortedSubtopologies,
  type InternalTopicInfo,
  type StreamsTopology,
} from './topology/streams-topology.ts';

export function describeStreamsGroups(
  shard: GroupShard,
  groupIds: readonly string[],
): StreamsGroupDescribeResponseDescribedGroup[] {
  return groupIds.map((groupId) => {
    const group = shard.streamsGroups.get(groupId);
    if (group !== undefined) return describeGroup(group);
    return describeStreamsError(
      groupId,
      ErrorCode.GROUP_ID_NOT_FOUND,
      notFoundText(shard, groupId, 'streams'),
    );
  });
}

export function describeStreamsError(
  groupId: string,
  errorCode: number,
  errorMessage: string | null = null,
): StreamsGroupDescribeResponseDescribedGroup {
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState: '',
    groupEpoch: 0,
    assignmentEpoch: 0,
    topology: null,
    members: [],
    authorizedOperations: NO_AUTHORIZED_OPERATIONS,
    topologyDescription: null,
    topologyDescriptionStatus: 0,
    assignorName: null,
  };
}

function describeGroup(group: StreamsGroup): StreamsGroupDescribeResponseDescribedGroup {
  return {
    ...describeStreamsError(group.groupId, ErrorCode.NONE),
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.assignmentEpoch,
    topology: describeTopology(group),
    members: [...group.members.values()].map((member) => describeMember(group, member)),
  };
}

/** With the numbers of partitions that were decided, once the application can run. */
function describeTopology({
  topology,
  configured,
}: StreamsGroup): StreamsGroupDescribeResponseTopology | null {
  if (topology === undefined) return null;
  const isReady = configured?.topology === topology && configured.problem === undefined;
  const shown: StreamsTopology =
    isReady && configured.subtopologies !== undefined
      ? { epoch: topology.epoch, subtopologies: [...configured.subtopologies.values()] }
      : topology;
  return {
    epoch: shown.epoch,
    subtopologies: sortedSubtopologies(shown).map((one) => ({
      subtopologyId: one.subtopologyId,
      sourceTopics: one.sourceTopics.toSorted(),
      repartitionSinkTopics: one.repartitionSinkTopics.toSorted(),
      stateChangelogTopics: describeTopics(one.stateChangelogTopics),
      repartitionSourceTopics: describeTopics(one.repartitionSourceTopics),
    })),
  };
}

function describeTopics(topics: readonly InternalTopicInfo[]): StreamsGroupDescribeResponseTopicInfo[] {
  return topics
    .map((topic) => ({ ...topic, topicConfigs: topic.topicConfigs.map((config) => ({ ...config })) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function describeMember(
  group: StreamsGroup,
  { memberId, metadata, current }: StreamsMember,
): StreamsGroupDescribeResponseMember {
  const { active, standby, warmup } = current.assigned;
  return {
    memberId,
    memberEpoch: current.memberEpoch,
    instanceId: null,
    rackId: metadata.rackId,
    clientId: metadata.clientId,
    clientHost: metadata.clientHost,
    topologyEpoch: metadata.topologyEpoch,
    processId: metadata.processId,
    userEndpoint: metadata.userEndpoint,
    clientTags: metadata.clientTags.map((tag) => ({ ...tag })),
    taskOffsets: [],
    taskEndOffsets: [],
    assignment: describeTasks({ active: withoutEpochs(active), standby, warmup }),
    targetAssignment: describeTasks(group.targetOf(memberId)),
    isClassic: false,
  };
}

function describeTasks({ active, standby, warmup }: Tasks): StreamsGroupDescribeResponseAssignment {
  return {
    activeTasks: toTaskIds(active),
    standbyTasks: toTaskIds(standby),
    warmupTasks: toTaskIds(warmup),
  };
}
