import { ErrorCode } from '@millrace/protocol';
import {
  WriteTxnMarkersRequest,
  WriteTxnMarkersResponse,
} from '@millrace/protocol/messages/write-txn-markers';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

async function startTransaction(server: TestBroker): Promise<TransactionClient> {
  const client = await TransactionClient.start(server, 't');
  await client.createTopic('orders');
  await client.init();
  expect(await client.produce('orders', 'a', 0)).toBe(ErrorCode.NONE);
  return client;
}

async function write(
  client: TransactionClient,
  version: number,
  marker: { readonly producerEpoch: number; readonly coordinatorEpoch?: number; readonly index?: number },
): Promise<number> {
  const { producerEpoch, coordinatorEpoch = 0, index = 0 } = marker;
  const topics = [{ name: 'orders', partitionIndexes: [index] }];
  const { markers } = await client.connection.send({
    request: WriteTxnMarkersRequest,
    response: WriteTxnMarkersResponse,
    version,
    message: {
      markers: [
        {
          producerId: client.producer.producerId,
          producerEpoch,
          transactionResult: true,
          topics,
          coordinatorEpoch,
          ...(version >= 2 ? { transactionVersion: 2 } : {}),
        },
      ],
    },
  });
  return markers[0]!.topics[0]!.partitions[0]!.errorCode;
}

describe('WriteTxnMarkers', () => {
  it.each([
    [1, 0],
    [2, 1],
  ])(
    'ends a transaction on a partition, in version %i, and may be repeated',
    async (version, producerEpoch) => {
      await using server = await TestBroker.start();
      const client = await startTransaction(server);
      expect(await write(client, version, { producerEpoch })).toBe(ErrorCode.NONE);
      expect(await client.readCommitted('orders')).toEqual({ values: ['a'], lastStableOffset: 2 });
      expect(await write(client, version, { producerEpoch })).toBe(ErrorCode.NONE);
    },
  );

  it('refuses a marker of the past where ends raise the epoch', async () => {
    await using server = await TestBroker.start();
    const client = await startTransaction(server);
    expect(await write(client, 2, { producerEpoch: 0 })).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
    expect((await client.readCommitted('orders')).lastStableOffset).toBe(0);
  });

  it('refuses a coordinator that was replaced, and partitions that are not there', async () => {
    await using server = await TestBroker.start();
    const client = await startTransaction(server);
    expect(await write(client, 1, { producerEpoch: 0, coordinatorEpoch: 5 })).toBe(ErrorCode.NONE);
    expect(await write(client, 1, { producerEpoch: 0, coordinatorEpoch: 4 })).toBe(
      ErrorCode.TRANSACTION_COORDINATOR_FENCED,
    );
    expect(await write(client, 1, { producerEpoch: 0, index: 3 })).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });
});
