/**
 * A NestJS microservice and its client over Kafka, whose `kafkajs` is the compatibility layer:
 * `node --import @millrace/client/kafkajs/register e2e/nestjs/src/main.ts`. Requests with replies, events, batches.
 */
import { createRequire } from 'node:module';
import { deepStrictEqual, strictEqual } from 'node:assert';
import { startBroker } from '@millrace/testing';
import { NestFactory } from '@nestjs/core';
import { Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { Kafka } from '@millrace/client/kafkajs';
import { firstEvent, makeClient, OrdersModule, seen } from './application.ts';

await using broker = await startBroker();
const brokers = [broker.bootstrapServers];
for (const topic of ['orders.total', 'orders.total.reply', 'orders.created']) {
  await broker.createTopic(topic, { partitions: 2 });
}

const required = createRequire(import.meta.url)('kafkajs') as { readonly Kafka: unknown };
strictEqual(
  required.Kafka,
  Kafka,
  'kafkajs is the layer: run with --import @millrace/client/kafkajs/register',
);

const service = await NestFactory.createMicroservice<MicroserviceOptions>(OrdersModule, {
  transport: Transport.KAFKA,
  logger: ['error', 'warn'],
  options: {
    client: { brokers, clientId: 'orders' },
    consumer: { groupId: 'orders', maxWaitTimeInMs: 50 },
    subscribe: { fromBeginning: true },
  },
});
await service.listen();
print('a microservice listens');

const client = makeClient(brokers);
client.subscribeToResponseOf('orders.total');
await client.connect();
const answers = await Promise.all(
  [1, 2, 3].map((amount) =>
    firstValueFrom(
      client.send<{ total: number }>('orders.total', [
        { id: 'a', amount },
        { id: 'b', amount: 10 },
      ]),
    ),
  ),
);
deepStrictEqual(answers, [{ total: 11 }, { total: 12 }, { total: 13 }]);
print('requests are answered');

await firstValueFrom(client.emit('orders.created', { key: 'order-1', value: { id: 'order-1', amount: 5 } }));
await firstValueFrom(
  client.emitBatch('orders.created', { messages: [{ key: 'order-1', value: { id: 'order-1', amount: 6 } }] }),
);
await firstEvent.promise;
deepStrictEqual(
  seen.map(({ topic, offset, order }) => `${topic} ${offset} ${order.amount}`),
  ['orders.created 0 5', 'orders.created 1 6'],
);
print('events and batches arrive, in order');

await client.close();
await service.close();
print('client and microservice are closed');

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
