import { ErrorCode } from '@millrace/protocol';
import { LeaveGroupRequest, LeaveGroupResponse } from '@millrace/protocol/messages/leave-group';
import { describe, expect, it } from 'vitest';
import { GroupSession } from '../group/testing/group-session.ts';

const api = { request: LeaveGroupRequest, response: LeaveGroupResponse };

describe('LeaveGroup', () => {
  it.each([0, 1, 2])('takes one member and has one error in version %i', async (version) => {
    await using session = await GroupSession.open();
    const { memberId } = await session.joinAlone();
    const message = { groupId: 'g', memberId };
    expect(await session.connection.send({ ...api, version, message })).toMatchObject({
      errorCode: 0,
      members: [],
    });
    const again = await session.connection.send({ ...api, version, message });
    expect(again).toMatchObject({ errorCode: ErrorCode.UNKNOWN_MEMBER_ID, members: [] });
  });

  it.each([3, 4, 5])('takes several members with an error each in version %i', async (version) => {
    await using session = await GroupSession.open();
    await session.joinAlone({ instanceId: 'i', version: 9 });
    const members = [
      { memberId: '', groupInstanceId: 'i' },
      { memberId: 'stranger', groupInstanceId: null },
    ];
    const answer = await session.connection.send({ ...api, version, message: { groupId: 'g', members } });
    expect(answer).toMatchObject({
      errorCode: 0,
      members: [
        { groupInstanceId: 'i', errorCode: 0 },
        { memberId: 'stranger', errorCode: ErrorCode.UNKNOWN_MEMBER_ID },
      ],
    });
  });
});
