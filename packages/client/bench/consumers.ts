import { Consumer as PlatformaticConsumer } from '@platformatic/kafka';
import { Kafka, logLevel } from 'kafkajs';
import { Consumer } from '../src/index.ts';
import { done, librdkafka as loadLibrdkafka } from './librdkafka.ts';

/** A client under measurement: reads a topic from its beginning in its own best way, outside of any commit. */
export interface MeasuredConsumer {
  readonly name: string;
  /** Tells the number of records of each piece as it is handed out, until `count` records have come. */
  readAll(topic: string, count: number, onRecords: (count: number) => void): Promise<void>;
}

/** Enough for the network to work while records are counted; the peers default to as much or more. */
const MAX_BYTES = 52_428_800;
const MAX_PARTITION_BYTES = 1_048_576;
/** Of librdkafka; more brings nothing. */
const ARRAY_RECORDS = 1000;

let groups = 0;
const freshGroup = () => `bench-${process.pid}-${groups++}`;

/** `poll()` as a user without a wish of his own calls it. */
export function millrace(bootstrapServers: string): MeasuredConsumer {
  return {
    name: 'millrace',
    async readAll(topic, count, onRecords) {
      await using consumer = new Consumer({
        'bootstrap.servers': bootstrapServers,
        'group.id': freshGroup(),
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
      });
      consumer.subscribe(topic);
      for (let seen = 0; seen < count;) {
        const records = await consumer.poll({ timeoutMs: 60_000 });
        seen += records.length;
        onRecords(records.length);
      }
    },
  };
}

/** The `for await` sugar: what the convenience costs. */
export function millraceIteration(bootstrapServers: string): MeasuredConsumer {
  return {
    name: 'millrace, for await',
    async readAll(topic, count, onRecords) {
      await using consumer = new Consumer({
        'bootstrap.servers': bootstrapServers,
        'group.id': freshGroup(),
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
      });
      consumer.subscribe(topic);
      let seen = 0;
      for await (const _ of consumer) {
        onRecords(1);
        if (++seen === count) break;
      }
    },
  };
}

/** `eachBatch`, its fastest way. */
export function kafkaJs(bootstrapServers: string): MeasuredConsumer {
  const kafka = new Kafka({ brokers: [bootstrapServers], logLevel: logLevel.NOTHING });
  return {
    name: 'kafkajs',
    async readAll(topic, count, onRecords) {
      const consumer = kafka.consumer({
        groupId: freshGroup(),
        maxBytes: MAX_BYTES,
        maxBytesPerPartition: MAX_PARTITION_BYTES,
      });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      const { promise: isDone, resolve: done } = Promise.withResolvers<void>();
      let seen = 0;
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: true,
        eachBatch: async ({ batch }) => {
          seen += batch.messages.length;
          onRecords(batch.messages.length);
          if (seen >= count) done();
        },
      });
      await isDone;
      await consumer.disconnect();
    },
  };
}

/** The stream in flowing mode, without deserializers: keys and values stay buffers, as with the others. */
export function platformatic(bootstrapServers: string): MeasuredConsumer {
  return {
    name: '@platformatic/kafka',
    async readAll(topic, count, onRecords) {
      const consumer = new PlatformaticConsumer({
        clientId: 'bench',
        groupId: freshGroup(),
        bootstrapBrokers: [bootstrapServers],
        maxBytes: MAX_BYTES,
        maxBytesPerPartition: MAX_PARTITION_BYTES,
      });
      const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false });
      const { promise: isDone, resolve: done } = Promise.withResolvers<void>();
      let seen = 0;
      stream.on('data', () => {
        onRecords(1);
        if (++seen === count) done();
      });
      await isDone;
      await stream.close();
      await consumer.close();
    },
  };
}

/** Arrays of messages, which is faster than its stream and its `eachMessage`. */
export function librdkafka(bootstrapServers: string): MeasuredConsumer {
  return {
    name: 'librdkafka',
    async readAll(topic, count, onRecords) {
      const consumer = new (loadLibrdkafka().KafkaConsumer)(
        { 'bootstrap.servers': bootstrapServers, 'group.id': freshGroup(), 'enable.auto.commit': false },
        { 'auto.offset.reset': 'earliest' },
      );
      await done((settle) => consumer.connect({}, settle));
      consumer.setDefaultConsumeTimeout(100);
      consumer.subscribe([topic]);
      for (let seen = 0; seen < count;) {
        const length = await new Promise<number>((resolve, reject) => {
          consumer.consume(ARRAY_RECORDS, (error, messages) =>
            error === null ? resolve(messages.length) : reject(error),
          );
        });
        seen += length;
        onRecords(length);
      }
      await done((settle) => consumer.disconnect(settle));
    },
  };
}
