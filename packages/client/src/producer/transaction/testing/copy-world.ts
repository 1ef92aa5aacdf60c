import type { SimulatedHost, Simulation } from '@millrace/host';
import { Consumer } from '../../../consumer/consumer.ts';
import type { ConsumerProperties } from '../../../consumer/consumer-properties.ts';
import type { ConsumerRecord } from '../../../consumer/consumer-record.ts';
import { TestCluster } from '../../../consumer/testing/test-cluster.ts';
import { FaultyProxy, randomFaults } from '../../../testing/faulty-proxy.ts';
import { Producer } from '../../producer.ts';

const PARTITIONS = 2;
const RECORDS_PER_PARTITION = 40;
/** Far more than any run takes. */
const GIVE_UP_MS = 120_000;
/** Polls without records after which there are none. */
const SILENT_POLLS = 3;
const SERVERS = { 'bootstrap.servers': 'proxy:9092' };

/** Mistakes an application may make, which cost it the "once": what the check has to notice. */
export type CopyPlant = 'commits-apart' | 'no-transactions';

export interface CopyResult {
  readonly copied: number;
  /** How many copiers it took. */
  readonly lives: number;
}

/**
 * Copies `input` to `output`, a few records a transaction, as long as it lives: until an error, a whim, or a crash.
 */
class CopierLife {
  readonly #simulation: Simulation;
  readonly #host: SimulatedHost;
  readonly #id: string;
  readonly #plant: CopyPlant | undefined;

  constructor(simulation: Simulation, host: SimulatedHost, id: string, plant: CopyPlant | undefined) {
    this.#simulation = simulation;
    this.#host = host;
    this.#id = id;
    this.#plant = plant;
  }

  async live(properties: ConsumerProperties, isDone: () => boolean): Promise<void> {
    const identity = this.#plant === 'no-transactions' ? {} : { 'transactional.id': this.#id };
    const options = { host: this.#host };
    const producer = new Producer({ ...SERVERS, ...identity, 'linger.ms': 0, 'batch.size': 200 }, options);
    const consumer = new Consumer(properties, options);
    const crashed = Promise.withResolvers<void>();
    const life = this.#simulation.sleep(200 + this.#simulation.random.float() * 3000);
    const isCrash = this.#simulation.random.float() < 0.5;
    const crash = () => {
      this.#host.kill();
      crashed.resolve();
    };
    if (isCrash) void life.then(crash);
    // Nothing of a killed machine ever ends.
    const whole = this.#copy(producer, consumer, isDone).then(() => this.#end(producer, consumer));
    await Promise.race([crashed.promise, whole]);
  }

  async #copy(producer: Producer, consumer: Consumer, isDone: () => boolean): Promise<void> {
    const { random } = this.#simulation;
    let left = 1 + Math.floor(random.float() * 12);
    try {
      if (this.#plant !== 'no-transactions') await producer.initTransactions();
      consumer.subscribe('input');
      while (!isDone() && left > 0) {
        const records = await consumer.poll({ timeoutMs: 50 });
        if (records.length === 0) continue;
        left--;
        await this.#copyOnce(producer, consumer, records);
      }
    } catch {
      // Whoever hears of an error stops. The next one goes on where the group has committed.
    }
  }

  async #copyOnce(producer: Producer, consumer: Consumer, records: readonly ConsumerRecord[]): Promise<void> {
    const { random } = this.#simulation;
    const copies = records.map(({ partition, value }) => ({ topic: 'output', partition, value }));
    if (this.#plant === 'no-transactions') {
      await producer.send(copies);
      await this.#simulation.sleep(random.float() * 200);
      return consumer.commit();
    }
    producer.beginTransaction();
    for (const copy of copies) {
      producer.send(copy).catch(() => {});
      if (random.float() < 0.1) await this.#simulation.sleep(random.float() * 40);
    }
    if (this.#plant === 'commits-apart') await consumer.commit();
    else await producer.sendOffsets(nextOffsets(records), consumer.groupMetadata());
    if (random.float() < 0.1) await this.#simulation.sleep(random.float() * 200);
    if (random.float() < 0.1) throw new Error('it gives up in the middle');
    await producer.commitTransaction();
  }

  async #end(producer: Producer, consumer: Consumer): Promise<void> {
    const timeoutMs = this.#simulation.random.float() < 0.5 ? 0 : 2000;
    await Promise.allSettled([producer.close({ timeoutMs }), consumer.close({ timeoutMs: 2000 })]);
  }
}

