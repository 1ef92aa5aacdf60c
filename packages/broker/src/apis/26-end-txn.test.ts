import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

async function start(server: TestBroker): Promise<TransactionClient> {
  const client = await TransactionClient.start(server, 't');
  await client.createTopic('orders');
  await client.init();
  return client;
}

/** Until the markers are written, which EndTxn does not wait for. */
async function produceWhenReady(client: TransactionClient, value: string, version: number, sequence = 0) {
  for (;;) {
    if (version < 12) await client.add('orders', [0]);
    const errorCode = await client.produce('orders', value, sequence, { version });
    if (errorCode === ErrorCode.NONE) return;
  }
}

describe('EndTxn', () => {
  it('lets readers see a committed transaction, and never an aborted one', async () => {
    await using server = await TestBroker.start();
    const client = await start(server);
    await produceWhenReady(client, 'aborted', 12);
    expect(await client.readCommitted('orders')).toEqual({ values: [], lastStableOffset: 0 });
    expect(await client.end(false)).toMatchObject({ errorCode: 0, producerEpoch: 1 });
    await produceWhenReady(client, 'committed', 12);
    expect(await client.end(true)).toMatchObject({ errorCode: 0, producerEpoch: 2 });
    await expect
      .poll(() => client.readCommitted('orders'))
      .toEqual({ values: ['committed'], lastStableOffset: 4 });
  });

  it('of the second generation never touches the next transaction when it comes late', async () => {
    await using server = await TestBroker.start();
    const client = await start(server);
    await produceWhenReady(client, 'one', 12);
    const before = client.producer;
    await client.end(true);
    await produceWhenReady(client, 'two', 12);
    for (const committed of [true, false]) {
      expect((await client.end(committed, 5, before)).errorCode).toBe(ErrorCode.PRODUCER_FENCED);
    }
    expect((await client.readCommitted('orders')).values).toEqual(['one']);
    expect((await client.end(true)).errorCode).toBe(ErrorCode.NONE);
    await expect.poll(async () => (await client.readCommitted('orders')).values).toEqual(['one', 'two']);
  });

  it('of the second generation fences records that come late', async () => {
    await using server = await TestBroker.start();
    const client = await start(server);
    await produceWhenReady(client, 'one', 12);
    const producer = client.producer;
    await client.end(true);
    await expect.poll(async () => (await client.readCommitted('orders')).values).toEqual(['one']);
    expect(await client.produce('orders', 'late', 1, { producer })).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  });

  it('of the first generation refuses what contradicts the end before, until the next transaction begins', async () => {
    await using server = await TestBroker.start();
    const client = await start(server);
    await produceWhenReady(client, 'one', 11);
    expect((await client.end(true, 4)).errorCode).toBe(ErrorCode.NONE);
    await expect.poll(async () => (await client.end(true, 4)).errorCode).toBe(ErrorCode.NONE);
    expect((await client.end(false, 4)).errorCode).toBe(ErrorCode.INVALID_TXN_STATE);
    await produceWhenReady(client, 'two', 11, 1);
    // The epoch is the same, so nothing tells the late abort from one that is meant. That is why there is a second one.
    expect((await client.end(false, 4)).errorCode).toBe(ErrorCode.NONE);
    await expect.poll(async () => (await client.readCommitted('orders')).lastStableOffset).toBe(4);
    expect((await client.readCommitted('orders')).values).toEqual(['one']);
  });
});
