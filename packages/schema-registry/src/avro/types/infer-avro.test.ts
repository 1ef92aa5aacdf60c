import { expectTypeOf, test } from 'vitest';
import type { SchemaRegistryClient } from '../../client/schema-registry-client.ts';
import type { SchemaSerde } from '../../serde/schema-serde.ts';
import { avro } from '../avro.ts';
import type { InferAvro } from './infer-avro.ts';

const orderSchema = {
  type: 'record',
  name: 'Order',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'status', type: { type: 'enum', name: 'Status', symbols: ['NEW', 'PAID'] } },
    { name: 'note', type: ['null', 'string'], default: null },
    {
      name: 'lines',
      type: {
        type: 'array',
        items: { type: 'record', name: 'Line', fields: [{ name: 'sku', type: 'string' }] },
      },
    },
    { name: 'labels', type: { type: 'map', values: 'double' } },
    { name: 'hash', type: { type: 'fixed', name: 'Hash', size: 16 } },
    { name: 'before', type: 'Status' },
    { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'customer', type: 'shop.Customer' },
  ],
} as const;

test('the type of values follows from a schema that is a literal', () => {
  expectTypeOf<InferAvro<typeof orderSchema>>().toEqualTypeOf<{
    id: number;
    status: 'NEW' | 'PAID';
    note: string | null;
    lines: { sku: string }[];
    labels: Record<string, number>;
    hash: Buffer;
    before: 'NEW' | 'PAID';
    at: number;
    customer: unknown;
  }>();
});

test('a record that holds itself has a type that does', () => {
  interface Node {
    value: number;
    next: Node | null;
  }
  type Inferred = InferAvro<{
    readonly type: 'record';
    readonly name: 'Node';
    readonly fields: readonly [
      { readonly name: 'value'; readonly type: 'int' },
      { readonly name: 'next'; readonly type: readonly ['null', 'Node'] },
    ];
  }>;
  expectTypeOf<Inferred>().toExtend<Node>();
});

test('a serde has the type of its schema, or the one it is told', () => {
  interface Order {
    id: number;
  }
  const make = (registry: SchemaRegistryClient) => ({
    inferred: avro({ type: 'record', name: 'Order', fields: [{ name: 'id', type: 'long' }] }, { registry }),
    told: avro<Order>(orderSchema, { registry }),
    text: avro<string>('"string"', { registry }),
    reading: avro<Order>(undefined, { registry }),
  });
  expectTypeOf<ReturnType<typeof make>['inferred']>().toEqualTypeOf<SchemaSerde<{ id: number }>>();
  expectTypeOf<ReturnType<typeof make>['told']>().toEqualTypeOf<SchemaSerde<Order>>();
  expectTypeOf<ReturnType<typeof make>['text']>().toEqualTypeOf<SchemaSerde<string>>();
  expectTypeOf<ReturnType<typeof make>['reading']>().toEqualTypeOf<SchemaSerde<Order>>();
});
