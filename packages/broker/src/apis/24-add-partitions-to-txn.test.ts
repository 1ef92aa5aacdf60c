import { ErrorCode } from '@millrace/protocol';
import {
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
} from '@millrace/protocol/messages/add-partitions-to-txn';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

async function start(server: TestBroker): Promise<TransactionClient> {
  const client = await TransactionClient.start(server, 't');
  await client.createTopic('orders', 2);
  await client.init();
  return client;
}

function verify(client: TransactionClient, version: number, partitions: readonly number[]) {
  const topics = [{ name: 'orders', partitions }];
  const transaction = { transactionalId: 't', ...client.producer, verifyOnly: true, topics };
  return client.connection.send({
    request: AddPartitionsToTxnRequest,
    response: AddPartitionsToTxnResponse,
    version,
    message: { transactions: [transaction] },
  });
}

describe('AddPartitionsToTxn', () => {
  it.each([0, 3])('opens the way for records of the transaction, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const client = await start(server);
    expect(await client.produce('orders', 'a', 0, { version: 11 })).toBe(ErrorCode.TRANSACTION_ABORTABLE);
    expect(await client.add('orders', [0], version)).toBe(ErrorCode.NONE);
    expect(await client.produce('orders', 'a', 0, { version: 11 })).toBe(ErrorCode.NONE);
  });

  it('adds nothing when one partition does not exist', async () => {
    await using server = await TestBroker.start();
    const client = await start(server);
    expect(await client.add('orders', [7, 0])).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect(await client.add('orders', [0, 7])).toBe(ErrorCode.OPERATION_NOT_ATTEMPTED);
    expect(await client.produce('orders', 'a', 0, { version: 10 })).toBe(ErrorCode.INVALID_TXN_STATE);
  });

  it.each(['__transaction_state', '__consumer_offsets'])('is not for %s', async (topic) => {
    await using server = await TestBroker.start();
    const client = await start(server);
    expect(await client.add(topic, [0])).toBe(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
  });

  it.each([4, 5])(
    'tells a partition leader what is part of the transaction, in version %i',
    async (version) => {
      await using server = await TestBroker.start();
      const client = await start(server);
      await client.add('orders', [1]);
      const { resultsByTransaction } = await verify(client, version, [0, 1]);
      expect(resultsByTransaction[0]!.topicResults[0]!.resultsByPartition).toMatchObject([
        { partitionIndex: 0, partitionErrorCode: ErrorCode.TRANSACTION_ABORTABLE },
        { partitionIndex: 1, partitionErrorCode: ErrorCode.NONE },
      ]);
    },
  );
});
