import { ErrorCode } from '@millrace/protocol';
import {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
} from '@millrace/protocol/messages/describe-transactions';
import { expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

it('DescribeTransactions tells state, producer and partitions of a transactional id', async () => {
  await using server = await TestBroker.start();
  const client = await TransactionClient.start(server, 't');
  await client.createTopic('orders', 3);
  await client.init();
  await client.add('orders', [0, 2]);
  const { transactionStates } = await client.connection.send({
    request: DescribeTransactionsRequest,
    response: DescribeTransactionsResponse,
    version: 0,
    message: { transactionalIds: ['t', 'nobody'] },
  });
  expect(transactionStates).toMatchObject([
    {
      errorCode: ErrorCode.NONE,
      transactionState: 'Ongoing',
      transactionTimeoutMs: 60_000,
      producerId: client.producer.producerId,
      topics: [{ topic: 'orders', partitions: [0, 2] }],
    },
    { errorCode: ErrorCode.TRANSACTIONAL_ID_NOT_FOUND, transactionalId: 'nobody' },
  ]);
});
