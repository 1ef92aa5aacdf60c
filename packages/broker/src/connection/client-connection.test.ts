import { silentLogger, type Connection, type ConnectionHandlers } from '@millrace/host';
import { ApiKey, buildBatch, ErrorCode } from '@millrace/protocol';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import { describe, expect, it } from 'vitest';
import { ListenerTraffic } from '../metrics/listener-traffic.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { ClientConnection } from './client-connection.ts';
import { RequestDispatcher } from './request-dispatcher.ts';
import { RequestMemory } from './request-memory.ts';

const metadataOfAll = {
  request: MetadataRequest,
  response: MetadataResponse,
  version: 9,
  message: { topics: null },
} as const;

function header(apiKey: number, version: number, bodyBytes = 0): Buffer {
  const frame = Buffer.alloc(4 + 10 + bodyBytes);
  frame.writeInt32BE(10 + bodyBytes, 0);
  frame.writeInt16BE(apiKey, 4);
  frame.writeInt16BE(version, 6);
  frame.writeInt32BE(7, 8);
  frame.writeInt16BE(-1, 12);
  return frame;
}

function produceTo(topic: string, index: number, acks: number) {
  const records = buildBatch([{ timestampMs: 1767225600000, key: null, value: 'value' }]);
  const topicData = [{ name: topic, partitionData: [{ index, records }] }];
  return {
    request: ProduceRequest,
    response: ProduceResponse,
    version: 9,
    message: { acks, timeoutMs: 1000, topicData },
  } as const;
}

async function createTopic(connection: RawConnection, name: string): Promise<void> {
  const topics = [{ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }];
  const { topics: results } = await connection.send({
    request: CreateTopicsRequest,
    response: CreateTopicsResponse,
    version: 5,
    message: { topics, timeoutMs: 1000 },
  });
  expect(results[0]!.errorCode).toBe(ErrorCode.NONE);
}

describe('a peer that sends what is no request', () => {
  const cases: Record<string, Uint8Array> = {
    'an HTTP request': Buffer.from('GET / HTTP/1.1\r\nHost: example\r\n\r\n'),
    'a TLS client hello': Buffer.from('16030100c8010000c403', 'hex'),
    'a huge length': Buffer.from('7fffffff', 'hex'),
    'a negative length': Buffer.from('ffffffff00', 'hex'),
    'an empty frame': Buffer.from('00000000', 'hex'),
    'a frame too short for a header': Buffer.from('00000002000000', 'hex').subarray(0, 6),
    'an API that does not exist': header(999, 0),
    'an API that Kafka removed': header(4, 0),
    'an API for controllers only': header(ApiKey.VOTE, 0),
    'a version from the future': header(ApiKey.PRODUCE, 99),
    'a version from the past': header(ApiKey.FETCH, 0),
    'Produce 0, which is advertised for the sake of older clients only': header(ApiKey.PRODUCE, 0),
    'a body that is cut off': header(ApiKey.METADATA, 1),
    'a body with an impossible count': Buffer.concat([
      header(ApiKey.METADATA, 1, 4).subarray(0, 14),
      Buffer.from('7fffffff', 'hex'),
    ]),
  };

  it.each(Object.entries(cases))(
    'is disconnected and logged once, and disturbs nobody: %s',
    async (_name, bytes) => {
      await using server = await TestBroker.start();
      const bystander = await server.connect();
      await bystander.send(metadataOfAll);
      const offender = await server.connect();
      offender.sendBytes(bytes);
      await offender.closed;
      expect(server.complaints).toHaveLength(1);
      expect(server.complaints[0]!.message).toBe('Connection closed: the peer sent an illegal request');
      await expect(bystander.send(metadataOfAll)).resolves.toMatchObject({ errorCode: ErrorCode.NONE });
    },
  );

  it('is disconnected after connections.max.idle.ms when it stops in the middle of a frame', async () => {
    await using server = await TestBroker.start({ 'connections.max.idle.ms': 60 });
    const connection = await server.connect();
    connection.sendBytes(header(ApiKey.METADATA, 1).subarray(0, 9));
    await connection.closed;
    expect(server.complaints).toEqual([]);
  });
});

describe('ApiVersions', () => {
  it('answers a version from the future in version 0 with its own range', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    connection.sendBytes(header(ApiKey.API_VERSIONS, 127, 20));
    const frame = await connection.nextFrame();
    // correlation id 7, error 35, one API: key 18, versions 0 to 4
    expect(frame.toString('hex')).toBe('00000007002300000001001200000004');
  });

  it('claims Produce 0 and hides nothing that is served', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const { apiKeys } = await connection.send({
      request: ApiVersionsRequest,
      response: ApiVersionsResponse,
      version: 4,
      message: { clientSoftwareName: 'a', clientSoftwareVersion: '1' },
    });
    expect(apiKeys.find(({ apiKey }) => apiKey === ApiKey.PRODUCE)).toMatchObject({
      minVersion: 0,
      maxVersion: 13,
    });
    expect(apiKeys.map(({ apiKey }) => apiKey)).toEqual(
      apiKeys.map(({ apiKey }) => apiKey).toSorted((a, b) => a - b),
    );
  });
});

