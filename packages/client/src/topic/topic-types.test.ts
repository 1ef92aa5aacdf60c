import { expectTypeOf, test } from 'vitest';
import type { Consumer } from '../consumer/consumer.ts';
import type { Producer } from '../producer/producer.ts';
import { serdes } from '../serde/built-in-serdes.ts';
import { nullable } from '../serde/nullable.ts';
import { standardSchema, type StandardSchema } from '../serde/standard-schema.ts';
import { topic, type RecordOf, type TopicRecord, type TopicRecordInput } from './topic.ts';

// What must not compile is marked: an error that does not come is itself an error of the type check.

interface Order {
  readonly total: number;
}

declare const checked: StandardSchema<{ at: string }, { at: Date }>;
const orders = topic({ name: 'orders', key: serdes.string(), value: serdes.json<Order>() });
const clicks = topic({ name: 'clicks', value: nullable(serdes.int32()) });

test('records of a topic have the types of its serdes', () => {
  expectTypeOf<RecordOf<typeof orders>>().toEqualTypeOf<TopicRecord<string, Order, 'orders'>>();
  expectTypeOf<RecordOf<typeof clicks>>().toEqualTypeOf<
    TopicRecord<Buffer | null, number | null, 'clicks'>
  >();
  const events = () => topic({ name: 'events', key: serdes.uuid(), value: standardSchema(checked) });
  expectTypeOf<RecordOf<ReturnType<typeof events>>>().toEqualTypeOf<
    TopicRecord<string, { at: Date }, 'events'>
  >();
  expectTypeOf<Parameters<ReturnType<typeof events>['record']>[0]>().toEqualTypeOf<
    TopicRecordInput<string, { at: string }>
  >();
});

test('what does not fit a topic does not compile', () => {
  orders.record({ key: 'order-1', value: { total: 1 } });
  clicks.record({ value: null });
  // @ts-expect-error a key of another type
  orders.record({ key: 1, value: { total: 1 } });
  // @ts-expect-error a key that must not be left out
  orders.record({ value: { total: 1 } });
  // @ts-expect-error a value of another type
  orders.record({ key: 'order-1', value: { totall: 1 } });
  // @ts-expect-error a tombstone where the serde has none
  orders.record({ key: 'order-1', value: null });
  // @ts-expect-error a field that records do not have
  orders.record({ key: 'order-1', value: { total: 1 }, headerz: [] });
});

test('producers and consumers keep the types', () => {
  const compiles = async (producer: Producer, consumer: Consumer) => {
    await producer.to(orders).send({ key: 'order-1', value: { total: 1 } });
    await producer.to(orders).send([{ key: 'order-1', value: { total: 1 } }]);
    // @ts-expect-error a value of another type
    await producer.to(orders).send({ key: 'order-1', value: 'paid' });
    // @ts-expect-error in an array as well
    await producer.to(orders).send([{ key: 'order-1', value: 'paid' }]);
    for await (const { key, value } of consumer.subscribe(orders)) {
      expectTypeOf(key).toEqualTypeOf<string>();
      expectTypeOf(value).toEqualTypeOf<Order>();
    }
    for await (const record of consumer.subscribe([orders, clicks])) {
      if (record.topic === 'orders') expectTypeOf(record.value).toEqualTypeOf<Order>();
      else expectTypeOf(record.value).toEqualTypeOf<number | null>();
    }
  };
  expectTypeOf(compiles).parameter(0).toEqualTypeOf<Producer>();
});
