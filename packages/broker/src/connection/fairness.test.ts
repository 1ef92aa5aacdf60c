import { memoryHost, Simulation, type Connection, type Host } from '@millrace/host';
import { buildBatch, encodeRequest, FrameReader } from '@millrace/protocol';
import { FetchRequest } from '@millrace/protocol/messages/fetch';
import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { batchOf, createTopic, produceRequest } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const MEGABYTE = 1 << 20;

const metadata = {
  request: MetadataRequest,
  response: MetadataResponse,
  version: 9,
  message: { topics: [] },
} as const;

/** The bytes of a produce request with one value of that size. */
function produceFrame(valueBytes: number): Buffer {
  const records = buildBatch([{ timestampMs: Date.now(), key: null, value: Buffer.alloc(valueBytes, 7) }]);
  const { version, message } = produceRequest('orders', records);
  const codec = ProduceRequest;
  return Buffer.concat(encodeRequest({ codec, version, correlationId: 1, clientId: 'large', message }));
}

const bigTopic = { configs: { 'max.message.bytes': String(100 * MEGABYTE) } };

/** A connection that reads nothing until it is told to. */
async function deafConnection(host: Host, server: TestBroker) {
  const connection: Connection = await host.network.connect(server.broker.address);
  const frames: Buffer[] = [];
  const reader = new FrameReader({ maxFrameBytes: 2 ** 30 });
  let waiting: ((frame: Buffer) => void) | undefined;
  connection.start({
    onData: (chunk) => {
      for (const frame of reader.push(chunk)) {
        if (waiting === undefined) frames.push(frame);
        else waiting(frame);
        waiting = undefined;
      }
    },
    onDrain() {},
    onClose() {},
  });
  connection.pause();
  return {
    connection,
    async nextFrame(): Promise<Buffer> {
      connection.resume();
      return frames.shift() ?? new Promise<Buffer>((resolve) => (waiting = resolve));
    },
  };
}

/** A host whose clock moves with every look at it, so that work is cut into as many turns as it may be. */
function hostOfHaste() {
  const host = memoryHost();
  let looks = 0;
  let turns = 0;
  const haste: Host = {
    disk: host.disk,
    network: host.network,
    random: host.random,
    clock: { nowMs: () => host.clock.nowMs(), monotonicMs: () => host.clock.monotonicMs() + looks++ },
    timers: {
      schedule: (delayMs, callback, options) => host.timers.schedule(delayMs, callback, options),
      defer: (callback) => {
        turns++;
        host.timers.defer(callback);
      },
    },
  };
  return { host: haste, turns: () => turns };
}

async function answerOf(connection: RawConnection): Promise<number> {
  return (await connection.nextFrame()).readInt32BE(0);
}

describe('a request of tens of megabytes', () => {
  it('is worked through in turns, one batch or many, and others are answered in between', async () => {
    const { host, turns } = hostOfHaste();
    await using server = await TestBroker.start({}, host);
    const [large, small] = [await server.connect(), await server.connect()];
    await createTopic(small, 'orders', { partitions: 24, ...bigTopic });
    const one = produceFrame(24 * MEGABYTE);
    const records = buildBatch([{ timestampMs: Date.now(), key: null, value: Buffer.alloc(MEGABYTE / 2) }]);
    const partitionData = Array.from({ length: 24 }, (_, index) => ({
      index,
      records: Buffer.from(records),
    }));
    const many = encodeRequest({
      codec: ProduceRequest,
      version: 9,
      correlationId: 1,
      clientId: 'large',
      message: { acks: -1, timeoutMs: 1000, topicData: [{ name: 'orders', partitionData }] },
    });
    for (const frame of [[one], many]) {
      const before = turns();
      large.sendBytes(...frame);
      const answered = answerOf(large);
      await small.send(metadata);
      await answered;
      expect(turns() - before).toBeGreaterThan(5);
    }
    expect(server.broker.partitions.get('orders', 0)!.log.logEndOffset).toBe(2);
  });

  it('with more list elements than anybody needs ends the connection before it takes memory', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const topics = Array.from({ length: 100_001 }, () => ({ name: 'x' }));
    connection.post({ ...metadata, message: { topics } });
    await connection.closed;
    expect(server.complaints[0]!.fields['reason']).toContain('exceeds the list element limit');
  });
});

