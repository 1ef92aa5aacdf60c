import { ErrorCode } from '@millrace/protocol';
import { DescribeGroupsRequest, DescribeGroupsResponse } from '@millrace/protocol/messages/describe-groups';
import { describe, expect, it } from 'vitest';
import { GroupSession } from '../group/testing/group-session.ts';

const api = { request: DescribeGroupsRequest, response: DescribeGroupsResponse };

describe('DescribeGroups', () => {
  it.each([0, 1, 2, 3, 4, 5, 6])('shows a stable group and its members in version %i', async (version) => {
    await using session = await GroupSession.open();
    const { memberId } = await session.joinAlone({ instanceId: 'i', version: 9 });
    const { groups } = await session.connection.send({ ...api, version, message: { groups: ['g'] } });
    expect(groups).toMatchObject([
      { groupId: 'g', errorCode: 0, groupState: 'Stable', protocolType: 'consumer', protocolData: 'range' },
    ]);
    expect(groups[0]!.authorizedOperations).toBe(-2147483648);
    expect(groups[0]!.members).toMatchObject([
      {
        memberId,
        groupInstanceId: version < 4 ? null : 'i',
        clientId: 'raw',
        clientHost: '/127.0.0.1',
        memberAssignment: Buffer.from('all'),
      },
    ]);
  });

  it('lists what may be done to a group on demand', async () => {
    await using session = await GroupSession.open();
    await session.commit(1);
    const message = { groups: ['g'], includeAuthorizedOperations: true };
    const { groups } = await session.connection.send({ ...api, version: 3, message });
    expect(groups).toMatchObject([{ groupState: 'Empty', authorizedOperations: 3400 }]);
  });

  it('calls unknown groups dead, and not found from version 6 on', async () => {
    await using session = await GroupSession.open();
    const message = { groups: ['nobody'] };
    const old = await session.connection.send({ ...api, version: 5, message });
    expect(old.groups).toMatchObject([{ errorCode: 0, groupState: 'Dead' }]);
    const recent = await session.connection.send({ ...api, version: 6, message });
    expect(recent.groups).toMatchObject([
      {
        errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
        errorMessage: 'Group nobody not found.',
        groupState: 'Dead',
      },
    ]);
  });
});
