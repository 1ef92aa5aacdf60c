import { Simulation, type Host } from '@millrace/host';
import { ApiKey, type KafkaError } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { ItemsFailedError } from '../admin/items-failed-error.ts';
import { Consumer } from '../consumer/consumer.ts';
import { Producer } from '../producer/producer.ts';
import { FaultyProxy, type RequestFault } from '../testing/faulty-proxy.ts';
import { nonsenses } from '../testing/nonsense-answer.ts';
import { readTopic } from '../testing/read-topic.ts';
import { startBroker } from '../testing/start-broker.ts';

const SERVERS = { 'bootstrap.servers': 'proxy:9092', 'request.timeout.ms': 2000 };
/** In silence time passes without anything else; heartbeats in it only cost. */
const HEARTBEAT_MS = 200;
const VALUES = Array.from({ length: 12 }, (_, index) => String(index));
const apiNames = new Map(Object.entries(ApiKey).map(([name, key]) => [key as number, name]));

/** All zeros can be read by some, as an answer that is a lie. */
const unreadable = nonsenses.filter((nonsense) => nonsense !== 'hollow' && nonsense !== 'zeros');

type Scenario = (host: Host) => Promise<void>;

/** Copies `orders` to `copies` in two transactions, as a member of a group, and leaves. */
function copying(protocol: 'classic' | 'consumer'): Scenario {
  return async (host) => {
    const producer = new Producer({ ...SERVERS, 'transactional.id': 'copier' }, { host });
    const group = { 'group.id': 'g', 'group.protocol': protocol, 'enable.auto.commit': false } as const;
    const reading = { 'auto.offset.reset': 'earliest', 'max.poll.records': 6 } as const;
    const times = protocol === 'classic' ? { 'heartbeat.interval.ms': HEARTBEAT_MS } : {};
    const consumer = new Consumer({ ...SERVERS, ...group, ...reading, ...times }, { host });
    await producer.initTransactions();
    consumer.subscribe('orders');
    for (let copied = 0; copied < VALUES.length;) {
      const records = await consumer.poll({ timeoutMs: 1000 });
      if (records.length === 0) continue;
      copied += records.length;
      producer.beginTransaction();
      for (const { value } of records)
        void producer.send({ topic: 'copies', partition: 0, value }).catch(() => {});
      const offset = records.at(-1)!.offset + 1;
      await producer.sendOffsets([{ topic: 'orders', partition: 0, offset }], consumer.groupMetadata());
      await producer.commitTransaction();
    }
    // Nothing comes, and a heartbeat is due.
    if (protocol === 'classic') await consumer.poll({ timeoutMs: 2 * HEARTBEAT_MS });
    await consumer.commit();
    await consumer.close();
    await producer.close();
  };
}

/** Creates the topics and fills one. */
const filling: Scenario = async (host) => {
  await using admin = new Admin(SERVERS, { host });
  const topics = ['orders', 'copies'];
  await admin.createTopics(topics.map((name) => ({ name, partitions: 1 }))).catch((error: unknown) => {
    // As of Java's Admin: the first request has created them, and its answer was lost.
    if (!(error instanceof ItemsFailedError)) throw error;
    const codes = topics.map((name) => (error.errors.get(name) as KafkaError | undefined)?.code);
    expect(codes).toEqual(['TOPIC_ALREADY_EXISTS', 'TOPIC_ALREADY_EXISTS']);
  });
  await using producer = new Producer({ ...SERVERS, 'linger.ms': 0 }, { host });
  await producer.send(VALUES.map((value) => ({ topic: 'orders', partition: 0, value })));
};

