import { Simulation, type SimulatedHost } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { readBatches } from '../testing/read-topic.ts';
import { startBroker, type TestBroker } from '../testing/start-broker.ts';
import { Producer } from './producer.ts';
import type { ProducerProperties } from './producer-properties.ts';

interface World {
  readonly simulation: Simulation;
  readonly broker: TestBroker;
  readonly client: SimulatedHost;
  readonly producer: (properties?: ProducerProperties) => Producer;
}

/** Broker and client in virtual time: a limit of a minute takes none. */
function inSimulation(body: (world: World) => Promise<void>, createsTopics = false): Promise<void> {
  const simulation = new Simulation({ seed: 1 });
  return simulation.run(async () => {
    const client = simulation.host('client');
    const properties = {
      listeners: 'PLAINTEXT://0.0.0.0:9092',
      'advertised.listeners': 'PLAINTEXT://broker:9092',
      'auto.create.topics.enable': String(createsTopics),
    };
    const servers = { 'bootstrap.servers': 'broker:9092' };
    const broker = await startBroker(properties, simulation.host('broker'));
    const admin = new Admin(servers, { host: client });
    await admin.createTopics([{ name: 'orders', partitions: 1 }]);
    await admin.close();
    const producer = (own: ProducerProperties = {}) => new Producer({ ...servers, ...own }, { host: client });
    await body({ simulation, broker, client, producer });
    await broker.broker.close();
  });
}

