import { expect, test } from 'vitest';
import { SchemaRegistryClient } from '../../client/schema-registry-client.ts';
import { DeserializationError, SerializationError } from '../../errors.ts';
import { TestRegistry } from '../../server/testing/test-registry.ts';
import { json } from './json-serde.ts';

const order = {
  title: 'Order',
  type: 'object',
  properties: { id: { type: 'integer' }, note: { type: ['string', 'null'] } },
  required: ['id'],
  additionalProperties: false,
} as const;

const context = (topic: string) => ({ topic, part: 'value' as const, headers: [] });

test('values go to the registry once and to bytes from then on', async () => {
  await using registry = await TestRegistry.start();
  const client = new SchemaRegistryClient({ 'schema.registry.url': registry.url });
  const orders = json(order, { registry: client });
  const bytes = await orders.serialize({ id: 1, note: 'a' }, context('orders'));
  expect(bytes.toString('utf8', 5)).toBe('{"id":1,"note":"a"}');
  expect(await orders.deserialize(bytes, context('orders'))).toEqual({ id: 1, note: 'a' });
  expect(orders.serialize({ id: 2 }, context('orders'))).toBeInstanceOf(Buffer);
  const { body } = await registry.request('GET /subjects/orders-value/versions/latest');
  expect(body).toMatchObject({ schemaType: 'JSON', version: 1, schema: JSON.stringify(order) });
});

test('a value that does not fit is refused, unless json.fail.invalid.schema=false', async () => {
  await using registry = await TestRegistry.start();
  const client = new SchemaRegistryClient({ 'schema.registry.url': registry.url });
  const strict = json(JSON.stringify(order), { registry: client });
  const lax = json(JSON.stringify(order), {
    registry: client,
    properties: { 'json.fail.invalid.schema': 'false' },
  });
  await expect(async () => strict.serialize({ id: 'one' }, context('orders'))).rejects.toThrow(
    SerializationError,
  );
  const bytes = await lax.serialize({ id: 'one' }, context('orders'));
  expect(await lax.deserialize(bytes, context('orders'))).toEqual({ id: 'one' });
  await expect(async () => strict.deserialize(bytes, context('orders'))).rejects.toThrow(
    DeserializationError,
  );
  expect(() =>
    json(order, { registry: client, properties: { 'json.fail.invalid.schema': 'maybe' as 'true' } }),
  ).toThrow('json.fail.invalid.schema is true or false');
});

test('references lead to registered schemas, and a reader schema fills what it requires', async () => {
  await using registry = await TestRegistry.start();
  const client = new SchemaRegistryClient({ 'schema.registry.url': registry.url });
  const city = { type: 'string', minLength: 2 };
  await registry.request('POST /subjects/city/versions', {
    schemaType: 'JSON',
    schema: JSON.stringify(city),
  });
  const references = [{ name: 'city.json', subject: 'city', version: 1 }];
  const address = {
    type: 'object',
    properties: { city: { $ref: 'city.json' } },
    additionalProperties: false,
  };
  const addresses = json(JSON.stringify(address), { registry: client, references });
  const bytes = await addresses.serialize({ city: 'Ulm' }, context('addresses'));
  await expect(async () => addresses.serialize({ city: 'X' }, context('addresses'))).rejects.toThrow(
    'at /city',
  );
  const newer = {
    ...address,
    properties: { ...address.properties, country: { type: 'string', default: 'DE' } },
    required: ['country'],
  };
  const readers = json(undefined, { registry: client, readerSchema: JSON.stringify(newer), references });
  expect(await readers.deserialize(bytes, context('addresses'))).toEqual({ city: 'Ulm', country: 'DE' });
});

test('the registry refuses a change that old data cannot be read with, and names path and reason', async () => {
  await using registry = await TestRegistry.start();
  const body = (schema: object) => ({ schemaType: 'JSON', schema: JSON.stringify(schema) });
  await registry.request('POST /subjects/orders-value/versions', body(order));
  const changed = { ...order, properties: { id: { type: 'string' } } };
  const answer = await registry.request('POST /subjects/orders-value/versions', body(changed));
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('#/properties/id');
  expect(answer.text).toContain('TYPE_CHANGED');
  expect(answer.text).toContain('PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL');
});