describe('requests of one connection', () => {
  it('are answered in order, however many are sent at once', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const sent = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? connection.post(produceTo('orders', 0, -1)) : connection.post(metadataOfAll),
    );
    const answered: number[] = [];
    for (const _ of sent) answered.push((await connection.nextFrame()).readInt32BE(0));
    expect(answered).toEqual(sent);
  });

  it('wait behind a long poll of the same connection, and not behind that of another', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const other = await server.connect();
    await createTopic(connection, 'orders');
    const poll = connection.post({
      request: FetchRequest,
      response: FetchResponse,
      version: 11,
      message: {
        maxWaitMs: 60000,
        minBytes: 1,
        topics: [
          { topic: 'orders', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }] },
        ],
      },
    } as const);
    const behind = connection.post(metadataOfAll);
    await other.send(produceTo('orders', 0, 1));
    expect((await connection.nextFrame()).readInt32BE(0)).toBe(poll);
    expect((await connection.nextFrame()).readInt32BE(0)).toBe(behind);
  });

  it('by the hundred in one chunk are served in turns, so that others are not kept waiting', async () => {
    await using server = await TestBroker.start();
    const all = Promise.withResolvers<void>();
    let answers = 0;
    let handlers: ConnectionHandlers | undefined;
    const place = { host: '127.0.0.1', port: 1 };
    const connection: Connection = {
      local: place,
      remote: place,
      tls: undefined,
      bufferedBytes: 0,
      start: (given) => (handlers = given),
      write: () => {
        if (++answers === 100) all.resolve();
        return true;
      },
      pause() {},
      resume() {},
      end() {},
      destroy() {},
    };
    const peer = new ClientConnection({
      id: 1,
      connection,
      listenerName: 'PLAINTEXT',
      securityProtocol: 'PLAINTEXT',
      identity: { principal: 'User:ANONYMOUS', sasl: undefined },
      maxBytesBefore: 1000,
      memory: new RequestMemory(server.host, 0),
      traffic: new ListenerTraffic(),
      dispatcher: new RequestDispatcher(server.broker, server.broker.apis),
      host: server.host,
      logger: silentLogger,
      maxRequestBytes: 1000,
      onClosed() {},
    });
    handlers!.onData(Buffer.concat(Array.from({ length: 100 }, () => header(ApiKey.API_VERSIONS, 0))));
    expect(answers).toBe(16);
    await all.promise;
    expect(peer.idleSinceMs).toBeDefined();
  });

  it('have the memory of their answers given back when nothing is queued any more, not before', async () => {
    await using server = await TestBroker.start();
    let handlers: ConnectionHandlers | undefined;
    const place = { host: '127.0.0.1', port: 1 };
    const connection = {
      local: place,
      remote: place,
      tls: undefined,
      bufferedBytes: 0,
      start: (given: ConnectionHandlers) => (handlers = given),
      write: () => true,
      pause() {},
      resume() {},
      end() {},
      destroy() {},
    };
    const peer = new ClientConnection({
      id: 1,
      connection,
      listenerName: 'PLAINTEXT',
      securityProtocol: 'PLAINTEXT',
      identity: { principal: 'User:ANONYMOUS', sasl: undefined },
      maxBytesBefore: 1000,
      memory: new RequestMemory(server.host, 0),
      traffic: new ListenerTraffic(),
      dispatcher: new RequestDispatcher(server.broker, server.broker.apis),
      host: server.host,
      logger: silentLogger,
      maxRequestBytes: 1000,
      onClosed() {},
    });
    let released = 0;
    peer.info.whenSent(() => released++);
    connection.bufferedBytes = 10;
    handlers!.onData(header(ApiKey.API_VERSIONS, 0));
    handlers!.onData(header(ApiKey.API_VERSIONS, 0));
    handlers!.onDrain();
    expect(released).toBe(0);
    connection.bufferedBytes = 0;
    handlers!.onData(header(ApiKey.API_VERSIONS, 0));
    handlers!.onDrain();
    expect(released).toBe(1);
  });

  it('may come in single bytes', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    for (const byte of header(ApiKey.API_VERSIONS, 0)) connection.sendBytes(Uint8Array.of(byte));
    expect((await connection.nextFrame()).readInt32BE(0)).toBe(7);
  });
});

describe('Produce with acks=0', () => {
  it('is not answered, and stored', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    connection.post(produceTo('orders', 0, 0));
    const correlationId = connection.post(metadataOfAll);
    expect((await connection.nextFrame()).readInt32BE(0)).toBe(correlationId);
    expect(server.broker.partitions.get('orders', 0)!.log.logEndOffset).toBe(1);
  });

  it('closes the connection when it fails, so that the client looks for the leader again', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    connection.post(produceTo('no-such-topic', 0, 0));
    await connection.closed;
    expect(server.complaints).toEqual([]);
  });
});

describe('limits', () => {
  it('closes a connection over max.connections.per.ip, and no other', async () => {
    await using server = await TestBroker.start({ 'max.connections.per.ip': 1 });
    const first = await server.connect();
    await first.send(metadataOfAll);
    const second = await server.connect();
    await second.closed;
    await expect(first.send(metadataOfAll)).resolves.toBeDefined();
    expect(server.complaints.map(({ fields }) => fields['reason'])).toEqual([
      'max.connections.per.ip is reached',
    ]);
  });

  it('refuses a request over socket.request.max.bytes before it has arrived', async () => {
    await using server = await TestBroker.start({ 'socket.request.max.bytes': 100 });
    const connection = await server.connect();
    connection.sendBytes(Buffer.from('00000065', 'hex'));
    await connection.closed;
    expect(server.complaints[0]!.fields['reason']).toContain('not between 0 and 100 bytes');
  });

  it('does not read on from a peer that does not take its answers', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const requests = 5000;
    for (let index = 0; index < requests; index++) connection.post(metadataOfAll);
    for (let index = 1; index <= requests; index++) {
      expect((await connection.nextFrame()).readInt32BE(0)).toBe(index);
    }
  });
});
