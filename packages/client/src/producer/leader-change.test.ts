import { memoryHost, Simulation } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import { describe, expect, it } from 'vitest';
import { metadataAnswer, usualVersions } from '../testing/metadata-answer.ts';
import { ScriptedBroker, type ScriptedRequest } from '../testing/scripted-broker.ts';
import { Admin } from '../admin/admin.ts';
import { startBroker } from '../testing/start-broker.ts';
import { readTopic } from '../testing/read-topic.ts';
import { Producer } from './producer.ts';

const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAg';

/** Two scripted brokers; broker 0 leads by metadata, but `leader` is who takes records. */
class TwoBrokers {
  leader = 0;
  leaderEpoch = 0;
  metadataLeader = 0;
  metadataRequests = 0;
  givesHints = true;
  readonly brokers: ScriptedBroker[] = [];

  static async start(): Promise<TwoBrokers> {
    const two = new TwoBrokers();
    const host = memoryHost();
    for (const id of [0, 1]) {
      two.brokers.push(
        await ScriptedBroker.start(host, usualVersions, (request) => two.#answer(id, request)),
      );
    }
    return two;
  }

  produceRequests(id: number): number {
    return this.brokers[id]!.requests.filter(({ apiKey }) => apiKey === ApiKey.PRODUCE).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const broker of this.brokers) await broker[Symbol.asyncDispose]();
  }

  #answer(id: number, request: ScriptedRequest): void {
    const ports = this.brokers.map(({ port }) => port);
    if (request.apiKey === ApiKey.METADATA) {
      this.metadataRequests++;
      const leaders = { leaders: [this.metadataLeader], leaderEpoch: this.leaderEpoch };
      const topics = [{ name: 'orders', topicId: TOPIC_ID, ...leaders }];
      request.answer(MetadataResponse, metadataAnswer(ports, topics));
    } else if (request.apiKey === ApiKey.INIT_PRODUCER_ID) {
      request.answer(InitProducerIdResponse, {
        throttleTimeMs: 0,
        errorCode: 0,
        producerId: 1,
        producerEpoch: 0,
      });
    } else this.#answerProduce(id, request, ports);
  }

  #answerProduce(id: number, request: ScriptedRequest, ports: readonly number[]): void {
    const { topicData } = request.body(ProduceRequest);
    const isLeader = id === this.leader;
    const hint = { currentLeader: { leaderId: this.leader, leaderEpoch: this.leaderEpoch } };
    const failure = {
      errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER,
      baseOffset: -1,
      ...(this.givesHints ? hint : {}),
    };
    const outcome = isLeader ? { errorCode: ErrorCode.NONE, baseOffset: 42 } : failure;
    const endpoint = { nodeId: this.leader, host: '127.0.0.1', port: ports[this.leader]!, rack: null };
    request.answer(ProduceResponse, {
      responses: topicData.map(({ name, topicId, partitionData }) => ({
        name,
        topicId,
        partitionResponses: partitionData.map(({ index }) => ({ index, ...outcome })),
      })),
      nodeEndpoints: isLeader || !this.givesHints ? [] : [endpoint],
    });
  }
}

describe('Producer when the leader changes', () => {
  it('follows the hint of the old leader at once', async () => {
    await using two = await TwoBrokers.start();
    const properties = { 'bootstrap.servers': two.brokers[0]!.bootstrapServers, 'retry.backoff.ms': 60_000 };
    await using producer = new Producer({ ...properties, 'retry.backoff.max.ms': 60_000 });
    await producer.send({ topic: 'orders', value: 'a' });
    two.leader = 1;
    two.leaderEpoch = 1;
    const sent = await producer.send({ topic: 'orders', value: 'b' });
    expect(sent.offset).toBe(42);
    expect([two.produceRequests(0), two.produceRequests(1)]).toEqual([2, 1]);
  });

  it('finds the new leader in metadata where the old one gives no hint', async () => {
    await using two = await TwoBrokers.start();
    two.givesHints = false;
    const properties = { 'bootstrap.servers': two.brokers[0]!.bootstrapServers, 'retry.backoff.ms': 5 };
    await using producer = new Producer(properties);
    await producer.send({ topic: 'orders', value: 'a' });
    two.leader = 1;
    two.leaderEpoch = 1;
    two.metadataLeader = 1;
    expect((await producer.send({ topic: 'orders', value: 'b' })).offset).toBe(42);
    expect(two.produceRequests(1)).toBe(1);
  });
});

