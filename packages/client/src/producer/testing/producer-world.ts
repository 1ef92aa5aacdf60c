import { Simulation, type SimulationOptions } from '@millrace/host';
import { PartialSendError } from '../../errors.ts';
import { FaultyProxy, randomFaults } from '../../testing/faulty-proxy.ts';
import { readTopic } from '../../testing/read-topic.ts';
import { startBroker } from '../../testing/start-broker.ts';
import { Producer } from '../producer.ts';
import type { ProducerProperties } from '../producer-properties.ts';
import type { ProducerRecord, RecordMetadata } from '../producer-record.ts';

export const PROXY_ADDRESS = 'proxy:9092';
const PROXY = { host: '0.0.0.0', port: 9092 };
const BROKER = { host: 'broker', port: 9092 };
const RECORDS = 120;

export interface ProducerWorld {
  readonly simulation: Simulation;
  readonly proxy: FaultyProxy;
  producer(properties?: ProducerProperties): Producer;
  /** What the broker really has. */
  values(partition: number): Promise<string[]>;
}

/** A broker, a proxy in front of it and a client, each on a machine of its own, in virtual time. */
export async function inProducerWorld(
  options: number | SimulationOptions,
  body: (world: ProducerWorld) => Promise<void>,
): Promise<Simulation> {
  const simulation = new Simulation(typeof options === 'number' ? { seed: options } : options);
  const client = simulation.host('client');
  await simulation.run(async () => {
    const properties = {
      listeners: 'PLAINTEXT://0.0.0.0:9092',
      'advertised.listeners': `PLAINTEXT://${PROXY_ADDRESS}`,
      'num.partitions': '2',
    };
    const broker = await startBroker(properties, simulation.host('broker'));
    const proxy = await FaultyProxy.start(simulation.host('proxy'), PROXY, BROKER);
    const producers: Producer[] = [];
    await body({
      simulation,
      proxy,
      producer(own = {}) {
        const producer = new Producer({ 'bootstrap.servers': PROXY_ADDRESS, ...own }, { host: client });
        producers.push(producer);
        return producer;
      },
      values: async (partition) =>
        (await readTopic(client, PROXY_ADDRESS, 'orders', partition)).map(({ value }) => value!.toString()),
    });
    for (const producer of producers) await producer.close();
    await proxy.close();
    await broker.broker.close();
  });
  return simulation;
}

export interface NumberedSend {
  readonly value: string;
  readonly partition: number;
  /** Never rejects: the failure is the outcome. */
  readonly outcome: Promise<RecordMetadata | Error>;
}

/**
 * Sends numbered records to two partitions over some virtual time, singly and in arrays.
 * @param valueBytes at least, filled up behind the number
 */
export async function sendNumbered(
  { simulation }: ProducerWorld,
  producer: Producer,
  count: number,
  valueBytes = 0,
): Promise<NumberedSend[]> {
  const { random } = simulation;
  const sends: NumberedSend[] = [];
  while (sends.length < count) {
    const size = 1 + Math.floor(random.float() * 8);
    const records = Array.from({ length: Math.min(size, count - sends.length) }, (_, index) => ({
      topic: 'orders',
      partition: Math.floor(random.float() * 2),
      value: `${sends.length + index}`.padEnd(valueBytes, '.'),
    }));
    const outcomes = sendRecords(producer, records);
    for (const [index, { value, partition }] of records.entries()) {
      sends.push({ value, partition, outcome: outcomes[index]! });
    }
    if (random.float() < 0.5) await simulation.sleep(random.float() * 20);
  }
  return sends;
}

function sendRecords(producer: Producer, records: ProducerRecord[]): Promise<RecordMetadata | Error>[] {
  if (records.length === 1) return [producer.send(records[0]!).catch((error: unknown) => error as Error)];
  const sent = producer.send(records).catch((error: unknown) => error as Error);
  return records.map(async (_, index) => {
    const outcome = await sent;
    if (!(outcome instanceof Error)) return outcome[index]!;
    if (!(outcome instanceof PartialSendError)) return outcome;
    return (outcome.results[index] as RecordMetadata | undefined) ?? outcome.errors[index]!;
  });
}

/**
 * One producer against one broker, with accidents on the way. Even seeds have all the time they need: everything is
 * written once, in order, at the offsets that were told. Deliveries of odd seeds expire: nothing is written twice, and
 * what was acknowledged is there, in order. `properties` can break the producer, to see that this notices.
 * @returns how many records there were
 * @throws Error what was broken
 */
export async function simulateProducer(seed: number, properties: ProducerProperties = {}): Promise<number> {
  const expires = seed % 2 === 1;
  const limits = expires
    ? { 'request.timeout.ms': 100, 'linger.ms': 5, 'delivery.timeout.ms': 200 }
    : { 'linger.ms': Math.floor(seed / 2) % 4 };
  await inProducerWorld(seed, async (world) => {
    // Some with batches so large that their memory is used again.
    const isLarge = seed % 8 < 2;
    const batchSize = isLarge ? 10_000 : 200;
    const producer = world.producer({ 'batch.size': batchSize, ...limits, ...properties });
    await producer.send({ topic: 'orders', partition: 0, value: 'first' });
    world.proxy.plan = randomFaults(world.simulation.random.fork('faults'), expires ? 0.7 : 0.4);
    const sends = await sendNumbered(world, producer, RECORDS, isLarge ? 2500 : 0);
    const outcomes = await Promise.all(sends.map(({ outcome }) => outcome));
    world.proxy.plan = () => ({ kind: 'none' });
    if (expires) await producer.send({ topic: 'orders', partition: 0, value: 'last' });
    for (const partition of [0, 1]) {
      const own = sends.flatMap((send, index) =>
        send.partition === partition ? [{ value: send.value, outcome: outcomes[index]! }] : [],
      );
      checkPartition(own, await world.values(partition), expires);
    }
  });
  return RECORDS;
}

function checkPartition(
  sends: readonly { readonly value: string; readonly outcome: RecordMetadata | Error }[],
  stored: readonly string[],
  expires: boolean,
): void {
  if (new Set(stored).size !== stored.length) throw new Error(`written twice: ${stored.join(' ')}`);
  const acknowledged = sends.filter(({ outcome }) => !(outcome instanceof Error));
  if (!expires && acknowledged.length < sends.length) {
    const failed = sends.find(({ outcome }) => outcome instanceof Error)!;
    throw new Error(`record ${failed.value} was not written`, { cause: failed.outcome });
  }
  const expected = acknowledged.map(({ value }) => value);
  const wanted = new Set(expected);
  const found = stored.filter((value) => wanted.has(value));
  if (found.join(' ') !== expected.join(' ')) {
    throw new Error(`acknowledged ${expected.join(' ')}, but the log has ${found.join(' ')}`);
  }
  for (const { value, outcome } of acknowledged) {
    const { offset } = outcome as RecordMetadata;
    if (offset >= 0 && stored[offset] !== value) {
      throw new Error(`${value} was said to be at ${offset}, where ${stored[offset] ?? 'nothing'} is`);
    }
  }
}
