import { Simulation } from '@millrace/host';
import { buildBatch, ErrorCode } from '@millrace/protocol';
import { DeleteTopicsRequest, DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { VoteRequest, VoteResponse } from '@millrace/protocol/messages/vote';
import { describe, expect, it } from 'vitest';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { withControllerListener } from '../testing/controller-listener.ts';
import { alterQuotas } from '../testing/quotas.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { createTopic, produceRequest, RECORD_TIME_MS } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

interface World {
  readonly server: TestBroker;
  readonly simulation: Simulation;
  readonly admin: RawConnection;
  readonly connection: RawConnection;
  /** How long something takes, in virtual milliseconds. */
  readonly took: (work: () => Promise<unknown>) => Promise<number>;
}

/** A broker in virtual time, with a topic. */
function inVirtualTime(body: (world: World) => Promise<void>, properties: BrokerProperties = {}) {
  return async () => {
    const simulation = new Simulation({ seed: 'quotas' });
    const host = simulation.host('node-1');
    await simulation.run(async () => {
      await using server = await TestBroker.start(properties, host);
      const [admin, connection] = [await server.connect(), await server.connect()];
      await createTopic(admin, 'orders', { configs: { 'max.message.bytes': '10000000' } });
      const took = async (work: () => Promise<unknown>): Promise<number> => {
        const beganMs = host.clock.monotonicMs();
        await work();
        return host.clock.monotonicMs() - beganMs;
      };
      await body({ server, simulation, admin, connection, took });
    });
  };
}

function batchOf(valueBytes: number): Buffer {
  return buildBatch([{ timestampMs: RECORD_TIME_MS, key: null, value: Buffer.alloc(valueBytes) }]);
}

function produce(connection: RawConnection, valueBytes: number, acks = -1) {
  return connection.send(produceRequest('orders', batchOf(valueBytes), { acks }));
}

const metadata = {
  request: MetadataRequest,
  response: MetadataResponse,
  version: 9,
  message: { topics: [] },
} as const;

function fetchFrom(fetchOffset: number, session: { sessionId?: number; sessionEpoch?: number } = {}) {
  const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 10_000_000 }];
  return {
    request: FetchRequest,
    response: FetchResponse,
    version: 11,
    message: {
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 50_000_000,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [{ topic: 'orders', partitions }],
      ...session,
    },
  } as const;
}

function creationOf(name: string, numPartitions: number, version = 7) {
  return {
    request: CreateTopicsRequest,
    response: CreateTopicsResponse,
    version,
    message: {
      topics: [{ name, numPartitions, replicationFactor: 1, assignments: [], configs: [] }],
      timeoutMs: 1000,
    },
  } as const;
}

