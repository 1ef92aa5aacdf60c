import { ErrorCode } from '@millrace/protocol';
import { DeleteGroupsRequest, DeleteGroupsResponse } from '@millrace/protocol/messages/delete-groups';
import { DescribeGroupsRequest, DescribeGroupsResponse } from '@millrace/protocol/messages/describe-groups';
import { LeaveGroupRequest, LeaveGroupResponse } from '@millrace/protocol/messages/leave-group';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { readAssignment } from '../consumer/group/subscription-bytes.ts';
import type { TopicPartition } from '../consumer/topic-partition.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { forgetMovedCoordinator, toCoordinators } from './routes.ts';
import { runItems, type Outcomes, type Route } from './run-items.ts';

const DESCRIBE_GROUPS = defineApi(DescribeGroupsRequest, DescribeGroupsResponse);
const DELETE_GROUPS = defineApi(DeleteGroupsRequest, DeleteGroupsResponse);
const LEAVE_GROUP = defineApi(LeaveGroupRequest, LeaveGroupResponse);

/** Members can be removed by list, and static ones by instance id, from here on. */
const FIRST_LEAVE_VERSION_WITH_MEMBERS = 3;

/** A member of a group. */
export interface GroupMemberDescription {
  readonly memberId: string;
  /** `group.instance.id` of a static member. */
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** Empty for groups other than consumers'. */
  readonly assignment: readonly TopicPartition[];
}

/** A group of the classic protocol. */
export interface GroupDescription {
  readonly groupId: string;
  /** Kafka's name, for example `Stable`. */
  readonly state: string;
  readonly protocolType: string;
  /** The assignor in use, for example `range`; '' without members. */
  readonly protocol: string;
  readonly members: readonly GroupMemberDescription[];
}

/** One member: `memberId`, or `groupInstanceId` for a static one. */
export interface MemberToRemove {
  readonly memberId?: string;
  readonly groupInstanceId?: string;
}

/** For `removeMembersFromGroup()`. */
export interface RemoveMembersOptions extends AdminCallOptions {
  /** Shows in the broker's log (KIP-800). */
  readonly reason?: string;
}

/** A group that does not exist fails with GROUP_ID_NOT_FOUND, also on brokers that call it `Dead`. */
export function describeGroups(
  context: AdminContext,
  groupIds: readonly string[],
  options: AdminCallOptions,
): Promise<Map<string, GroupDescription>> {
  return runGroups(context, 'describeGroups', groupIds, options, (route) =>
    describeClassicGroups(context, route),
  );
}

/** One DescribeGroups request. */
export async function describeClassicGroups(
  { cluster }: AdminContext,
  { to, items }: Route<string>,
): Promise<Map<string, GroupDescription | Error>> {
  const message = { groups: [...items], includeAuthorizedOperations: false };
  const { response } = await cluster.send({ to, api: DESCRIBE_GROUPS, message });
  return new Map(response.groups.map((group) => [group.groupId, description(group)]));
}

/** Only groups without members can be deleted. */
export async function deleteGroups(
  context: AdminContext,
  groupIds: readonly string[],
  options: AdminCallOptions,
): Promise<void> {
  await runGroups(context, 'deleteGroups', groupIds, options, async ({ to, items }) => {
    const message = { groupsNames: [...items] };
    const { response } = await context.cluster.send({ to, api: DELETE_GROUPS, message });
    return new Map(
      response.results.map(({ groupId, errorCode, errorMessage }) => [
        groupId,
        errorCode === ErrorCode.NONE || kafkaFailure(errorCode, `Deleting group "${groupId}"`, errorMessage),
      ]),
    );
  });
}

