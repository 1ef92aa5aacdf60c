import { Admin, Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

describe('@platformatic/kafka with groupProtocol consumer (KIP-848)', () => {
  it('is assigned its partitions by the broker, and reads them', async () => {
    await using server = await TestBroker.start({ 'group.consumer.heartbeat.interval.ms': 50 });
    const base = {
      clientId: 'interop',
      bootstrapBrokers: [server.bootstrapServers],
      retries: 10,
      retryDelay: 20,
    };
    const admin = new Admin(base);
    await admin.createTopics({ topics: ['orders'], partitions: 3, replicas: 1 });
    const producer = new Producer({ ...base, serializers: stringSerializers });
    const values = Array.from({ length: 30 }, (_, index) => `value ${index}`);
    await producer.send({
      messages: values.map((value, index) => ({ topic: 'orders', key: `key ${index}`, value })),
    });
    const consumer = new Consumer({
      ...base,
      groupId: 'team',
      groupProtocol: 'consumer',
      deserializers: stringDeserializers,
    });
    const stream = await consumer.consume({ topics: ['orders'], mode: 'earliest', maxWaitTime: 50 });
    const received: string[] = [];
    for await (const { value } of stream) {
      received.push(value ?? '');
      if (received.length === values.length) break;
    }
    expect(received.toSorted()).toEqual(values.toSorted());
    await consumer.close(true);
    await producer.close();
    await admin.close();
  });
});
