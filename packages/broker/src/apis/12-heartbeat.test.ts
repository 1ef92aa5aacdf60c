import { ErrorCode } from '@millrace/protocol';
import { HeartbeatRequest, HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import { expect, it } from 'vitest';
import { GroupSession } from '../group/testing/group-session.ts';

it('Heartbeat is heard in every version', async () => {
  await using session = await GroupSession.open();
  const member = await session.joinAlone();
  for (let version = 0; version <= 4; version++) {
    const api = { request: HeartbeatRequest, response: HeartbeatResponse, version };
    const fine = await session.connection.send({ ...api, message: { groupId: 'g', ...member } });
    expect(fine.errorCode, `version ${version}`).toBe(ErrorCode.NONE);
    const stale = await session.connection.send({
      ...api,
      message: { groupId: 'g', ...member, generationId: 0 },
    });
    expect(stale.errorCode).toBe(ErrorCode.ILLEGAL_GENERATION);
  }
});
