import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestRegistry } from './testing/test-registry.ts';

let registry: TestRegistry;
beforeAll(async () => {
  registry = await TestRegistry.start();
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
});

const order = { id: 42, card: 'x', total: 9.5 };
const orderSchema = {
  type: 'record',
  name: 'Order',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'int' },
    { name: 'card', type: ['null', 'string'], default: null },
    { name: 'total', type: 'double' },
  ],
};
const jsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Order',
  type: 'object',
  properties: { id: { type: 'integer' }, card: { type: 'string' }, total: { type: 'number' } },
};
const proto =
  'syntax = "proto3";\npackage shop;\n\nmessage Order {\n  int32 id = 1;\n  string card = 2;\n  double total = 3;\n}\n';

describe('@kafkajs/confluent-schema-registry', () => {
  test.each([
    [SchemaType.AVRO, 'kafkajs-avro', JSON.stringify(orderSchema)],
    [SchemaType.JSON, 'kafkajs-json', JSON.stringify(jsonSchema)],
    [SchemaType.PROTOBUF, 'kafkajs-protobuf', proto],
  ])('registers, encodes and decodes %s', async (type, subject, schema) => {
    const client = new SchemaRegistry({ host: registry.url });
    const { id } = await client.register({ type, schema } as Parameters<typeof client.register>[0], {
      subject,
    });
    const bytes = await client.encode(id, order);
    expect(await client.decode(bytes)).toMatchObject(order);
    expect(await client.getLatestSchemaId(subject)).toBe(id);
    expect(await client.getRegistryId(subject, 1)).toBe(id);
  });

  test('hears of a schema that does not fit', async () => {
    const client = new SchemaRegistry({ host: registry.url, retry: { retries: 0 } });
    const other = { ...orderSchema, fields: [{ name: 'id', type: 'string' }] };
    const register = client.register(
      { type: SchemaType.AVRO, schema: JSON.stringify(other) },
      { subject: 'kafkajs-avro' },
    );
    await expect(register).rejects.toThrow('incompatible with an earlier schema');
  });
});
