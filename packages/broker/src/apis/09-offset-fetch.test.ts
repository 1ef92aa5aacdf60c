import { ErrorCode } from '@millrace/protocol';
import { DeleteTopicsRequest, DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import { describe, expect, it } from 'vitest';
import { GroupSession, TOPIC } from '../group/testing/group-session.ts';
import { TestBroker } from '../testing/test-broker.ts';

const api = { request: OffsetFetchRequest, response: OffsetFetchResponse };
const committed = {
  partitionIndex: 0,
  committedOffset: 5,
  committedLeaderEpoch: -1,
  metadata: 'note',
  errorCode: 0,
};
const nothing = {
  partitionIndex: 1,
  committedOffset: -1,
  committedLeaderEpoch: -1,
  metadata: '',
  errorCode: 0,
};

describe('OffsetFetch', () => {
  it('tells of named partitions, in every version up to 9', async () => {
    await using session = await GroupSession.open();
    await session.commit(5);
    for (let version = 1; version <= 9; version++) {
      const topics = [{ name: TOPIC, partitionIndexes: [0, 1] }];
      const message = version < 8 ? { groupId: 'g', topics } : { groups: [{ groupId: 'g', topics }] };
      const answer = await session.connection.send({ ...api, version, message });
      const found = version < 8 ? answer.topics : answer.groups[0]!.topics;
      expect(found, `version ${version}`).toMatchObject([{ name: TOPIC, partitions: [committed, nothing] }]);
    }
  });

  it('tells of topics by id in version 10', async () => {
    await using session = await GroupSession.open();
    await session.commit(5);
    const unknown = 'dGhpcy1pcy1uby10b3BpYw';
    const topics = [
      { topicId: unknown, partitionIndexes: [0] },
      { topicId: session.topicId, partitionIndexes: [0] },
    ];
    const message = { groups: [{ groupId: 'g', topics }] };
    const { groups } = await session.connection.send({ ...api, version: 10, message });
    expect(groups[0]!.topics).toMatchObject([
      { topicId: session.topicId, partitions: [committed] },
      { topicId: unknown, partitions: [{ committedOffset: -1, errorCode: ErrorCode.UNKNOWN_TOPIC_ID }] },
    ]);
  });

  it.each([2, 7, 8, 9, 10])(
    'tells of all offsets of a group when asked for null, in version %i',
    async (version) => {
      await using session = await GroupSession.open();
      await session.commit(5);
      const message =
        version < 8 ? { groupId: 'g', topics: null } : { groups: [{ groupId: 'g', topics: null }] };
      const answer = await session.connection.send({ ...api, version, message });
      const topics = version < 8 ? answer.topics : answer.groups[0]!.topics;
      const topic = version < 10 ? { name: TOPIC } : { topicId: session.topicId };
      expect(topics).toMatchObject([{ ...topic, partitions: [committed] }]);
    },
  );

  it('says that nothing is committed for a group that does not exist', async () => {
    await using session = await GroupSession.open();
    const message = { groupId: 'unknown', topics: [{ name: TOPIC, partitionIndexes: [1] }] };
    const answer = await session.connection.send({ ...api, version: 7, message });
    expect(answer).toMatchObject({ errorCode: 0, topics: [{ name: TOPIC, partitions: [nothing] }] });
  });

  it('forgets what was committed for a topic that is gone', async () => {
    await using session = await GroupSession.open();
    await session.commit(5);
    const deletion = { topicNames: [TOPIC], timeoutMs: 1000 };
    const request = {
      request: DeleteTopicsRequest,
      response: DeleteTopicsResponse,
      version: 4,
      message: deletion,
    };
    await session.connection.send(request);
    const message = { groupId: 'g', topics: null };
    expect((await session.connection.send({ ...api, version: 7, message })).topics).toEqual([]);
  });

  it('puts an error where the version has a place for it', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const topics = [{ name: TOPIC, partitionIndexes: [0] }];
    const old = await connection.send({ ...api, version: 1, message: { groupId: 'g', topics } });
    expect(old.topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.NOT_COORDINATOR);
    const middle = await connection.send({ ...api, version: 7, message: { groupId: 'g', topics } });
    expect(middle).toMatchObject({ errorCode: ErrorCode.NOT_COORDINATOR, topics: [] });
    const recent = await connection.send({
      ...api,
      version: 8,
      message: { groups: [{ groupId: 'g', topics }] },
    });
    expect(recent.groups).toMatchObject([{ groupId: 'g', errorCode: ErrorCode.NOT_COORDINATOR }]);
  });
});
