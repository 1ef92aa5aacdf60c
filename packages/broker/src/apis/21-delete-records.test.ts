import { ErrorCode } from '@millrace/protocol';
import { DeleteRecordsRequest, DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

async function deleteBefore(connection: RawConnection, offset: number, version = 2, topic = 'orders') {
  const { topics } = await connection.send({
    request: DeleteRecordsRequest,
    response: DeleteRecordsResponse,
    version,
    message: { timeoutMs: 1000, topics: [{ name: topic, partitions: [{ partitionIndex: 0, offset }] }] },
  });
  return topics[0]!.partitions[0]!;
}

describe('DeleteRecords', () => {
  it.each([0, 2])('moves the log start up, never down, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await append(connection, 'orders', ['a', 'b', 'c']);
    expect(await deleteBefore(connection, 2, version)).toMatchObject({ errorCode: 0, lowWatermark: 2 });
    expect(await deleteBefore(connection, 1, version)).toMatchObject({ errorCode: 0, lowWatermark: 2 });
    expect(await deleteBefore(connection, -1, version)).toMatchObject({ errorCode: 0, lowWatermark: 3 });
  });

  it.each(['__share_group_state', '__consumer_offsets'])(
    'leaves %s to its coordinators, whoever asks',
    async (topic) => {
      await using server = await TestBroker.start({
        'offsets.topic.num.partitions': 1,
        'share.coordinator.state.topic.num.partitions': 1,
      });
      await server.broker.ensureInternalTopic(topic);
      expect(await deleteBefore(await server.connect(), 0, 2, topic)).toEqual({
        partitionIndex: 0,
        lowWatermark: -1,
        errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION,
      });
    },
  );

  it('refuses offsets beyond the end, unknown topics, and topics that are only compacted', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await createTopic(connection, 'table', { configs: { 'cleanup.policy': 'compact' } });
    const refused = { lowWatermark: -1 };
    expect(await deleteBefore(connection, 1)).toMatchObject({
      ...refused,
      errorCode: ErrorCode.OFFSET_OUT_OF_RANGE,
    });
    expect(await deleteBefore(connection, 0, 2, 'nothing')).toMatchObject({
      ...refused,
      errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    });
    expect(await deleteBefore(connection, 0, 2, 'table')).toMatchObject({
      ...refused,
      errorCode: ErrorCode.POLICY_VIOLATION,
    });
  });
});
