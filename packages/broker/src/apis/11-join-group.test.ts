import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { GroupSession } from '../group/testing/group-session.ts';

describe('JoinGroup', () => {
  it.each([0, 1, 2, 3])('lets a member in at once in version %i', async (version) => {
    await using session = await GroupSession.open();
    const { memberId, ...answer } = await session.join({ version });
    expect(memberId).toMatch(/^raw-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(answer).toMatchObject({ errorCode: 0, generationId: 1, protocolName: 'range', leader: memberId });
    expect(answer.members).toHaveLength(1);
  });

  it.each([4, 5, 6, 7, 8, 9])('hands out the member id first in version %i', async (version) => {
    await using session = await GroupSession.open();
    const first = await session.join({ version });
    expect(first).toMatchObject({ errorCode: ErrorCode.MEMBER_ID_REQUIRED, generationId: -1 });
    expect(first.protocolName).toBe(version < 7 ? '' : null);
    const second = await session.join({ version, memberId: first.memberId });
    expect(second).toMatchObject({
      errorCode: 0,
      generationId: 1,
      memberId: first.memberId,
      skipAssignment: false,
    });
    expect(second.protocolType).toBe(version < 7 ? null : 'consumer');
  });

  it('tells a leader that is back under its instance id to leave the assignment alone, from version 9 on', async () => {
    await using session = await GroupSession.open();
    await session.joinAlone({ instanceId: 'i', version: 9 });
    const back = await session.join({ instanceId: 'i', version: 9 });
    expect(back).toMatchObject({
      errorCode: 0,
      generationId: 1,
      leader: back.memberId,
      skipAssignment: true,
    });
    const old = await session.join({ instanceId: 'i', version: 8 });
    expect(old).toMatchObject({ errorCode: 0, generationId: 1, leader: back.memberId });
    expect(old.memberId).not.toBe(back.memberId);
  });
});
