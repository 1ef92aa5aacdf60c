import { ErrorCode } from '@millrace/protocol';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { Simulation } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { RawConnection } from '../testing/raw-connection.ts';
import { authenticate, handshake, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

const metadata = {
  request: MetadataRequest,
  response: MetadataResponse,
  version: 9,
  message: { topics: [] },
};
const alice = '\0alice\0alice';

describe('SaslAuthenticate', () => {
  test.each([0, 1, 2])('lets a peer in, in version %i', async (version) => {
    await using server = await startSecuredBroker();
    const connection = await server.connect();
    await handshake(connection);
    const answer = await authenticate(connection, alice, version);
    expect(answer).toMatchObject({ errorCode: ErrorCode.NONE, errorMessage: null, sessionLifetimeMs: 0 });
    expect((await connection.send(metadata)).brokers).toHaveLength(1);
  });

  test('refuses a wrong password with a word, and closes', async () => {
    await using server = await startSecuredBroker();
    const connection = await server.connect();
    await handshake(connection);
    expect(await authenticate(connection, '\0alice\0guess')).toMatchObject({
      errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED,
      errorMessage: 'Authentication failed: Invalid username or password',
    });
    await connection.closed;
  });

  test.each([
    ['nothing', ''],
    ['no name', '\0\0alice'],
    ['no password', '\0alice\0'],
    ["somebody else's name for what is allowed", 'bob\0alice\0alice'],
    ['too much', '\0alice\0alice\0x'],
  ])('refuses %s', async (_what, token) => {
    await using server = await startSecuredBroker();
    const connection = await server.connect();
    await handshake(connection);
    const { errorCode } = await authenticate(connection, token);
    expect(errorCode).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
  });

  test('serves nothing but ApiVersions before', async () => {
    await using server = await startSecuredBroker();
    const connection = await server.connect();
    const api = {
      request: ApiVersionsRequest,
      response: ApiVersionsResponse,
      version: 0,
      message: {} as never,
    };
    expect((await connection.send(api)).errorCode).toBe(ErrorCode.NONE);
    await expect(connection.send(metadata)).rejects.toThrow('closed');
  });

  test('takes no large request before, and a usual one afterwards', async () => {
    await using server = await startSecuredBroker({ 'sasl.server.max.receive.size': 1000 });
    const offender = await server.connect();
    await handshake(offender);
    await expect(authenticate(offender, Buffer.alloc(2000))).rejects.toThrow('closed');
    const connection = await server.connect();
    await handshake(connection);
    await authenticate(connection, alice);
    const topics = Array.from({ length: 200 }, (_, index) => ({ name: `topic-${index}` }));
    expect((await connection.send({ ...metadata, message: { topics } })).topics).toHaveLength(200);
  });

  test('takes tokens without a Kafka header after SaslHandshake 0', async () => {
    await using server = await startSecuredBroker();
    const connection = await server.connect();
    await handshake(connection, 'PLAIN', 0);
    const token = Buffer.from(alice);
    const size = Buffer.alloc(4);
    size.writeInt32BE(token.length);
    connection.sendBytes(size, token);
    expect(await connection.nextFrame()).toHaveLength(0);
    expect((await connection.send(metadata)).brokers).toHaveLength(1);
  });

  test('needs a handshake first', async () => {
    await using server = await startSecuredBroker();
    expect(await authenticate(await server.connect(), alice)).toMatchObject({
      errorCode: ErrorCode.ILLEGAL_SASL_STATE,
    });
    await using plain = await TestBroker.start();
    expect(await authenticate(await plain.connect(), alice)).toMatchObject({
      errorCode: ErrorCode.ILLEGAL_SASL_STATE,
    });
  });
});

describe('a session of limited length', () => {
  const name = 'SASL_PLAINTEXT://0.0.0.0:9092';
  const properties = {
    listeners: name,
    'advertised.listeners': 'SASL_PLAINTEXT://node:9092',
    'connection.failed.authentication.delay.ms': 100,
  };

  async function inSimulation(
    body: (open: () => Promise<RawConnection>, wait: (ms: number) => Promise<void>) => Promise<void>,
    maxReauthMs = 60_000,
  ) {
    const simulation = new Simulation({ seed: 'sessions' });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const limit = { 'listener.name.sasl_plaintext.connections.max.reauth.ms': String(maxReauthMs) };
      const server = await startSecuredBroker({ ...properties, ...limit }, host);
      const client = simulation.host('client');
      const wait = (ms: number) => new Promise<void>((resolve) => void client.timers.schedule(ms, resolve));
      const open = async () => {
        const connection = await RawConnection.open(client, { host: 'node', port: 9092 });
        await handshake(connection);
        expect(await authenticate(connection, alice)).toMatchObject({
          errorCode: 0,
          sessionLifetimeMs: maxReauthMs,
        });
        return connection;
      };
      await body(open, wait);
      await server[Symbol.asyncDispose]();
    });
  }

  test('ends the connection of a peer that does not authenticate again', () =>
    inSimulation(async (open, wait) => {
      const connection = await open();
      await wait(59_000);
      expect((await connection.send(metadata)).brokers).toHaveLength(1);
      await wait(2000);
      await expect(connection.send(metadata)).rejects.toThrow('closed');
    }));

  test('is renewed on the same connection', () =>
    inSimulation(async (open, wait) => {
      const connection = await open();
      for (let round = 0; round < 3; round++) {
        await wait(55_000);
        await handshake(connection);
        expect(await authenticate(connection, alice)).toMatchObject({
          errorCode: 0,
          sessionLifetimeMs: 60_000,
        });
        expect((await connection.send(metadata)).brokers).toHaveLength(1);
      }
      connection.destroy();
    }));

  test('is the only one that can be renewed', () =>
    inSimulation(async (open, wait) => {
      const connection = await open();
      await wait(5000);
      expect(await handshake(connection)).toMatchObject({ errorCode: ErrorCode.ILLEGAL_SASL_STATE });
      expect((await connection.send(metadata)).brokers).toHaveLength(1);
      connection.destroy();
    }, 0));

  test('cannot become that of somebody else, nor be renewed more than once a second', () =>
    inSimulation(async (open, wait) => {
      // A token may be about to expire when it comes: the first renewal may follow at once.
      const hasty = await open();
      expect(await handshake(hasty)).toMatchObject({ errorCode: ErrorCode.NONE });
      expect(await authenticate(hasty, alice)).toMatchObject({ errorCode: ErrorCode.NONE });
      expect(await handshake(hasty)).toMatchObject({ errorCode: ErrorCode.ILLEGAL_SASL_STATE });
      hasty.destroy();
      const connection = await open();
      await wait(5000);
      await handshake(connection);
      expect(await authenticate(connection, '\0bob\0bob')).toMatchObject({
        errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED,
      });
      await connection.closed;
    }));

  test('answers a failure late, so that guessing takes its time', () =>
    inSimulation(async (open, wait) => {
      const connection = await open();
      await wait(5000);
      await handshake(connection);
      let isAnswered = false;
      const answer = authenticate(connection, '\0alice\0guess').then((value) => {
        isAnswered = true;
        return value;
      });
      await wait(90);
      expect(isAnswered).toBe(false);
      expect((await answer).errorCode).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
    }));
});
