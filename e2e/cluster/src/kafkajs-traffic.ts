import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import { textOf, type Ledger } from './ledger.ts';
import { GROUP, PACE_MS, PARTITIONS, TOPIC, type Traffic } from './traffic.ts';

const CLIENT = 'kafkajs';
/**
 * After it has given a batch up, kafkajs sends another one under the same sequence number, which a broker that has the
 * first one takes for a repetition: so it must not give up.
 */
const RETRIES = 100_000;
const RESTART_MS = 500;

/** Idempotent, one request at a time. */
export async function startKafkajsTraffic(bootstrapServers: string, ledger: Ledger): Promise<Traffic> {
  const kafka = new Kafka({
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 3000,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: RETRIES },
  });
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  const consuming = new SupervisedConsumer(kafka);
  await consuming.start();
  const state = { isProducing: true };
  const writing = (async () => {
    for (let number = 0; state.isProducing; number++) {
      const partition = number % PARTITIONS;
      const entry = { client: CLIENT, partition, number };
      try {
        await producer.send({ topic: TOPIC, acks: -1, messages: [{ partition, value: textOf(entry) }] });
        ledger.acknowledge(entry);
      } catch {
        // Not known to be written.
      }
      await sleep(PACE_MS);
    }
  })();
  return {
    name: 'kafkajs',
    consumed: consuming.consumed,
    failure: undefined,
    async stopProducing() {
      state.isProducing = false;
      await writing;
      await producer.disconnect();
    },
    stopConsuming: () => consuming.stop(),
  };
}

/**
 * Where no broker knows the coordinator, as while all nodes start, a consumer of kafkajs crashes for good; its users
 * make another one.
 */
class SupervisedConsumer {
  readonly consumed = new Set<string>();
  readonly #kafka: Kafka;
  #consumer: Consumer | undefined;
  #isWanted = true;

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
  }

  async start(): Promise<void> {
    const consumer = this.#kafka.consumer({ groupId: `${GROUP}-${CLIENT}`, sessionTimeout: 6000 });
    this.#consumer = consumer;
    consumer.on(consumer.events.CRASH, ({ payload: { restart } }) => {
      if (!restart) void this.#startAgain(consumer);
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        this.consumed.add(String(message.value));
      },
    });
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    await this.#consumer?.disconnect();
  }

  async #startAgain(crashed: Consumer): Promise<void> {
    await crashed.disconnect().catch(() => {});
    while (this.#isWanted) {
      await sleep(RESTART_MS);
      try {
        return await this.start();
      } catch {
        // Nobody is there yet.
        await this.#consumer?.disconnect().catch(() => {});
      }
    }
  }
}
