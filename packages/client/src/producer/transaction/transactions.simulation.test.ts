import { Simulation, type Host, type SimulatedHost } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import { Admin } from '../../admin/admin.ts';
import { Consumer } from '../../consumer/consumer.ts';
import { TransactionFatalError } from '../../errors.ts';
import { FaultyProxy, randomFaults } from '../../testing/faulty-proxy.ts';
import { startBroker, type TestBroker } from '../../testing/start-broker.ts';
import { Producer } from '../producer.ts';

const SERVERS = { 'bootstrap.servers': 'proxy:9092' };
const PARTITIONS = 2;
const TRANSACTIONS = 12;
const KILLS = 3;

type Fate = 'committed' | 'aborted' | 'unknown';

interface Attempt {
  readonly name: string;
  readonly recordCount: number;
  fate: Fate;
}

function start(host: SimulatedHost): Promise<TestBroker> {
  const properties = {
    listeners: 'PLAINTEXT://0.0.0.0:9092',
    'advertised.listeners': 'PLAINTEXT://proxy:9092',
    'transaction.state.log.num.partitions': '3',
  };
  return startBroker(properties, host);
}

/** An application that runs one transaction after the other, gives up some of them, and dies at times. */
class Application {
  readonly attempts: Attempt[] = [];
  readonly #id: string;
  readonly #host: Host;
  readonly #simulation: Simulation;
  #producer: Producer | undefined;

  constructor(id: string, host: Host, simulation: Simulation) {
    this.#id = id;
    this.#host = host;
    this.#simulation = simulation;
  }

  async run(): Promise<void> {
    while (this.attempts.length < TRANSACTIONS) await this.#once();
    // Whatever is open still is aborted.
    await this.#restart();
    await this.#producer!.close();
  }

  async #once(): Promise<void> {
    const { random } = this.#simulation;
    if (this.#producer === undefined) await this.#restart();
    const producer = this.#producer!;
    const name = `${this.#id}-${this.attempts.length}`;
    const attempt: Attempt = { name, recordCount: 1 + Math.floor(random.float() * 9), fate: 'unknown' };
    this.attempts.push(attempt);
    try {
      producer.beginTransaction();
      await this.#send(producer, attempt);
      const choice = random.float();
      if (choice < 0.15) return await this.#die();
      if (choice < 0.4) {
        await producer.abortTransaction();
        attempt.fate = 'aborted';
      } else {
        await producer.commitTransaction();
        attempt.fate = 'committed';
      }
    } catch (error) {
      await this.#recover(producer, attempt, error);
    }
  }

  async #send(producer: Producer, { name, recordCount }: Attempt): Promise<void> {
    for (let index = 0; index < recordCount; index++) {
      const sent = producer.send({
        topic: 'orders',
        partition: index % PARTITIONS,
        value: `${name}/${index}`,
      });
      sent.catch(() => {});
      if (this.#simulation.random.float() < 0.3)
        await this.#simulation.sleep(this.#simulation.random.float() * 40);
    }
  }

  /** Whoever hears of an error aborts, or makes a new producer. A commit whose answer is lost stays unknown. */
  async #recover(producer: Producer, attempt: Attempt, error: unknown): Promise<void> {
    if (error instanceof TransactionFatalError) return this.#die();
    try {
      await producer.abortTransaction();
      attempt.fate = 'aborted';
    } catch {
      await this.#die();
    }
  }

  async #die(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.close({ timeoutMs: 0 });
  }

  async #restart(): Promise<void> {
    await this.#die();
    for (;;) {
      const properties = { ...SERVERS, 'transactional.id': this.#id, 'linger.ms': 0 };
      this.#producer = new Producer(properties, { host: this.#host });
      try {
        await this.#producer.initTransactions();
        return;
      } catch {
        await this.#die();
      }
    }
  }
}

async function readCommitted(host: Host): Promise<string[][]> {
  const properties = {
    ...SERVERS,
    'isolation.level': 'read_committed',
    'auto.offset.reset': 'earliest',
  } as const;
  await using consumer = new Consumer(properties, { host });
  consumer.assign(Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: 'orders', partition })));
  const values: string[][] = Array.from({ length: PARTITIONS }, () => []);
  for (let silent = 0; silent < 5;) {
    const records = await consumer.poll({ timeoutMs: 1000 });
    silent = records.length === 0 ? silent + 1 : 0;
    for (const { partition, value } of records) values[partition]!.push(String(value));
  }
  return values;
}

const runs = [1, 2].flatMap((generation) =>
  Array.from({ length: 5 }, (_, seed) => [generation, seed + 1] as const),
);

describe('transactions while brokers and applications die, and batches meet with accidents,', () => {
  it.each(runs)('are seen whole or not at all (generation %i, seed %i)', async (generation, seed) => {
    const simulation = new Simulation({ seed });
    await simulation.run(async () => {
      let node = simulation.host('broker');
      let broker = await start(node);
      const client = simulation.host('client');
      const at = { host: '0.0.0.0', port: 9092 };
      const proxy = await FaultyProxy.start(simulation.host('proxy'), at, { host: 'broker', port: 9092 });
      proxy.hidesFeatures = generation === 1;
      proxy.plan = randomFaults(simulation.random.fork('faults'), 0.1);
      await using admin = new Admin(SERVERS, { host: client });
      await admin.createTopics([{ name: 'orders', partitions: PARTITIONS }]);
      const applications = ['a', 'b'].map((id) => new Application(id, client, simulation));
      const running = applications.map((application) => application.run());
      for (let kill = 0; kill < KILLS; kill++) {
        await simulation.sleep(100 + simulation.random.float() * 600);
        node.kill();
        node = simulation.restart(node);
        broker = await start(node);
      }
      await Promise.all(running);
      const seen = await readCommitted(client);
      for (const { name, recordCount, fate } of applications.flatMap(({ attempts }) => attempts)) {
        const count = seen.flat().filter((value) => value.startsWith(`${name}/`)).length;
        if (fate === 'committed') expect(count, `${name} was committed`).toBe(recordCount);
        else if (fate === 'aborted') expect(count, `${name} was aborted`).toBe(0);
        else expect([0, recordCount], `${name} is torn`).toContain(count);
      }
      await proxy.close();
      await broker.broker.close();
    });
  });
});