describe('memory for requests', () => {
  /** A broker with room for one large request at a time, in virtual time. */
  async function withRoomForOne(
    body: (world: { server: TestBroker; host: Host; simulation: Simulation }) => Promise<void>,
  ): Promise<void> {
    const simulation = new Simulation({ seed: 'fairness' });
    const host = simulation.host('node-1');
    await simulation.run(async () => {
      await using server = await TestBroker.start({ 'queued.max.request.bytes': MEGABYTE }, host);
      await createTopic(await server.connect(), 'orders', bigTopic);
      await body({ server, host, simulation });
    });
  }

  it('is limited: a large request waits in its socket for another one, small ones do not', () =>
    withRoomForOne(async ({ server, simulation }) => {
      const [first, second, small] = [await server.connect(), await server.connect(), await server.connect()];
      const frame = produceFrame(900_000);
      first.sendBytes(frame.subarray(0, 500_000));
      await simulation.sleep(1000);
      second.sendBytes(frame);
      let isAnswered = false;
      const answered = answerOf(second).then(() => (isAnswered = true));
      await simulation.sleep(1000);
      await small.send(metadata);
      await small.send(produceRequest('orders', batchOf(['small'])));
      expect(isAnswered).toBe(false);
      first.sendBytes(frame.subarray(500_000));
      await Promise.all([answered, answerOf(first)]);
    }));

  it('comes back from peers that vanish, and from those that send garbage', () =>
    withRoomForOne(async ({ server, simulation }) => {
      const [vanishing, offender, honest] = [
        await server.connect(),
        await server.connect(),
        await server.connect(),
      ];
      const frame = produceFrame(900_000);
      vanishing.sendBytes(frame.subarray(0, 500_000));
      await simulation.sleep(100);
      const garbage = Buffer.alloc(900_000, 0xff);
      garbage.writeInt32BE(garbage.length - 4);
      offender.sendBytes(garbage);
      honest.sendBytes(frame);
      vanishing.destroy();
      await offender.closed;
      await answerOf(honest);
    }));

  it('is taken from a peer that keeps it without sending its request', () =>
    withRoomForOne(async ({ server, host, simulation }) => {
      const [stalling, honest] = [await server.connect(), await server.connect()];
      const frame = produceFrame(900_000);
      stalling.sendBytes(frame.subarray(0, 500_000));
      await simulation.sleep(100);
      const beganMs = host.clock.monotonicMs();
      honest.sendBytes(frame);
      await stalling.closed;
      await answerOf(honest);
      expect(host.clock.monotonicMs() - beganMs).toBeLessThan(15_000);
      expect(server.complaints.map(({ fields }) => fields['reason'])).toEqual([
        'its request arrives too slowly, and others wait for the memory',
      ]);
    }));

  it('holds as many requests as fit, and never more', async () => {
    await using server = await TestBroker.start({ 'queued.max.request.bytes': 3 * MEGABYTE });
    const admin = await server.connect();
    await createTopic(admin, 'orders', bigTopic);
    const frame = produceFrame(900_000);
    const connections = await Promise.all(Array.from({ length: 20 }, () => server.connect()));
    for (const connection of connections) connection.sendBytes(frame);
    const answers = await Promise.all(
      connections.map(async (connection) => {
        const answer = await connection.nextFrame();
        expect(server.broker.requestMemory.usedBytes).toBeLessThanOrEqual(3 * MEGABYTE);
        return answer;
      }),
    );
    expect(answers).toHaveLength(20);
    expect(server.broker.partitions.get('orders', 0)!.log.logEndOffset).toBe(20);
    expect([server.broker.requestMemory.usedBytes, server.broker.requestMemory.waitingCount]).toEqual([0, 0]);
  });
});