describe('Producer.send waiting', () => {
  it('does not linger when nothing else is on its way (confluent-kafka-javascript#42, #335)', () =>
    inSimulation(async ({ simulation, producer }) => {
      const client = producer();
      await client.send({ topic: 'orders', value: 'warm up' });
      const startMs = simulation.nowMs;
      for (let count = 0; count < 20; count++) await client.send({ topic: 'orders', value: 'x' });
      // Round trips of about a millisecond; lingering would add five to each.
      expect(simulation.nowMs - startMs).toBeLessThan(40);
      await client.close();
    }));

  it('asks at once again about a topic that the broker has just made', () =>
    inSimulation(async ({ simulation, producer }) => {
      const client = producer({ 'retry.backoff.ms': 10_000, 'retry.backoff.max.ms': 10_000 });
      await client.send({ topic: 'orders', value: 'warm up' });
      const startMs = simulation.nowMs;
      await client.send({ topic: 'made-on-demand', value: 'x' });
      expect(simulation.nowMs - startMs).toBeLessThan(100);
      await client.close();
    }, true));

  it('lingers for as long as linger.ms says when it is set', () =>
    inSimulation(async ({ simulation, producer }) => {
      const client = producer({ 'linger.ms': 100 });
      await client.send({ topic: 'orders', value: 'warm up' });
      const startMs = simulation.nowMs;
      await client.send({ topic: 'orders', value: 'x' });
      expect(simulation.nowMs - startMs).toBeGreaterThanOrEqual(100);
      expect(simulation.nowMs - startMs).toBeLessThan(110);
      await client.close();
    }));

  it('fills a batch while another one is on its way', () =>
    inSimulation(async ({ simulation, client: host, producer }) => {
      simulation.network.configure({ latencyMs: [2, 2] });
      const client = producer();
      await client.send({ topic: 'orders', value: 'warm up' });
      const sends: Promise<unknown>[] = [];
      for (let count = 0; count < 100; count++) {
        sends.push(client.send({ topic: 'orders', value: 'x' }));
        await simulation.sleep(0.5);
      }
      await Promise.all(sends);
      // Two or three records to each round trip, or more where lingering ended first; not one request per record.
      const batches = await readBatches(host, 'broker:9092', 'orders');
      expect(batches.length).toBeLessThan(60);
      await client.close();
    }));

  it('gives up on a topic that does not come into being within max.block.ms, naming the last answer', () =>
    inSimulation(async ({ simulation, producer }) => {
      const client = producer();
      const startMs = simulation.nowMs;
      await expect(client.send({ topic: 'nowhere', value: 'x' })).rejects.toThrow(
        /Metadata of topic "nowhere" did not finish within 60000 ms \(max\.block\.ms\).*UNKNOWN_TOPIC_OR_PARTITION/,
      );
      expect(simulation.nowMs - startMs).toBeLessThan(60_100);
      await expect(client.send({ topic: 'not a name', value: 'x' })).rejects.toMatchObject({
        code: 'INVALID_TOPIC_EXCEPTION',
      });
      await client.close();
    }));

  it('sends to a topic as soon as it exists', () =>
    inSimulation(async ({ simulation, client: host, producer }) => {
      const client = producer();
      const sent = client.send({ topic: 'late', value: 'x' });
      await simulation.sleep(5000);
      await using admin = new Admin({ 'bootstrap.servers': 'broker:9092' }, { host });
      await admin.createTopics([{ name: 'late', partitions: 1 }]);
      const createdMs = simulation.nowMs;
      expect((await sent).offset).toBe(0);
      expect(simulation.nowMs - createdMs).toBeLessThan(1300);
      await client.close();
    }));

  it('does not let an unknown topic hold up others, but keeps the order within it', () =>
    inSimulation(async ({ simulation, producer }) => {
      const client = producer({ 'max.block.ms': 1000 });
      const lost = [1, 2].map((value) =>
        client.send({ topic: 'nowhere', value: `${value}` }).catch((error: unknown) => error),
      );
      expect((await client.send({ topic: 'orders', value: 'x' })).offset).toBe(0);
      expect(simulation.nowMs).toBeLessThan(500);
      for (const error of await Promise.all(lost))
        expect(error).toMatchObject({ code: 'ERR_CLIENT_TIMEOUT' });
      await client.close();
    }));

  it('fails sends that find no room within max.block.ms', () =>
    inSimulation(async ({ simulation, broker, producer }) => {
      const client = producer({ 'buffer.memory': 2000, 'batch.size': 2000, 'max.block.ms': 5000 });
      await client.partitionsFor('orders');
      await broker.broker.close();
      const value = 'x'.repeat(1500);
      const first = client.send({ topic: 'orders', value }).catch((error: unknown) => error);
      const startMs = simulation.nowMs;
      await expect(client.send({ topic: 'orders', value })).rejects.toMatchObject({
        code: 'ERR_CLIENT_BUFFER_EXHAUSTED',
      });
      expect(simulation.nowMs - startMs).toBeLessThan(5100);
      await client.close({ timeoutMs: 0 });
      expect(await first).toMatchObject({ code: 'ERR_CLIENT_CLOSED' });
    }));

  it('settles every send when closed with some in a batch, some waiting for memory and some for a topic', () =>
    inSimulation(async ({ simulation, broker, producer }) => {
      const client = producer({ 'buffer.memory': 2000, 'batch.size': 2000 });
      await client.partitionsFor('orders');
      await broker.broker.close();
      const topics = ['orders', 'orders', 'orders', 'orders', 'nowhere', 'nowhere'];
      const sends = topics.map((topic) =>
        client.send({ topic, value: 'x'.repeat(1500) }).catch((error: unknown) => error),
      );
      await simulation.sleep(1000);
      await client.close({ timeoutMs: 1000 });
      for (const error of await Promise.all(sends))
        expect(error).toMatchObject({ code: 'ERR_CLIENT_CLOSED' });
    }));

  it('holds no memory for a record whose partitioner fails', () =>
    inSimulation(async ({ client: host }) => {
      let calls = 0;
      const partitioner = {
        partition() {
          if (++calls === 2) throw new Error('no idea');
          return 0;
        },
      };
      const properties = { 'bootstrap.servers': 'broker:9092', 'buffer.memory': 2000, 'batch.size': 2000 };
      const client = new Producer(properties, { host, partitioner });
      await client.partitionsFor('orders');
      const value = 'x'.repeat(1500);
      const [first, second] = [
        client.send({ topic: 'orders', value }),
        client.send({ topic: 'orders', value }),
      ];
      await expect(second).rejects.toThrow('no idea');
      expect((await first).offset).toBe(0);
      expect(client.bufferedBytes).toBe(0);
      expect((await client.send({ topic: 'orders', value })).offset).toBe(1);
      await client.close();
    }));

  it('ends when the signal is aborted', () =>
    inSimulation(async ({ producer }) => {
      const client = producer();
      const controller = new AbortController();
      const sent = client.send({ topic: 'nowhere', value: 'a' }, { signal: controller.signal });
      controller.abort(new Error('enough'));
      await expect(sent).rejects.toThrow('enough');
      await expect(
        client.send({ topic: 'orders', value: 'a' }, { signal: controller.signal }),
      ).rejects.toThrow('enough');
      await client.close({ timeoutMs: 0 });
    }));
});
