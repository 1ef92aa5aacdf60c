import { ErrorCode } from '@millrace/protocol';
import {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '@millrace/protocol/messages/consumer-group-heartbeat';
import { describe, expect, it } from 'vitest';
import { GroupSession, TOPIC } from '../group/testing/group-session.ts';

const joining = {
  memberEpoch: 0,
  rebalanceTimeoutMs: 30_000,
  subscribedTopicNames: [TOPIC],
  topicPartitions: [],
};

function heartbeat(session: GroupSession, version: number, message: object) {
  return session.connection.send({
    request: ConsumerGroupHeartbeatRequest,
    response: ConsumerGroupHeartbeatResponse,
    version,
    message: { groupId: 'g', memberId: 'm', memberEpoch: 0, ...message },
  });
}

describe('ConsumerGroupHeartbeat', () => {
  it.each([0, 1])('joins and is given all partitions, version %i', async (version) => {
    await using session = await GroupSession.open();
    expect(await heartbeat(session, version, joining)).toMatchObject({
      errorCode: ErrorCode.NONE,
      memberId: 'm',
      memberEpoch: 2,
      heartbeatIntervalMs: 5000,
      assignment: { topicPartitions: [{ topicId: session.topicId, partitions: [0, 1, 2] }] },
    });
  });

  it('makes an id as Kafka does for a member of version 0 without one', async () => {
    await using session = await GroupSession.open();
    const { memberId } = await heartbeat(session, 0, { ...joining, memberId: '' });
    expect(memberId).toMatch(/^[\w-]{22}$/);
  });

  it('says what is wrong with a request', async () => {
    await using session = await GroupSession.open();
    expect(await heartbeat(session, 1, { ...joining, rebalanceTimeoutMs: -1 })).toMatchObject({
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: 'RebalanceTimeoutMs must be provided in first request.',
    });
  });

  it('resolves a regular expression against the topics of the cluster', async () => {
    await using session = await GroupSession.open();
    const byRegex = { ...joining, subscribedTopicNames: null, subscribedTopicRegex: 'or.*' };
    const { assignment } = await heartbeat(session, 1, byRegex);
    expect(assignment?.topicPartitions).toMatchObject([{ topicId: session.topicId, partitions: [0, 1, 2] }]);
  });
});