describe('producer_byte_rate', () => {
  it(
    'answers at once with the time to be quiet, and takes nothing more from the peer until it is over',
    inVirtualTime(async ({ admin, connection, took }) => {
      await alterQuotas(admin, { 'client-id': 'raw' }, { producer_byte_rate: 10_000 });
      expect((await produce(connection, 50_000)).throttleTimeMs).toBe(0);
      let throttleTimeMs = 0;
      const answeredMs = await took(async () => {
        ({ throttleTimeMs } = await produce(connection, 100_000));
      });
      expect(answeredMs).toBeLessThan(100);
      // 150 kB of 100 kB that the window has room for: five seconds too many.
      expect(throttleTimeMs).toBeGreaterThan(5000);
      expect(throttleTimeMs).toBeLessThan(5100);
      const quietMs = await took(() => connection.send(metadata));
      expect(quietMs).toBeGreaterThanOrEqual(throttleTimeMs - 10);
      expect(quietMs).toBeLessThan(throttleTimeMs + 100);
    }),
  );

  it(
    'leaves other connections alone, and holds for all of the same client',
    inVirtualTime(async ({ server, admin, connection, took }) => {
      await alterQuotas(admin, { 'client-id': 'raw' }, { producer_byte_rate: 10_000 });
      await produce(connection, 150_000);
      const sameClient = await server.connect();
      expect(await took(() => sameClient.send(metadata))).toBeLessThan(100);
      expect((await produce(sameClient, 10)).throttleTimeMs).toBeGreaterThan(4000);
      const request = produceRequest('orders', batchOf(150_000));
      const other = await admin.send({ ...request, clientId: 'other' });
      expect(other.throttleTimeMs).toBe(0);
    }),
  );

  it(
    'holds without an answer, too',
    inVirtualTime(async ({ admin, connection, took }) => {
      await alterQuotas(admin, { user: 'ANONYMOUS' }, { producer_byte_rate: 10_000 });
      connection.post(produceRequest('orders', batchOf(150_000), { acks: 0 }));
      expect(await took(() => connection.send(metadata))).toBeGreaterThan(4900);
    }),
  );

  it(
    'is over when the quota is removed',
    inVirtualTime(async ({ admin, connection }) => {
      await alterQuotas(admin, { user: null }, { producer_byte_rate: 10_000 });
      expect((await produce(connection, 150_000)).throttleTimeMs).toBeGreaterThan(0);
      await alterQuotas(admin, { user: null }, { producer_byte_rate: undefined });
      expect((await produce(connection, 150_000)).throttleTimeMs).toBe(0);
    }),
  );

  it(
    'does not keep a stop of the broker waiting',
    inVirtualTime(async ({ server, admin, connection, took }) => {
      await alterQuotas(admin, { user: null }, { producer_byte_rate: 10 });
      await produce(connection, 1000);
      expect(await took(() => server.broker.close())).toBeLessThan(1000);
    }),
  );
});

describe('consumer_byte_rate', () => {
  it(
    'gives no more at once than fits, then an empty answer that costs the consumer nothing',
    inVirtualTime(async ({ admin, connection }) => {
      for (let index = 0; index < 4; index++) await produce(admin, 40_000);
      await alterQuotas(admin, { 'client-id': 'raw' }, { consumer_byte_rate: 10_000 });
      const first = await connection.send(fetchFrom(0));
      expect(first.throttleTimeMs).toBe(0);
      const partition = first.responses[0]!.partitions[0]!;
      // Two batches of 40 kB, and what of the third fits: 100 kB.
      expect(partition.records!.length).toBeLessThanOrEqual(100_000);
      expect(partition.records!.length).toBeGreaterThan(80_000);
      const second = await connection.send(fetchFrom(2));
      expect(second.throttleTimeMs).toBeGreaterThan(0);
      expect(second.responses).toEqual([]);
      const third = await connection.send(fetchFrom(2));
      expect(third.throttleTimeMs).toBeLessThanOrEqual(second.throttleTimeMs);
    }),
  );

  it(
    'hands out everything in the end, also in a session, at no more than the rate',
    inVirtualTime(async ({ admin, connection, took }) => {
      for (let index = 0; index < 6; index++) await produce(admin, 60_000);
      await alterQuotas(admin, { user: null }, { consumer_byte_rate: 20_000 });
      let offset = 0;
      let session = { sessionId: 0, sessionEpoch: 0 };
      const tookMs = await took(async () => {
        while (offset < 6) {
          const answer = await connection.send(fetchFrom(offset, session));
          const { sessionId, responses } = answer;
          session = { sessionId, sessionEpoch: sessionId === 0 ? 0 : session.sessionEpoch + 1 };
          const { records } = responses[0]?.partitions[0] ?? {};
          offset += Math.floor((records?.length ?? 0) / 60_000);
        }
      });
      // 360 kB, of which a window of ten seconds takes 200 kB at once.
      expect(tookMs).toBeGreaterThan(5000);
      expect(tookMs).toBeLessThan(30_000);
    }),
  );

  it(
    'lets a batch through that is larger than all the quota allows, after which the consumer waits for it',
    inVirtualTime(async ({ admin, connection }) => {
      await produce(admin, 200_000);
      await alterQuotas(admin, { user: null }, { consumer_byte_rate: 10_000 });
      const answer = await connection.send(fetchFrom(0));
      expect(answer.responses[0]!.partitions[0]!.records!.length).toBeGreaterThan(200_000);
      expect(answer.throttleTimeMs).toBeGreaterThan(9000);
    }),
  );
});

