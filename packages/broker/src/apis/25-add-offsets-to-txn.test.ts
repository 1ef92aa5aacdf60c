import { ErrorCode } from '@millrace/protocol';
import { expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

it('AddOffsetsToTxn makes the offsets of a group part of the transaction', async () => {
  await using server = await TestBroker.start();
  const client = await TransactionClient.start(server, 't');
  await client.createTopic('orders');
  await client.init();
  expect(await client.commitOffset('g', 'orders', 5, 3)).toBe(ErrorCode.INVALID_TXN_STATE);
  expect(await client.addOffsets('g')).toBe(ErrorCode.NONE);
  expect(await client.commitOffset('g', 'orders', 5, 3)).toBe(ErrorCode.NONE);
  await client.end(true, 4);
  await expect.poll(() => client.offsets('g', 'orders', true)).toEqual({ errorCode: 0, offset: 5 });
});
