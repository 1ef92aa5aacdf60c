import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { describe, expect, it } from 'vitest';
import { GroupSession, TOPIC } from '../group/testing/group-session.ts';

const api = { request: OffsetCommitRequest, response: OffsetCommitResponse };

function commits(...partitionIndexes: readonly number[]) {
  return partitionIndexes.map((partitionIndex) => ({
    partitionIndex,
    committedOffset: 5,
    committedMetadata: null,
  }));
}

describe('OffsetCommit', () => {
  it('commits by name in every version that has names', async () => {
    await using session = await GroupSession.open();
    for (let version = 2; version <= 9; version++) {
      const message = { groupId: `g${version}`, topics: [{ name: TOPIC, partitions: commits(0, 2) }] };
      const { topics } = await session.connection.send({ ...api, version, message });
      expect(topics, `version ${version}`).toMatchObject([
        {
          name: TOPIC,
          partitions: [
            { partitionIndex: 0, errorCode: 0 },
            { partitionIndex: 2, errorCode: 0 },
          ],
        },
      ]);
    }
  });

  it('commits by id in version 10, and knows unknown ids', async () => {
    await using session = await GroupSession.open();
    const unknown = 'dGhpcy1pcy1uby10b3BpYw';
    const message = {
      groupId: 'g',
      topics: [
        { topicId: session.topicId, partitions: commits(1) },
        { topicId: unknown, partitions: commits(0) },
      ],
    };
    const { topics } = await session.connection.send({ ...api, version: 10, message });
    expect(topics).toMatchObject([
      { topicId: unknown, partitions: [{ partitionIndex: 0, errorCode: ErrorCode.UNKNOWN_TOPIC_ID }] },
      { topicId: session.topicId, partitions: [{ partitionIndex: 1, errorCode: ErrorCode.NONE }] },
    ]);
  });

  it('refuses partitions that do not exist and commits the others', async () => {
    await using session = await GroupSession.open();
    const topics = [
      { name: TOPIC, partitions: commits(0, 3, -1) },
      { name: 'nowhere', partitions: commits(0) },
    ];
    const answer = await session.connection.send({ ...api, version: 2, message: { groupId: 'g', topics } });
    const missing = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    expect(answer.topics).toMatchObject([
      {
        name: TOPIC,
        partitions: [
          { partitionIndex: 3, errorCode: missing },
          { partitionIndex: -1, errorCode: missing },
          { partitionIndex: 0, errorCode: ErrorCode.NONE },
        ],
      },
      { name: 'nowhere', partitions: [{ partitionIndex: 0, errorCode: missing }] },
    ]);
  });

  it('reports an error of the group for each partition', async () => {
    await using session = await GroupSession.open();
    const message = {
      groupId: 'nobody',
      generationIdOrMemberEpoch: 3,
      memberId: 'm',
      topics: [{ name: TOPIC, topicId: ZERO_UUID, partitions: commits(0) }],
    };
    const old = await session.connection.send({ ...api, version: 8, message });
    expect(old.topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.ILLEGAL_GENERATION);
    const recent = await session.connection.send({ ...api, version: 9, message });
    expect(recent.topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  });
});
