import { ErrorCode } from '@millrace/protocol';
import {
  InitProducerIdRequest,
  InitProducerIdResponse,
  type InitProducerIdRequestInput,
} from '@millrace/protocol/messages/init-producer-id';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { TestBroker } from '../testing/test-broker.ts';

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
      'a transactional producer, which this version does not serve',
      { transactionalId: 't' },
      'UNSUPPORTED_VERSION',
    ],
  ] as const)('refuses %s', async (_what, message, error) => {
    await using server = await TestBroker.start();
    const response = await init(await server.connect(), 5, message);
    expect(response).toMatchObject({ errorCode: ErrorCode[error], producerId: -1, producerEpoch: -1 });
  });
});