describe('request_percentage', () => {
  it(
    'is a share of the time of the event loop; nobody is quiet for longer than a sample of the window',
    inVirtualTime(
      async ({ server, admin, connection }) => {
        // Work takes no virtual time, so a clock that is late stands for it.
        const { clock } = server.host;
        const real = clock.monotonicMs.bind(clock);
        let lateMs = 0;
        clock.monotonicMs = () => real() + (lateMs += 3);
        await alterQuotas(admin, { user: null }, { request_percentage: 0.01 });
        const answer = await connection.send(metadata);
        expect(answer.throttleTimeMs).toBe(2000);
      },
      { 'quota.window.num': 2, 'quota.window.size.seconds': 2 },
    ),
  );

  it(
    'is not for what nodes do among themselves: replicas and voters are never made to wait',
    inVirtualTime(async ({ server, admin, connection, took }) => {
      const { clock } = server.host;
      const real = clock.monotonicMs.bind(clock);
      let lateMs = 0;
      clock.monotonicMs = () => real() + (lateMs += 3);
      await alterQuotas(admin, { user: null }, { request_percentage: 0.01 });
      const controller = await server.connect('CONTROLLER');
      const fetch = fetchFrom(0);
      const ofReplica = { ...fetch, version: 12, message: { ...fetch.message, replicaId: 7 } };
      const vote = { request: VoteRequest, response: VoteResponse, version: 1, message: { topics: [] } };
      expect((await connection.send(ofReplica)).throttleTimeMs).toBe(0);
      // Who is made to wait is not heard again for a second.
      expect(await took(() => connection.send(ofReplica))).toBeLessThan(500);
      expect((await controller.send(ofReplica)).throttleTimeMs).toBe(0);
      expect(await took(() => controller.send(vote))).toBeLessThan(500);
      expect(await took(() => controller.send(vote))).toBeLessThan(500);
      expect((await connection.send(metadata)).throttleTimeMs).toBe(1000);
    }, withControllerListener),
  );
});

describe('controller_mutation_rate', () => {
  const properties = { 'controller.quota.window.num': 10, 'controller.quota.window.size.seconds': 1 };

  it(
    'refuses who is in debt, in versions that know the error, and tells how long',
    inVirtualTime(async ({ admin, connection }) => {
      await alterQuotas(admin, { user: null }, { controller_mutation_rate: 1 });
      const created = await connection.send(creationOf('many', 15));
      expect(created.topics[0]!.errorCode).toBe(ErrorCode.NONE);
      const refused = await admin.send(creationOf('more', 1));
      expect(refused.topics[0]!.errorCode).toBe(ErrorCode.THROTTLING_QUOTA_EXCEEDED);
      expect(refused.throttleTimeMs).toBeGreaterThan(4000);
      expect(refused.throttleTimeMs).toBeLessThanOrEqual(5000);
      // The connection was quiet meanwhile; now the debt is paid.
      expect((await admin.send(creationOf('more', 1))).topics[0]!.errorCode).toBe(ErrorCode.NONE);
    }, properties),
  );

  it(
    'slows down older versions instead',
    inVirtualTime(async ({ admin, connection, took }) => {
      await alterQuotas(admin, { user: null }, { controller_mutation_rate: 1 });
      await connection.send(creationOf('many', 15, 5));
      const deleted = await admin.send({
        request: DeleteTopicsRequest,
        response: DeleteTopicsResponse,
        version: 4,
        message: { topicNames: ['many'], timeoutMs: 1000 },
      });
      expect(deleted.responses[0]!.errorCode).toBe(ErrorCode.NONE);
      expect(deleted.throttleTimeMs).toBeGreaterThan(19_000);
      expect(await took(() => admin.send(metadata))).toBeGreaterThan(19_000);
    }, properties),
  );
});
