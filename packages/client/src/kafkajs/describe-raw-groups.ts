import { DescribeGroupsRequest, DescribeGroupsResponse } from '@millrace/protocol/messages/describe-groups';
import { ErrorCode } from '@millrace/protocol';
import type { AdminContext } from '../admin/admin-context.ts';
import { runGroups } from '../admin/group-operations.ts';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';

const DESCRIBE_GROUPS = defineApi(DescribeGroupsRequest, DescribeGroupsResponse);

export interface MemberDescription {
  clientHost: string;
  clientId: string;
  memberId: string;
  memberAssignment: Buffer;
  memberMetadata: Buffer;
}

export type ConsumerGroupState =
  | 'Unknown'
  | 'PreparingRebalance'
  | 'CompletingRebalance'
  | 'Stable'
  | 'Dead'
  | 'Empty';

export interface GroupDescription {
  groupId: string;
  members: MemberDescription[];
  protocol: string;
  protocolType: string;
  state: ConsumerGroupState;
}

/** Groups with the bytes of their members, which kafkajs hands out as they are. One that does not exist is `Dead`. */
export async function describeRawGroups(
  context: AdminContext,
  groupIds: readonly string[],
): Promise<GroupDescription[]> {
  const found = await runGroups<GroupDescription>(
    context,
    'describeGroups',
    groupIds,
    {},
    async ({ to, items }) => {
      const message = { groups: [...items], includeAuthorizedOperations: false };
      const { response } = await context.cluster.send({ to, api: DESCRIBE_GROUPS, message });
      return new Map(response.groups.map((group) => [group.groupId, outcome(group)]));
    },
  );
  return groupIds.map((groupId) => found.get(groupId)!);
}

function outcome(group: DescribeGroupsResponse['groups'][number]): GroupDescription | Error {
  const { groupId, errorCode, errorMessage, groupState, protocolType, protocolData, members } = group;
  const isKnown = errorCode === ErrorCode.NONE || errorCode === ErrorCode.GROUP_ID_NOT_FOUND;
  if (!isKnown) return kafkaFailure(errorCode, `Describing group "${groupId}"`, errorMessage);
  return {
    groupId,
    protocol: protocolData,
    protocolType,
    state: (errorCode === ErrorCode.NONE ? groupState : 'Dead') as ConsumerGroupState,
    members: members.map(({ clientHost, clientId, memberId, memberAssignment, memberMetadata }) => ({
      clientHost,
      clientId,
      memberId,
      memberAssignment,
      memberMetadata,
    })),
  };
}
