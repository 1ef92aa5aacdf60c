import { ErrorCode } from '@millrace/protocol';
import { OffsetDeleteRequest, OffsetDeleteResponse } from '@millrace/protocol/messages/offset-delete';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import { describe, expect, it } from 'vitest';
import { GroupSession, TOPIC } from '../group/testing/group-session.ts';

function remove(session: GroupSession, groupId: string, ...names: readonly string[]) {
  const topics = names.map((name) => ({ name, partitions: [{ partitionIndex: 0 }] }));
  const api = { request: OffsetDeleteRequest, response: OffsetDeleteResponse, version: 0 };
  return session.connection.send({ ...api, message: { groupId, topics } });
}

describe('OffsetDelete', () => {
  it('removes offsets and says which partitions do not exist', async () => {
    await using session = await GroupSession.open();
    await session.commit(5);
    const answer = await remove(session, 'g', TOPIC, 'nowhere');
    expect(answer).toMatchObject({
      errorCode: 0,
      topics: [
        {
          name: 'nowhere',
          partitions: [{ partitionIndex: 0, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION }],
        },
        { name: TOPIC, partitions: [{ partitionIndex: 0, errorCode: ErrorCode.NONE }] },
      ],
    });
    const api = { request: OffsetFetchRequest, response: OffsetFetchResponse, version: 7 };
    const { topics } = await session.connection.send({ ...api, message: { groupId: 'g', topics: null } });
    expect(topics).toEqual([]);
  });

  it('leaves subscribed topics alone', async () => {
    await using session = await GroupSession.open();
    await session.joinAlone();
    const { topics } = await remove(session, 'g', TOPIC);
    expect(topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC);
  });

  it('knows no offsets of an unknown group', async () => {
    await using session = await GroupSession.open();
    expect(await remove(session, 'nobody', TOPIC)).toMatchObject({
      errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
      topics: [],
    });
  });
});
