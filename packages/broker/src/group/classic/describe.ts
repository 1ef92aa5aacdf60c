import { ErrorCode } from '@millrace/protocol';
import type {
  DescribeGroupsResponseDescribedGroup,
  DescribeGroupsResponseDescribedGroupMember,
} from '@millrace/protocol/messages/describe-groups';
import type { ListGroupsResponseListedGroup } from '@millrace/protocol/messages/list-groups';
import type { DescribeCall } from '../group-calls.ts';
import { NO_AUTHORIZED_OPERATIONS } from '../describe-group.ts';
import type { GroupShard } from '../group-shard.ts';
import { type ClassicGroup, CONSUMER_PROTOCOL_TYPE } from './classic-group.ts';
import type { ClassicMember } from './classic-member.ts';

/** From this version on an unknown group is an error, before it was a group in state Dead. */
const GROUP_ID_NOT_FOUND_VERSION = 6;
const NO_BYTES = Buffer.alloc(0);

export function describeGroups(
  shard: GroupShard,
  { groupIds, version }: DescribeCall,
): DescribeGroupsResponseDescribedGroup[] {
  return groupIds.map((groupId) => {
    const group = shard.groups.get(groupId);
    if (group === undefined && shard.hasGroup(groupId))
      return describeUnknown(groupId, version, `Group ${groupId} is not a classic group.`);
    if (group === undefined || group.state === 'Dead') return describeUnknown(groupId, version);
    const members = [...group.members.values()].map((member) => describeMember(group, member));
    return {
      ...describedGroup(groupId, group.state),
      protocolType: group.protocolType ?? '',
      protocolData: group.state === 'Stable' ? (group.protocolName ?? '') : '',
      members,
    };
  });
}

export function describeError(groupId: string, errorCode: number): DescribeGroupsResponseDescribedGroup {
  return { ...describedGroup(groupId, ''), errorCode };
}

function describeUnknown(
  groupId: string,
  version: number,
  errorMessage = `Group ${groupId} not found.`,
): DescribeGroupsResponseDescribedGroup {
  const unknown = describedGroup(groupId, 'Dead');
  if (version < GROUP_ID_NOT_FOUND_VERSION) return unknown;
  return { ...unknown, errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage };
}

function describedGroup(groupId: string, groupState: string): DescribeGroupsResponseDescribedGroup {
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    groupId,
    groupState,
    protocolType: '',
    protocolData: '',
    members: [],
    authorizedOperations: NO_AUTHORIZED_OPERATIONS,
  };
}

/** Metadata is shown for stable groups only: before, the protocol it belongs to is not settled. */
function describeMember(
  group: ClassicGroup,
  member: ClassicMember,
): DescribeGroupsResponseDescribedGroupMember {
  const metadata = group.state === 'Stable' ? member.metadataOf(group.protocolName ?? '') : undefined;
  return {
    memberId: member.memberId,
    groupInstanceId: member.instanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    memberMetadata: metadata ?? NO_BYTES,
    memberAssignment: member.assignment,
  };
}

export function listGroups(shard: GroupShard): ListGroupsResponseListedGroup[] {
  const consumerGroups = [...shard.consumerGroups.values()].map(({ groupId, state }) => ({
    groupId,
    protocolType: CONSUMER_PROTOCOL_TYPE,
    groupState: state,
    groupType: 'consumer',
  }));
  const classic = [...shard.groups.values()]
    .filter(({ state }) => state !== 'Dead')
    .map(({ groupId, protocolType, state }) => ({
      groupId,
      protocolType: protocolType ?? '',
      groupState: state,
      groupType: 'classic',
    }));
  const shareGroups = [...shard.shareGroups.values()].map(({ groupId, state }) => ({
    groupId,
    protocolType: 'share',
    groupState: state,
    groupType: 'share',
  }));
  const streamsGroups = [...shard.streamsGroups.values()].map(({ groupId, state }) => ({
    groupId,
    protocolType: 'streams',
    groupState: state,
    groupType: 'streams',
  }));
  return [...classic, ...consumerGroups, ...shareGroups, ...streamsGroups];
}