describe('Producer when its topic changes', () => {
  async function start() {
    const broker = await startBroker();
    const properties = { 'bootstrap.servers': broker.bootstrapServers, 'retry.backoff.ms': 5 };
    const admin = new Admin(properties, { host: broker.host });
    const producer = new Producer(properties, { host: broker.host });
    return {
      admin,
      producer,
      values: async () =>
        (await readTopic(broker.host, broker.bootstrapServers, 'orders')).map(({ value }) =>
          value!.toString(),
        ),
      async [Symbol.asyncDispose]() {
        await producer.close();
        await admin.close();
        await broker[Symbol.asyncDispose]();
      },
    };
  }

  it('goes on after all its records were deleted (platformatic/kafka#309)', async () => {
    await using test = await start();
    for (let round = 0; round < 3; round++) {
      const sent = await test.producer.send([
        { topic: 'orders', partition: 0, value: `${round}-a` },
        { topic: 'orders', partition: 0, value: `${round}-b` },
      ]);
      expect(sent.map(({ offset }) => offset)).toEqual([round * 2, round * 2 + 1]);
      await test.admin.deleteRecords([{ topic: 'orders', partition: 0, beforeOffset: -1 }]);
    }
  });

  it('writes to the new topic after it was deleted and created again', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    for (let count = 0; count < 3; count++)
      await test.producer.send({ topic: 'orders', value: `old ${count}` });
    await test.admin.deleteTopics(['orders']);
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    const sent = await test.producer.send({ topic: 'orders', value: 'new' });
    expect(sent.offset).toBe(0);
    expect(await test.values()).toEqual(['new']);
  });

  it('uses partitions that were added', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    await test.producer.send({ topic: 'orders', value: 'a' });
    await test.admin.createPartitions([{ topic: 'orders', totalCount: 3 }]);
    expect((await test.producer.send({ topic: 'orders', partition: 2, value: 'b' })).partition).toBe(2);
  });
});

describe('Producer when the broker is restarted', () => {
  it('writes every record once, before and after', async () => {
    const simulation = new Simulation({ seed: 5 });
    await simulation.run(async () => {
      const properties = {
        listeners: 'PLAINTEXT://0.0.0.0:9092',
        'advertised.listeners': 'PLAINTEXT://broker:9092',
      };
      const first = simulation.host('broker');
      const client = simulation.host('client');
      await startBroker(properties, first);
      const producer = new Producer(
        { 'bootstrap.servers': 'broker:9092', 'batch.size': 200 },
        { host: client },
      );
      const values = Array.from({ length: 400 }, (_, index) => `${index}`);
      const sends: Promise<unknown>[] = [];
      for (const value of values) {
        sends.push(producer.send({ topic: 'orders', partition: 0, value }));
        if (sends.length % 10 === 0) await simulation.sleep(1);
        if (sends.length !== 200) continue;
        first.kill();
        await simulation.sleep(500);
        await startBroker(properties, simulation.restart(first));
      }
      await Promise.all(sends);
      const stored = await readTopic(client, 'broker:9092', 'orders');
      expect(stored.map(({ value }) => value!.toString())).toEqual(values);
      await producer.close();
    });
  });

  it('leaves no timer, connection or other activity behind when closed', async () => {
    let events = 0;
    const onEvent = ({ host }: { readonly host: string }) => {
      if (host === 'client') events++;
    };
    const simulation = new Simulation({ seed: 5, onEvent });
    await simulation.run(async () => {
      const properties = {
        listeners: 'PLAINTEXT://0.0.0.0:9092',
        'advertised.listeners': 'PLAINTEXT://broker:9092',
      };
      const broker = await startBroker(properties, simulation.host('broker'));
      const client = simulation.host('client');
      const producer = new Producer({ 'bootstrap.servers': 'broker:9092' }, { host: client });
      await producer.send({ topic: 'orders', value: 'a' });
      const lost = producer.send({ topic: 'not a name', value: 'x' }).catch((error: unknown) => error);
      await producer.close();
      expect(await lost).toMatchObject({ code: 'INVALID_TOPIC_EXCEPTION' });
      await simulation.sleep(1000);
      events = 0;
      await simulation.sleep(3_600_000);
      expect(events).toBe(0);
      await broker.broker.close();
      await simulation.sleep(1000);
      expect(simulation.network.openEnds).toBe(0);
    });
  });
});
