import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { AlterPartitionRequest, AlterPartitionResponse } from '@millrace/protocol/messages/alter-partition';
import { describe, expect, it } from 'vitest';
import { askController } from '../testing/ask-controller.ts';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const alterPartition = { request: AlterPartitionRequest, response: AlterPartitionResponse };

describe('AlterPartition', () => {
  it.each([2, 3])('answers a leader with the state of its partitions, in version %i', async (version) => {
    await using server = await TestBroker.start();
    await createTopic(await server.connect(), 'orders');
    const { image, nodeId } = server.broker;
    const { id: topicId, partitions } = image.topics.byName.get('orders')!;
    const { leaderEpoch, partitionEpoch } = partitions[0]!;
    const brokerEpoch = image.brokers.get(nodeId)!.epoch;
    const isr =
      version === 2 ? { newIsr: [nodeId] } : { newIsrWithEpochs: [{ brokerId: nodeId, brokerEpoch }] };
    const proposal = {
      leaderEpoch,
      partitionEpoch,
      leaderRecoveryState: 0,
      newIsr: [],
      newIsrWithEpochs: [],
      ...isr,
    };
    const { errorCode, topics } = await askController(
      server,
      alterPartition,
      {
        brokerId: nodeId,
        brokerEpoch,
        topics: [
          { topicId, partitions: [{ partitionIndex: 0, ...proposal }] },
          { topicId: ZERO_UUID, partitions: [{ partitionIndex: 4, ...proposal }] },
        ],
      },
      version,
    );
    expect(errorCode).toBe(ErrorCode.NONE);
    expect(topics).toMatchObject([
      {
        topicId,
        partitions: [
          { partitionIndex: 0, errorCode: ErrorCode.NONE, leaderId: nodeId, isr: [nodeId], partitionEpoch },
        ],
      },
      { topicId: ZERO_UUID, partitions: [{ partitionIndex: 4, errorCode: ErrorCode.UNKNOWN_TOPIC_ID }] },
    ]);
  });

  it('is refused as a whole to a former incarnation', async () => {
    await using server = await TestBroker.start();
    const { errorCode } = await askController(server, alterPartition, { brokerId: 1, brokerEpoch: 999 });
    expect(errorCode).toBe(ErrorCode.STALE_BROKER_EPOCH);
  });
});