/** Runs it while the first request of that API meets the fault, and tells which APIs there were. */
async function runScenario(
  scenario: Scenario,
  options: { readonly apiKey?: number; readonly fault?: RequestFault; readonly oldTransactions?: boolean },
): Promise<Set<number>> {
  const seen = new Set<number>();
  const simulation = new Simulation({ seed: 1 });
  await simulation.run(async () => {
    const listeners = {
      listeners: 'PLAINTEXT://0.0.0.0:9092',
      'advertised.listeners': 'PLAINTEXT://proxy:9092',
    };
    const groups = { 'group.initial.rebalance.delay.ms': '0', 'offsets.topic.num.partitions': '1' };
    const broker = await startBroker(
      { ...listeners, ...groups, 'transaction.state.log.num.partitions': '1' },
      simulation.host('broker'),
    );
    const at = { host: '0.0.0.0', port: 9092 };
    const proxy = await FaultyProxy.start(simulation.host('proxy'), at, { host: 'broker', port: 9092 });
    proxy.hidesFeatures = options.oldTransactions === true;
    const client = simulation.host('client');
    const arm = () => {
      proxy.interrupt = (apiKey) => {
        const isFirst = !seen.has(apiKey);
        seen.add(apiKey);
        return isFirst && apiKey === options.apiKey ? options.fault : undefined;
      };
    };
    if (scenario !== filling) await filling(client);
    arm();
    await scenario(client);
    proxy.interrupt = () => undefined;
    const topic = scenario === filling ? 'orders' : 'copies';
    const stored = (await readTopic(client, 'proxy:9092', topic)).flatMap(({ value }) =>
      // Markers of transactions have binary values.
      value !== null && /^\d+$/.test(value.toString()) ? [value.toString()] : [],
    );
    expect(stored).toEqual(VALUES);
    await proxy.close();
    await broker.broker.close();
  });
  return seen;
}

/** With all requests that there are in each, so that none is left out unnoticed. */
const scenarios = [
  [
    'creating and filling topics',
    filling,
    {},
    'API_VERSIONS CREATE_TOPICS INIT_PRODUCER_ID METADATA PRODUCE',
  ],
  [
    'copying as a member of KIP-848',
    copying('consumer'),
    {},
    'API_VERSIONS CONSUMER_GROUP_HEARTBEAT END_TXN FETCH FIND_COORDINATOR INIT_PRODUCER_ID LIST_OFFSETS METADATA OFFSET_COMMIT OFFSET_FETCH PRODUCE TXN_OFFSET_COMMIT',
  ],
  [
    'copying as a classic member, with transactions of the first generation',
    copying('classic'),
    { oldTransactions: true },
    'ADD_OFFSETS_TO_TXN ADD_PARTITIONS_TO_TXN API_VERSIONS END_TXN FETCH FIND_COORDINATOR HEARTBEAT INIT_PRODUCER_ID JOIN_GROUP LEAVE_GROUP LIST_OFFSETS METADATA OFFSET_COMMIT OFFSET_FETCH PRODUCE SYNC_GROUP TXN_OFFSET_COMMIT',
  ],
] as const;

describe.each(scenarios)('%s', (_, scenario, options, expected) => {
  let undisturbed: Promise<Set<number>> | undefined;
  const allApiKeys = () => (undisturbed ??= runScenario(scenario, options));

  it.each(['lost-request', 'lost-answer', 'silence', 'unreadable'] as const)(
    'has the same result, whichever request meets its first %s',
    { timeout: 60_000 },
    async (kind) => {
      const apiKeys = await allApiKeys();
      for (const [index, apiKey] of [...apiKeys].entries()) {
        const fault = kind === 'unreadable' ? unreadable[index % unreadable.length]! : kind;
        const seen = await runScenario(scenario, { ...options, apiKey, fault }).catch((cause: unknown) => {
          throw new Error(`${fault} of ${apiNames.get(apiKey) ?? apiKey}`, { cause });
        });
        expect(seen).toContain(apiKey);
      }
    },
  );

  it('makes every request that is interrupted above', async () => {
    const names = [...(await allApiKeys())].map((apiKey) => apiNames.get(apiKey)!);
    expect(names.toSorted().join(' ')).toBe(expected);
  });
});