export async function removeMembersFromGroup(
  context: AdminContext,
  groupId: string,
  members: readonly MemberToRemove[],
  options: RemoveMembersOptions,
): Promise<void> {
  const ask = async (items: readonly MemberToRemove[]): Promise<Outcomes<true>> => {
    const { response } = await context.cluster.send({
      to: { coordinatorOf: { type: 'group', key: groupId } },
      api: LEAVE_GROUP,
      versions: { minVersion: FIRST_LEAVE_VERSION_WITH_MEMBERS },
      message: {
        groupId,
        members: items.map(({ memberId = '', groupInstanceId = null }) => ({
          memberId,
          groupInstanceId,
          reason: options.reason ?? null,
        })),
      },
    });
    if (response.errorCode !== ErrorCode.NONE) {
      throw kafkaFailure(response.errorCode, `Removing members from group "${groupId}"`);
    }
    return new Map(response.members.map((member) => removalOutcome(groupId, member)));
  };
  const plan = { operation: 'removeMembersFromGroup', groupId, items: members, keyOf: memberKey, ask };
  await runGroupItems(context, plan, options);
}

type RemovalAnswer = LeaveGroupResponse['members'][number];

function removalOutcome(groupId: string, member: RemovalAnswer): [string, true | Error] {
  const { memberId, groupInstanceId, errorCode } = member;
  const key = groupInstanceId ?? memberId;
  if (errorCode === ErrorCode.NONE) return [key, true];
  return [key, kafkaFailure(errorCode, `Removing member "${key}" from group "${groupId}"`)];
}

/** One request per group, each to its coordinator; a coordinator that has moved is looked up again. */
export function runGroups<Value>(
  context: AdminContext,
  operation: string,
  groupIds: readonly string[],
  options: AdminCallOptions,
  ask: (route: Route<string>) => Promise<Outcomes<Value>>,
): Promise<Map<string, Value>> {
  const { cluster } = context;
  const plan = {
    operation,
    items: groupIds,
    keyOf: (groupId: string) => groupId,
    route: (open: readonly string[]) => toCoordinators('group', open, (groupId) => groupId),
    ask: async (route: Route<string>) => {
      const outcomes = await ask(route);
      for (const [groupId, outcome] of outcomes) {
        if (outcome instanceof Error) forgetMovedCoordinator(cluster, 'group', groupId, outcome);
      }
      return outcomes;
    },
  };
  return runItems(context, plan, options);
}

/** Several items of one group, in one request to its coordinator. */
export interface GroupItemsPlan<Item, Value> {
  readonly operation: string;
  readonly groupId: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly ask: (items: readonly Item[]) => Promise<Outcomes<Value>>;
}

export function runGroupItems<Item, Value>(
  context: AdminContext,
  { operation, groupId, items, keyOf, ask }: GroupItemsPlan<Item, Value>,
  options: AdminCallOptions,
): Promise<Map<string, Value>> {
  const to = { coordinatorOf: { type: 'group', key: groupId } } as const;
  const plan = {
    operation,
    items,
    keyOf,
    route: (open: readonly Item[]) => [{ to, items: open }],
    ask: async (route: Route<Item>) => {
      try {
        return await ask(route.items);
      } catch (error) {
        forgetMovedCoordinator(context.cluster, 'group', groupId, error as Error);
        throw error;
      }
    },
  };
  return runItems(context, plan, options);
}

type GroupAnswer = DescribeGroupsResponse['groups'][number];

function description(group: GroupAnswer): GroupDescription | Error {
  const { groupId, errorCode, errorMessage, groupState, protocolType, protocolData } = group;
  const subject = `Describing group "${groupId}"`;
  if (errorCode !== ErrorCode.NONE) return kafkaFailure(errorCode, subject, errorMessage);
  if (groupState === 'Dead') return kafkaFailure(ErrorCode.GROUP_ID_NOT_FOUND, subject);
  const members = group.members.map((member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    assignment: protocolType === 'consumer' ? readAssignment(member.memberAssignment) : [],
  }));
  return { groupId, state: groupState, protocolType, protocol: protocolData, members };
}

function memberKey({ memberId = '', groupInstanceId }: MemberToRemove): string {
  return groupInstanceId ?? memberId;
}
