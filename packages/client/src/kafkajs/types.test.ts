import type * as kafkajs from 'kafkajs';
import { expect, test } from 'vitest';
import { CompressionTypes, Kafka, logLevel, Partitioners } from './index.ts';
import type { Admin, Consumer, Producer, Transaction } from './index.ts';

// Checked by the compiler: a program written for kafkajs's types takes what the layer makes.
type Assignable<From extends To, To> = From;
export type Checks = [
  Assignable<Producer, kafkajs.Producer>,
  Assignable<Transaction, kafkajs.Transaction>,
  Assignable<Consumer, kafkajs.Consumer>,
  Assignable<Admin, kafkajs.Admin>,
  Assignable<Kafka, kafkajs.Kafka>,
];

test('options as kafkajs has them are accepted', () => {
  const kafka = new Kafka({
    clientId: 'types',
    brokers: ['127.0.0.1:9092'],
    connectionTimeout: 3000,
    requestTimeout: 25_000,
    retry: { initialRetryTime: 100, retries: 8 },
    logLevel: logLevel.NOTHING,
    ssl: true,
    sasl: { mechanism: 'plain', username: 'user', password: 'secret' },
  });
  const producer = kafka.producer({ createPartitioner: Partitioners.LegacyPartitioner, idempotent: true });
  expect(producer.isIdempotent()).toBe(true);
  expect(CompressionTypes.GZIP).toBe(1);
});
