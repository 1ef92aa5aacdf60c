import { ErrorCode } from '@millrace/protocol';
import {
  DescribeProducersRequest,
  DescribeProducersResponse,
} from '@millrace/protocol/messages/describe-producers';
import { expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

it('DescribeProducers tells who writes to a partition, and where an open transaction began', async () => {
  await using server = await TestBroker.start();
  const client = await TransactionClient.start(server, 't');
  await client.createTopic('orders');
  await client.init();
  await client.produce('orders', 'a', 0);
  const { topics } = await client.connection.send({
    request: DescribeProducersRequest,
    response: DescribeProducersResponse,
    version: 0,
    message: {
      topics: [
        { name: 'orders', partitionIndexes: [0, 4] },
        { name: 'no spaces', partitionIndexes: [0] },
      ],
    },
  });
  expect(topics[1]!.partitions[0]!.errorCode).toBe(ErrorCode.INVALID_TOPIC_EXCEPTION);
  expect(topics[0]!.partitions).toMatchObject([
    {
      partitionIndex: 0,
      errorCode: ErrorCode.NONE,
      activeProducers: [
        {
          producerId: client.producer.producerId,
          producerEpoch: 0,
          lastSequence: 0,
          coordinatorEpoch: -1,
          currentTxnStartOffset: 0,
        },
      ],
    },
    { partitionIndex: 4, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, activeProducers: [] },
  ]);
});
