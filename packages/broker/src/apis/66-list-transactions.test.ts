import { ErrorCode } from '@millrace/protocol';
import {
  ListTransactionsRequest,
  ListTransactionsResponse,
  type ListTransactionsRequestInput,
} from '@millrace/protocol/messages/list-transactions';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

const all: ListTransactionsRequestInput = {
  stateFilters: [],
  producerIdFilters: [],
  durationFilter: -1,
  transactionalIdPattern: null,
};

async function list(client: TransactionClient, filters: Partial<ListTransactionsRequestInput>) {
  const answer = await client.connection.send({
    request: ListTransactionsRequest,
    response: ListTransactionsResponse,
    version: 2,
    message: { ...all, ...filters },
  });
  return {
    ...answer,
    ids: answer.transactionStates.map(({ transactionalId }) => transactionalId).toSorted(),
  };
}

describe('ListTransactions', () => {
  it('lists transactional ids by state, producer and pattern', async () => {
    await using server = await TestBroker.start();
    const idle = await TransactionClient.start(server, 'idle-1');
    const busy = await TransactionClient.start(server, 'busy-1');
    await busy.createTopic('orders');
    await idle.init();
    await busy.init();
    await busy.produce('orders', 'a', 0);
    expect((await list(idle, {})).ids).toEqual(['busy-1', 'idle-1']);
    expect((await list(idle, { stateFilters: ['Ongoing'] })).ids).toEqual(['busy-1']);
    expect((await list(idle, { producerIdFilters: [idle.producer.producerId] })).ids).toEqual(['idle-1']);
    expect((await list(idle, { transactionalIdPattern: 'idle.*' })).ids).toEqual(['idle-1']);
    expect((await list(idle, { transactionalIdPattern: 'idle' })).ids).toEqual([]);
    expect((await list(idle, { durationFilter: 3_600_000, stateFilters: ['Ongoing'] })).ids).toEqual([]);
  });

  it('names states it does not know, and refuses patterns that are none', async () => {
    await using server = await TestBroker.start();
    const client = await TransactionClient.start(server, 't');
    await client.init();
    expect(await list(client, { stateFilters: ['Nonsense'] })).toMatchObject({
      unknownStateFilters: ['Nonsense'],
      ids: [],
    });
    const { errorCode } = await list(client, { transactionalIdPattern: '(' });
    expect(errorCode).toBe(ErrorCode.INVALID_REGULAR_EXPRESSION);
  });
});
