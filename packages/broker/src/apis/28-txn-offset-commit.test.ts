import { ErrorCode } from '@millrace/protocol';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

async function start(server: TestBroker): Promise<TransactionClient> {
  const client = await TransactionClient.start(server, 't');
  await client.createTopic('orders');
  await client.init();
  return client;
}

async function commitPlainly(client: TransactionClient, offset: number): Promise<void> {
  const partitions = [
    { partitionIndex: 0, committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: '' },
  ];
  const { topics } = await client.connection.send({
    request: OffsetCommitRequest,
    response: OffsetCommitResponse,
    version: 8,
    message: {
      groupId: 'g',
      generationIdOrMemberEpoch: -1,
      memberId: '',
      topics: [{ name: 'orders', partitions }],
    },
  });
  expect(topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.NONE);
}

const stable = (client: TransactionClient) => client.offsets('g', 'orders', true);

describe('TxnOffsetCommit', () => {
  it('keeps offsets back until the transaction is committed', async () => {
    await using server = await TestBroker.start();
    const client = await start(server);
    expect(await client.commitOffset('g', 'orders', 7)).toBe(ErrorCode.NONE);
    expect(await client.offsets('g', 'orders')).toEqual({ errorCode: 0, offset: -1 });
    expect(await stable(client)).toEqual({ errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT, offset: -1 });
    await client.end(true);
    await expect.poll(() => stable(client)).toEqual({ errorCode: 0, offset: 7 });
  });

  it('forgets offsets of an aborted transaction', async () => {
    await using server = await TestBroker.start();
    const client = await start(server);
    await client.commitOffset('g', 'orders', 7);
    await client.end(false);
    await expect.poll(() => stable(client)).toEqual({ errorCode: 0, offset: -1 });
  });

  it('does not undo a commit that came after it', async () => {
    await using server = await TestBroker.start();
    const client = await start(server);
    await client.commitOffset('g', 'orders', 7);
    await commitPlainly(client, 30);
    await client.end(true);
    await expect.poll(() => stable(client)).toEqual({ errorCode: 0, offset: 30 });
  });

  it('survives a restart of the broker, pending or committed', async () => {
    let host;
    let producer;
    {
      await using server = await TestBroker.start();
      ({ host } = server);
      const client = await start(server);
      await client.commitOffset('g', 'orders', 7);
      ({ producer } = client);
    }
    {
      await using server = await TestBroker.start({}, host);
      const client = await TransactionClient.start(server, 't');
      expect(await stable(client)).toEqual({ errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT, offset: -1 });
      expect((await client.end(true, 5, producer)).errorCode).toBe(ErrorCode.NONE);
      await expect.poll(() => stable(client)).toEqual({ errorCode: 0, offset: 7 });
    }
    await using server = await TestBroker.start({}, host);
    const client = await TransactionClient.start(server, 't');
    expect(await stable(client)).toEqual({ errorCode: 0, offset: 7 });
  });
});
