import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { textOf, type Ledger } from './ledger.ts';
import { GROUP, PARTITIONS, TOPIC, type Traffic } from './traffic.ts';

const CLIENT = 'kafkajs';

/** Idempotent, one request at a time. */
export async function startKafkajsTraffic(bootstrapServers: string, ledger: Ledger): Promise<Traffic> {
  const kafka = new Kafka({
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 3000,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 40 },
  });
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  const consumer = kafka.consumer({ groupId: `${GROUP}-${CLIENT}`, sessionTimeout: 6000 });
  const consumed = new Set<string>();
  await consumer.connect();
  await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      consumed.add(String(message.value));
    },
  });
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
      await sleep(5);
    }
  })();
  return {
    name: 'kafkajs',
    consumed,
    async stopProducing() {
      state.isProducing = false;
      await writing;
      await producer.disconnect();
    },
    stopConsuming: () => consumer.disconnect(),
  };
}
