import { ErrorCode } from '@millrace/protocol';
import { SyncGroupRequest, SyncGroupResponse } from '@millrace/protocol/messages/sync-group';
import { describe, expect, it } from 'vitest';
import { GroupSession } from '../group/testing/group-session.ts';

const api = { request: SyncGroupRequest, response: SyncGroupResponse };

describe('SyncGroup', () => {
  it.each([0, 1, 2, 3, 4, 5])('hands out the assignment in version %i', async (version) => {
    await using session = await GroupSession.open();
    const { memberId, generationId } = await session.join();
    const assignments = [{ memberId, assignment: Buffer.from('all') }];
    const protocol = version < 5 ? {} : { protocolType: 'consumer', protocolName: 'range' };
    const message = { groupId: 'g', memberId, generationId, assignments, ...protocol };
    const answer = await session.connection.send({ ...api, version, message });
    expect(answer).toMatchObject({ errorCode: 0, assignment: Buffer.from('all') });
    expect(answer.protocolName).toBe(version < 5 ? null : 'range');
  });

  it('refuses another protocol from version 5 on', async () => {
    await using session = await GroupSession.open();
    const { memberId, generationId } = await session.join();
    const message = {
      groupId: 'g',
      memberId,
      generationId,
      protocolName: 'sticky',
      protocolType: 'consumer',
    };
    const answer = await session.connection.send({
      ...api,
      version: 5,
      message: { ...message, assignments: [] },
    });
    expect(answer.errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  });

  it('wants to be told the protocol from version 5 on', async () => {
    await using session = await GroupSession.open();
    const { memberId, generationId } = await session.join();
    const message = { groupId: 'g', memberId, generationId, protocolType: 'consumer', assignments: [] };
    const answer = await session.connection.send({ ...api, version: 5, message });
    expect(answer.errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  });
});