function nextOffsets(records: readonly ConsumerRecord[]) {
  const last = new Map(records.map((record) => [record.partition, record]));
  return [...last.values()].map(({ topic, partition, offset }) => ({ topic, partition, offset: offset + 1 }));
}

/** Reads what is committed: until everything is there, and then on until nothing more comes. */
async function readOutput(host: SimulatedHost): Promise<string[][]> {
  const properties = {
    ...SERVERS,
    'isolation.level': 'read_committed',
    'auto.offset.reset': 'earliest',
  } as const;
  await using consumer = new Consumer(properties, { host });
  consumer.assign(Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: 'output', partition })));
  const values: string[][] = Array.from({ length: PARTITIONS }, () => []);
  const isThere = () => values.every((own) => new Set(own).size === RECORDS_PER_PARTITION);
  const deadlineMs = host.clock.monotonicMs() + GIVE_UP_MS;
  for (let silent = 0; silent < SILENT_POLLS || !isThere();) {
    if (host.clock.monotonicMs() > deadlineMs) throw new Error(`records are missing: ${values.join(' | ')}`);
    const records = await consumer.poll({ timeoutMs: 500 });
    silent = records.length === 0 ? silent + 1 : 0;
    for (const { partition, value } of records) values[partition]!.push(String(value));
  }
  return values;
}

/**
 * Two copiers in a group, of either protocol and either generation of transactions, while they, the broker and the
 * network fail. In the end `output` has every record of `input` once, in its order.
 * @throws Error what was broken
 */
export async function simulateCopies(seed: number, plant?: CopyPlant): Promise<CopyResult> {
  let lives = 0;
  const isConsumerProtocol = seed % 2 === 0;
  const properties: ConsumerProperties = {
    ...SERVERS,
    'group.id': 'copiers',
    'enable.auto.commit': false,
    'auto.offset.reset': 'earliest',
    'isolation.level': 'read_committed',
    'max.poll.records': 7,
    'fetch.max.wait.ms': 20,
    ...(isConsumerProtocol
      ? { 'group.protocol': 'consumer' }
      : { 'session.timeout.ms': 1500, 'heartbeat.interval.ms': 100 }),
  };
  await TestCluster.simulate(
    async (cluster, simulation) => {
      const at = { host: '0.0.0.0', port: 9092 };
      const proxy = await FaultyProxy.start(simulation.host('proxy'), at, { host: 'broker', port: 9092 });
      proxy.hidesFeatures = Math.floor(seed / 2) % 2 === 1;
      await cluster.createTopic('input', PARTITIONS);
      await cluster.createTopic('output', PARTITIONS);
      for (let partition = 0; partition < PARTITIONS; partition++) {
        await cluster.fill('input', partition, RECORDS_PER_PARTITION);
      }
      proxy.plan = randomFaults(simulation.random.fork('faults'), 0.1);
      const done = new AbortController();
      const isDone = () => done.signal.aborted;
      const slot = async (id: string) => {
        while (!isDone()) {
          const host = simulation.host(`copier-${lives++}`);
          await new CopierLife(simulation, host, id, plant).live(properties, isDone);
        }
      };
      const slots = Promise.all([slot('a'), slot('b')]);
      const trouble = troubleBroker(cluster, simulation, isDone);
      const reader = simulation.host('reader');
      try {
        await readOutput(reader);
      } finally {
        done.abort();
        await Promise.all([slots, trouble]);
      }
      checkOutput(await readOutput(reader));
      await proxy.close();
    },
    {
      seed,
      'advertised.listeners': 'PLAINTEXT://proxy:9092',
      'transaction.state.log.num.partitions': 2,
      'group.min.session.timeout.ms': 100,
      'group.consumer.min.session.timeout.ms': 100,
      'group.consumer.session.timeout.ms': 1500,
      'group.consumer.heartbeat.interval.ms': 100,
    },
  );
  return { copied: PARTITIONS * RECORDS_PER_PARTITION, lives };
}

/** The broker is killed now and then, at most three times. */
async function troubleBroker(
  cluster: TestCluster,
  simulation: Simulation,
  isDone: () => boolean,
): Promise<void> {
  for (let kills = 0; kills < 3; kills++) {
    await simulation.sleep(200 + simulation.random.float() * 2000);
    if (isDone()) return;
    await cluster.restartBroker();
  }
}

function checkOutput(values: readonly string[][]): void {
  const expected = Array.from({ length: RECORDS_PER_PARTITION }, (_, index) => String(index)).join(' ');
  for (const [partition, own] of values.entries()) {
    if (own.join(' ') !== expected) throw new Error(`output-${partition} has ${own.join(' ')}`);
  }
}
