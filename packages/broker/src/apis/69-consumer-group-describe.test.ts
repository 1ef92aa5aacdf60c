import { ErrorCode } from '@millrace/protocol';
import {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
} from '@millrace/protocol/messages/consumer-group-describe';
import {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '@millrace/protocol/messages/consumer-group-heartbeat';
import { ListGroupsRequest, ListGroupsResponse } from '@millrace/protocol/messages/list-groups';
import { describe, expect, it } from 'vitest';
import { GroupSession, TOPIC } from '../group/testing/group-session.ts';

async function sessionWithGroup(): Promise<GroupSession> {
  const session = await GroupSession.open();
  await session.connection.send({
    request: ConsumerGroupHeartbeatRequest,
    response: ConsumerGroupHeartbeatResponse,
    version: 1,
    message: {
      groupId: 'new',
      memberId: 'm',
      memberEpoch: 0,
      rebalanceTimeoutMs: 30_000,
      subscribedTopicNames: [TOPIC],
      topicPartitions: [],
    },
  });
  return session;
}

function describeGroups(session: GroupSession, version: number, includeAuthorizedOperations = false) {
  return session.connection.send({
    request: ConsumerGroupDescribeRequest,
    response: ConsumerGroupDescribeResponse,
    version,
    message: { groupIds: ['new', 'g', 'nobody'], includeAuthorizedOperations },
  });
}

describe('ConsumerGroupDescribe', () => {
  it.each([0, 1])('shows members with their assignment and target, version %i', async (version) => {
    await using session = await sessionWithGroup();
    const { groups } = await describeGroups(session, version);
    const assignment = {
      topicPartitions: [{ topicId: session.topicId, topicName: TOPIC, partitions: [0, 1, 2] }],
    };
    expect(groups.find(({ groupId }) => groupId === 'new')).toMatchObject({
      errorCode: ErrorCode.NONE,
      groupState: 'Stable',
      groupEpoch: 2,
      assignmentEpoch: 2,
      assignorName: 'uniform',
      members: [
        {
          memberId: 'm',
          memberEpoch: 2,
          subscribedTopicNames: [TOPIC],
          assignment,
          targetAssignment: assignment,
        },
      ],
    });
  });

  it('does not find groups of the classic protocol, nor groups that are not there', async () => {
    await using session = await sessionWithGroup();
    await session.joinAlone();
    const { groups } = await describeGroups(session, 1);
    const errors = groups.map(({ groupId, errorCode, errorMessage }) => [groupId, errorCode, errorMessage]);
    expect(errors).toContainEqual(['g', ErrorCode.GROUP_ID_NOT_FOUND, 'Group g is not a consumer group.']);
    expect(errors).toContainEqual(['nobody', ErrorCode.GROUP_ID_NOT_FOUND, 'Group nobody not found.']);
  });

  it('tells what one may do with a group when asked to', async () => {
    await using session = await sessionWithGroup();
    const { groups } = await describeGroups(session, 1, true);
    expect(groups.find(({ groupId }) => groupId === 'new')!.authorizedOperations).toBe(3400);
  });

  it('goes with ListGroups, which tells the kind of each group', async () => {
    await using session = await sessionWithGroup();
    await session.joinAlone();
    const list = (typesFilter: string[]) =>
      session.connection.send({
        request: ListGroupsRequest,
        response: ListGroupsResponse,
        version: 5,
        message: { statesFilter: [], typesFilter },
      });
    expect((await list(['Consumer'])).groups).toEqual([
      { groupId: 'new', protocolType: 'consumer', groupState: 'Stable', groupType: 'consumer' },
    ]);
    expect((await list([])).groups.map(({ groupId }) => groupId).toSorted()).toEqual(['g', 'new']);
  });
});
