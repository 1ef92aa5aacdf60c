import { ErrorCode } from '@millrace/protocol';
import { DescribeQuorumRequest, DescribeQuorumResponse } from '@millrace/protocol/messages/describe-quorum';
import { describe, expect, it } from 'vitest';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('a node alone', () => {
  it.each([0, 2])('is its own quorum, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const ask = async (topicName: string) => {
      const { topics } = await connection.send({
        request: DescribeQuorumRequest,
        response: DescribeQuorumResponse,
        version,
        message: { topics: [{ topicName, partitions: [{ partitionIndex: 0 }] }] },
      });
      return topics[0]!.partitions[0]!;
    };
    const before = await ask('__cluster_metadata');
    expect(before).toMatchObject({ errorCode: 0, leaderId: 1, currentVoters: [{ replicaId: 1 }] });
    await createTopic(connection, 'orders');
    expect((await ask('__cluster_metadata')).highWatermark).toBeGreaterThan(before.highWatermark);
    expect((await ask('orders')).errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });
});