describe('memory for answers', () => {
  const limit = 8 * MEGABYTE;
  const fetch = encodeRequest({
    codec: FetchRequest,
    version: 11,
    correlationId: 1,
    clientId: 'deaf',
    message: {
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 100 * MEGABYTE,
      topics: [
        {
          topic: 'orders',
          partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 100 * MEGABYTE }],
        },
      ],
    },
  });

  it('is limited: who does not read makes answers shorter, and nobody waits', async () => {
    const simulation = new Simulation({ seed: 'answers' });
    const host = simulation.host('node-1');
    await simulation.run(async () => {
      await using server = await TestBroker.start({ 'queued.max.response.bytes': limit }, host);
      const admin = await server.connect();
      await createTopic(admin, 'orders', bigTopic);
      for (let index = 0; index < 40; index++) {
        const value = Buffer.alloc(MEGABYTE / 2);
        const records = buildBatch([{ timestampMs: host.clock.nowMs(), key: null, value }]);
        await admin.send(produceRequest('orders', records));
      }
      const peers = [];
      for (let count = 0; count < 12; count++) {
        const peer = await deafConnection(host, server);
        peer.connection.write(fetch);
        peers.push(peer);
        await simulation.sleep(1000);
        await admin.send(metadata);
      }
      const { answerMemory } = server.broker;
      expect(answerMemory.usedBytes).toBeGreaterThan(limit / 2);
      expect(answerMemory.usedBytes).toBeLessThan(limit + 12 * MEGABYTE);
      const sizes: number[] = [];
      for (const peer of peers) sizes.push((await peer.nextFrame()).length);
      expect(sizes[0]).toBeGreaterThan(1.5 * MEGABYTE);
      // A part of what is left for each, and at least a megabyte or a batch.
      expect(Math.max(...sizes)).toBeLessThan(limit / 3);
      expect(sizes.at(-1)).toBeGreaterThan(0.5 * MEGABYTE);
      expect(sizes.at(-1)).toBeLessThan(1.1 * MEGABYTE);
      await simulation.sleep(1000);
      expect(answerMemory.usedBytes).toBe(0);
    });
  });

  it('comes back from peers that vanish without having read', async () => {
    const simulation = new Simulation({ seed: 'answers' });
    const host = simulation.host('node-1');
    await simulation.run(async () => {
      await using server = await TestBroker.start({ 'queued.max.response.bytes': limit }, host);
      const admin = await server.connect();
      await createTopic(admin, 'orders', bigTopic);
      const records = buildBatch([
        { timestampMs: host.clock.nowMs(), key: null, value: Buffer.alloc(2 * MEGABYTE) },
      ]);
      await admin.send(produceRequest('orders', records));
      const { connection } = await deafConnection(host, server);
      connection.write(fetch);
      await simulation.sleep(1000);
      expect(server.broker.answerMemory.usedBytes).toBeGreaterThan(2 * MEGABYTE);
      connection.destroy();
      await simulation.sleep(1000);
      expect(server.broker.answerMemory.usedBytes).toBe(0);
    });
  });
});

describe('idle connections', () => {
  it.each([
    ['that never sent anything', 0],
    ['between two requests', 1],
  ])('%s are closed, those that are used are not', async (_what, requests) => {
    const simulation = new Simulation({ seed: 'idle' });
    await simulation.run(async () => {
      const server = await TestBroker.start({ 'connections.max.idle.ms': 10_000 }, simulation.host('node-1'));
      await using _ = server;
      const [idle, used] = [await server.connect(), await server.connect()];
      for (let count = 0; count < requests; count++) await idle.send(metadata);
      let isClosed = false;
      void idle.closed.then(() => (isClosed = true));
      for (let second = 0; second < 9; second++) {
        await simulation.sleep(1000);
        await used.send(metadata);
      }
      expect(isClosed).toBe(false);
      for (let second = 0; second < 12; second++) {
        await simulation.sleep(1000);
        await used.send(metadata);
      }
      expect(isClosed).toBe(true);
    });
  });
});

describe('answers of one connection', () => {
  it('come in the order of the requests, whatever others do and however long each takes', async () => {
    await using server = await TestBroker.start();
    const admin = await server.connect();
    await createTopic(admin, 'orders', bigTopic);
    const connections = await Promise.all(Array.from({ length: 4 }, () => server.connect()));
    const records = () =>
      buildBatch([{ timestampMs: Date.now(), key: null, value: Buffer.alloc(2 * MEGABYTE) }]);
    const sent = connections.map((connection) =>
      Array.from({ length: 9 }, (_, index) => {
        if (index % 3 === 0) return connection.post(produceRequest('orders', records()));
        if (index % 3 === 1) return connection.post(metadata);
        return connection.post({
          ...produceRequest('orders', batchOf(['small'])),
          response: ProduceResponse,
        });
      }),
    );
    const answered = await Promise.all(
      connections.map(async (connection, index) => {
        const ids: number[] = [];
        for (const _ of sent[index]!) ids.push(await answerOf(connection));
        return ids;
      }),
    );
    expect(answered).toEqual(sent);
  });
});
