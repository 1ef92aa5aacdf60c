import { ErrorCode } from '@millrace/protocol';
import {
  InitProducerIdRequest,
  InitProducerIdResponse,
  type InitProducerIdRequestInput,
} from '@millrace/protocol/messages/init-producer-id';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

function init(connection: RawConnection, version: number, message: Partial<InitProducerIdRequestInput> = {}) {
  return connection.send({
    request: InitProducerIdRequest,
    response: InitProducerIdResponse,
    version,
    message: { transactionalId: null, transactionTimeoutMs: 1000, ...message },
  });
}

describe('InitProducerId', () => {
  it.each([0, 2, 5])('gives an idempotent producer an id of its own, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const first = await init(connection, version);
    const second = await init(connection, version);
    expect(first).toMatchObject({ errorCode: ErrorCode.NONE, producerId: 0, producerEpoch: 0 });
    expect(second.producerId).toBe(1);
  });

  it('never gives an id twice, over blocks, clients and restarts', async () => {
    const ids: number[] = [];
    let host;
    {
      await using server = await TestBroker.start();
      ({ host } = server);
      const connections = await Promise.all([server.connect(), server.connect()]);
      for (let round = 0; round < 600; round++) {
        const answers = await Promise.all(connections.map((connection) => init(connection, 5)));
        ids.push(...answers.map(({ producerId }) => producerId));
      }
    }
    await using server = await TestBroker.start({}, host);
    ids.push((await init(await server.connect(), 5)).producerId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.max(...ids)).toBe(2000);
  });

  it.each([
    ['an empty transactional id', { transactionalId: '' }, 'INVALID_REQUEST'],
    ['an id without its epoch', { producerId: 3 }, 'INVALID_REQUEST'],
    [
      'a transaction without time',
      { transactionalId: 't', transactionTimeoutMs: 0 },
      'INVALID_TRANSACTION_TIMEOUT',
    ],
    [
      'a transaction for too long',
      { transactionalId: 't', transactionTimeoutMs: 900_001 },
      'INVALID_TRANSACTION_TIMEOUT',
    ],
    ['a transactional id before its topic exists', { transactionalId: 't' }, 'NOT_COORDINATOR'],
  ] as const)('refuses %s', async (_what, message, error) => {
    await using server = await TestBroker.start();
    const response = await init(await server.connect(), 5, message);
    expect(response).toMatchObject({ errorCode: ErrorCode[error], producerId: -1, producerEpoch: -1 });
  });

  it('raises the epoch each time, so that whoever had the transactional id before is fenced', async () => {
    await using server = await TestBroker.start();
    const client = await TransactionClient.start(server, 't');
    const first = await client.init(4);
    const second = await client.init(4);
    expect(second).toMatchObject({ producerId: first.producerId, producerEpoch: first.producerEpoch + 1 });
    const stale = { producerId: first.producerId, producerEpoch: first.producerEpoch };
    expect(await client.init(4, stale)).toMatchObject({ errorCode: ErrorCode.PRODUCER_FENCED });
    expect(await client.init(3, stale)).toMatchObject({ errorCode: ErrorCode.INVALID_PRODUCER_EPOCH });
  });
});
