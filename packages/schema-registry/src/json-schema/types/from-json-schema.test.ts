import { expectTypeOf, test } from 'vitest';
import type { SchemaRegistryClient } from '../../client/schema-registry-client.ts';
import type { SchemaSerde } from '../../serde/schema-serde.ts';
import { json } from '../serde/json-serde.ts';
import type { FromJsonSchema } from './from-json-schema.ts';

// These tests are about types: what they expect is checked by tsc.

const order = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Order',
  type: 'object',
  properties: {
    id: { type: 'integer', minimum: 1 },
    customer: { $ref: '#/definitions/customer' },
    status: { enum: ['NEW', 'PAID'] },
    version: { const: 1 },
    note: { type: ['string', 'null'] },
    tags: { type: 'array', items: { type: 'string' } },
    place: { type: 'array', items: [{ type: 'number' }, { type: 'number' }], additionalItems: false },
    payment: {
      oneOf: [
        { type: 'object', properties: { card: { type: 'string' } }, required: ['card'] },
        { type: 'null' },
      ],
    },
    both: {
      allOf: [
        { properties: { a: { type: 'string' } } },
        { properties: { b: { type: 'boolean' } }, required: ['b'] },
      ],
    },
    counts: { type: 'object', additionalProperties: { type: 'number' } },
    anything: true,
  },
  required: ['id', 'customer', 'status'],
  definitions: { customer: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
} as const;

interface Order {
  id: number;
  customer: { name: string };
  status: 'NEW' | 'PAID';
  version?: 1;
  note?: string | null;
  tags?: string[];
  place?: [number, number];
  payment?: { card: string } | null;
  both?: { a?: string; b: boolean };
  counts?: Record<string, number>;
  anything?: unknown;
}

test('a schema literal says the type of its values', () => {
  expectTypeOf<FromJsonSchema<typeof order>>().toEqualTypeOf<Order>();
});

test('a recursive schema gives a recursive type', () => {
  const tree = {
    type: 'object',
    properties: { value: { type: 'number' }, children: { type: 'array', items: { $ref: '#' } } },
    required: ['value'],
  } as const;
  const value: FromJsonSchema<typeof tree> = { value: 1, children: [{ value: 2, children: [{ value: 3 }] }] };
  expectTypeOf(value).toHaveProperty('children');
  // @ts-expect-error the value of an inner node is a number
  const wrong: FromJsonSchema<typeof tree> = { value: 1, children: [{ value: 'two' }] };
  expectTypeOf(wrong).toEqualTypeOf(value);
});

test('a serde takes its type from the schema, or as it is told', () => {
  const make = (registry: SchemaRegistryClient) => ({
    inferred: json(
      { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
      {
        registry,
      },
    ),
    told: json<Order>(order, { registry }),
    text: json('{"type":"string"}', { registry }),
  });
  expectTypeOf<ReturnType<typeof make>['inferred']>().toEqualTypeOf<SchemaSerde<{ id: number }>>();
  expectTypeOf<ReturnType<typeof make>['told']>().toEqualTypeOf<SchemaSerde<Order>>();
  expectTypeOf<ReturnType<typeof make>['text']>().toEqualTypeOf<SchemaSerde<unknown>>();
});
