import { Producer as PlatformaticProducer, ProduceAcks, stringSerializers } from '@platformatic/kafka';
import { Kafka, logLevel, type Producer as KafkaJsProducer } from 'kafkajs';
import { Producer, type ProducerProperties } from '../src/index.ts';
import { done, librdkafka as loadLibrdkafka, QUEUE_FULL, type RdProducer } from './librdkafka.ts';

/** A client under measurement: the same work, each client's own best way. */
export interface MeasuredProducer {
  readonly name: string;
  /** Sends `count` values to the topic, keeping the pipeline full, and waits until all are acknowledged. */
  sendAll(topic: string, value: Buffer, count: number): Promise<void>;
  sendOne(topic: string, value: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** Sends are this large at most: the peers put each into one batch, which the broker takes up to 1 MB. */
const MAX_SEND_BYTES = 750_000;
const OPEN_SENDS = 5;

export function millrace(bootstrapServers: string, properties: ProducerProperties = {}): MeasuredProducer {
  const producer = new Producer({ 'bootstrap.servers': bootstrapServers, ...properties });
  return {
    name: 'millrace',
    async sendAll(topic, value, count) {
      const size = sendSize(value);
      const records = Array.from({ length: size }, () => ({ topic, value }));
      await pipelined(count, size, (length) =>
        producer.send(length === size ? records : records.slice(0, length)),
      );
    },
    async sendOne(topic, value) {
      await producer.send({ topic, value });
    },
    close: () => producer.close(),
  };
}

export async function kafkaJs(bootstrapServers: string): Promise<MeasuredProducer> {
  const kafka = new Kafka({ brokers: [bootstrapServers], logLevel: logLevel.NOTHING });
  const producer: KafkaJsProducer = kafka.producer({ idempotent: true, maxInFlightRequests: OPEN_SENDS });
  await producer.connect();
  return {
    name: 'kafkajs',
    async sendAll(topic, value, count) {
      const size = sendSize(value);
      const messages = Array.from({ length: size }, () => ({ value }));
      await pipelined(count, size, (length) => producer.send({ topic, messages: messages.slice(0, length) }));
    },
    async sendOne(topic, value) {
      await producer.send({ topic, messages: [{ value }] });
    },
    close: () => producer.disconnect(),
  };
}

export function platformatic(bootstrapServers: string): MeasuredProducer {
  const producer = new PlatformaticProducer<string, Buffer, string, string>({
    clientId: 'bench',
    bootstrapBrokers: [bootstrapServers],
    idempotent: true,
    acks: ProduceAcks.ALL,
    maxInflights: OPEN_SENDS,
    serializers: { ...stringSerializers, value: (value?: Buffer) => value },
  });
  return {
    name: '@platformatic/kafka',
    async sendAll(topic, value, count) {
      const size = sendSize(value);
      const messages = Array.from({ length: size }, () => ({ topic, value }));
      await pipelined(count, size, (length) => producer.send({ messages: messages.slice(0, length) }));
    },
    async sendOne(topic, value) {
      await producer.send({ messages: [{ topic, value }] });
    },
    close: () => producer.close(),
  };
}

/** librdkafka's own calls with delivery reports, which say of each record that it is written. */
export async function librdkafka(bootstrapServers: string, lingerMs = 5): Promise<MeasuredProducer> {
  const producer = new (loadLibrdkafka().Producer)({
    'bootstrap.servers': bootstrapServers,
    'enable.idempotence': true,
    'linger.ms': lingerMs,
    dr_cb: true,
  });
  await done((settle) => producer.connect({}, settle));
  producer.setPollInBackground(true);
  let reported = 0;
  let wanted = Infinity;
  let onAll: (() => void) | undefined;
  producer.on('delivery-report', (error) => {
    if (error !== null) throw error;
    if (++reported >= wanted) onAll?.();
  });
  const allReported = (count: number) => {
    wanted = count;
    return reported >= count ? Promise.resolve() : new Promise<void>((resolve) => (onAll = resolve));
  };
  return {
    name: 'librdkafka',
    async sendAll(topic, value, count) {
      reported = 0;
      for (let sent = 0; sent < count; sent++) {
        while (!produced(producer, topic, value)) await new Promise((resolve) => setImmediate(resolve));
      }
      await allReported(count);
    },
    async sendOne(topic, value) {
      reported = 0;
      produced(producer, topic, value);
      await allReported(1);
    },
    close: () => done((settle) => producer.disconnect(settle)),
  };
}

/** False while its queue is full. */
function produced(producer: RdProducer, topic: string, value: Buffer): boolean {
  try {
    producer.produce(topic, null, value, null);
    return true;
  } catch (error) {
    if ((error as { code?: number }).code !== QUEUE_FULL) throw error;
    return false;
  }
}

function sendSize(value: Buffer): number {
  return Math.floor(MAX_SEND_BYTES / (value.length + 20));
}

async function pipelined(
  count: number,
  size: number,
  send: (length: number) => Promise<unknown>,
): Promise<void> {
  const open = new Set<Promise<unknown>>();
  for (let left = count; left > 0; left -= size) {
    const sent = send(Math.min(size, left)).finally(() => open.delete(sent));
    open.add(sent);
    if (open.size >= OPEN_SENDS) await Promise.race(open);
  }
  await Promise.all(open);
}
