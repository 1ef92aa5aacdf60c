import { ErrorCode, KafkaError } from '@millrace/protocol';
import {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
} from '@millrace/protocol/messages/consumer-group-describe';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { TopicPartition } from '../consumer/topic-partition.ts';
import { UnsupportedVersionError } from '../errors.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import {
  describeClassicGroups,
  runGroups,
  type GroupDescription,
  type GroupMemberDescription,
} from './group-operations.ts';
import type { Route } from './run-items.ts';

const CONSUMER_GROUP_DESCRIBE = defineApi(ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse);

/** The `memberType` of a member that speaks the classic protocol; -1 from brokers that do not tell. */
const CLASSIC_MEMBER = 0;

/** One of its members. */
export interface ConsumerGroupMemberDescription extends GroupMemberDescription {
  readonly rackId: string | null;
  /** What the member has been moved to; -1 in classic groups. */
  readonly memberEpoch: number;
  /** What it is to have once the group has come to rest; in classic groups the same as `assignment`. */
  readonly targetAssignment: readonly TopicPartition[];
  /** Names it subscribes; empty in classic groups, which keep them to themselves. */
  readonly subscribedTopics: readonly string[];
  /** The expression it subscribes; '' for none. */
  readonly subscribedTopicRegex: string;
  /** Speaks the classic protocol. */
  readonly isClassic: boolean;
}

/** A group of consumers, whichever protocol it speaks. */
export interface ConsumerGroupDescription {
  readonly groupId: string;
  /** Who assigns: the members (`classic`), or the broker (`consumer`, KIP-848). */
  readonly type: 'classic' | 'consumer';
  /** Kafka's name, for example `Stable`; `Assigning` and `Reconciling` in groups of type `consumer` only. */
  readonly state: string;
  /** The assignor in use, for example `uniform` or `range`. */
  readonly assignor: string;
  /** -1 in classic groups. */
  readonly groupEpoch: number;
  /** Epoch of the group that the target assignment was computed for; -1 in classic groups. */
  readonly assignmentEpoch: number;
  readonly members: readonly ConsumerGroupMemberDescription[];
}

type GroupAnswer = ConsumerGroupDescribeResponse['groups'][number];

/** Groups of consumers, whichever protocol they speak. One that does not exist fails with GROUP_ID_NOT_FOUND. */
export function describeConsumerGroups(
  context: AdminContext,
  groupIds: readonly string[],
  options: AdminCallOptions,
): Promise<Map<string, ConsumerGroupDescription>> {
  return runGroups(context, 'describeConsumerGroups', groupIds, options, async (route) => {
    const described = await describeNewGroups(context, route);
    const others = route.items.filter((groupId) => isOfOtherKind(described.get(groupId)));
    if (others.length === 0) return described;
    const classic = await describeClassicGroups(context, { ...route, items: others });
    for (const [groupId, outcome] of classic) described.set(groupId, classicOutcome(outcome));
    return described;
  });
}

/** Nothing for brokers that know no groups but classic ones. */
async function describeNewGroups(
  { cluster }: AdminContext,
  { to, items }: Route<string>,
): Promise<Map<string, ConsumerGroupDescription | Error>> {
  const message = { groupIds: [...items], includeAuthorizedOperations: false };
  try {
    const { response } = await cluster.send({ to, api: CONSUMER_GROUP_DESCRIBE, message });
    return new Map(response.groups.map((group) => [group.groupId, description(group)]));
  } catch (error) {
    if (error instanceof UnsupportedVersionError) return new Map();
    throw error;
  }
}

function isOfOtherKind(outcome: ConsumerGroupDescription | Error | undefined): boolean {
  if (outcome === undefined) return true;
  if (!(outcome instanceof KafkaError)) return false;
  return (
    outcome.errorCode === ErrorCode.GROUP_ID_NOT_FOUND || outcome.errorCode === ErrorCode.UNSUPPORTED_VERSION
  );
}

function description(group: GroupAnswer): ConsumerGroupDescription | Error {
  const { groupId, errorCode, errorMessage, groupState: state, assignorName: assignor } = group;
  if (errorCode !== ErrorCode.NONE)
    return kafkaFailure(errorCode, `Describing group "${groupId}"`, errorMessage);
  const { groupEpoch, assignmentEpoch } = group;
  const members = group.members.map(memberDescription);
  return { groupId, type: 'consumer', state, assignor, groupEpoch, assignmentEpoch, members };
}

function memberDescription(member: GroupAnswer['members'][number]): ConsumerGroupMemberDescription {
  return {
    memberId: member.memberId,
    groupInstanceId: member.instanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    rackId: member.rackId,
    memberEpoch: member.memberEpoch,
    assignment: partitionsOf(member.assignment),
    targetAssignment: partitionsOf(member.targetAssignment),
    subscribedTopics: member.subscribedTopicNames,
    subscribedTopicRegex: member.subscribedTopicRegex ?? '',
    isClassic: member.memberType === CLASSIC_MEMBER,
  };
}

function partitionsOf({ topicPartitions }: GroupAnswer['members'][number]['assignment']): TopicPartition[] {
  return topicPartitions.flatMap(({ topicName, partitions }) =>
    partitions.map((partition) => ({ topic: topicName, partition })),
  );
}

function classicOutcome(outcome: GroupDescription | Error): ConsumerGroupDescription | Error {
  if (outcome instanceof Error) return outcome;
  const { groupId, state, protocol: assignor } = outcome;
  const members = outcome.members.map((member) => ({
    ...member,
    rackId: null,
    memberEpoch: -1,
    targetAssignment: member.assignment,
    subscribedTopics: [],
    subscribedTopicRegex: '',
    isClassic: true,
  }));
  return { groupId, type: 'classic', state, assignor, groupEpoch: -1, assignmentEpoch: -1, members };
}
