import { nullable } from '@millrace/client';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SchemaRegistryClient } from '../../client/schema-registry-client.ts';
import { RegistryConfigError, RegistryRefusedError } from '../../errors.ts';
import { TestRegistry } from '../../server/testing/test-registry.ts';
import { protobuf } from './protobuf-serde.ts';

const orderText = `syntax = "proto3";
package shop;
message Payment { int64 id = 1; }
message Order {
  int64 id = 1; string customer = 2; repeated Line lines = 3;
  message Line { string sku = 1; int32 quantity = 2; }
  message Note { string text = 1; }
}`;

interface Order {
  readonly id: number;
  readonly customer: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

const order: Order = { id: 42, customer: 'c-7', lines: [{ sku: 'A', quantity: 2 }] };

let server: TestRegistry;
let registry: SchemaRegistryClient;
let topics = 0;

beforeAll(async () => {
  server = await TestRegistry.start();
  registry = new SchemaRegistryClient({ 'schema.registry.url': server.server.url });
});

afterAll(() => server[Symbol.asyncDispose]());

describe('a serde for Protobuf', () => {
  test('registers its schema, names the message by its indexes, and reads it back', async () => {
    const topic = newTopic();
    const serde = protobuf<Order>(orderText, { registry, messageName: 'Order' });
    const bytes = await serde.serialize(order, at(topic));
    expect(bytes?.subarray(5).toString('hex')).toBe('0202082a1203632d371a050a01411002');
    expect(await serde.deserialize(bytes, at(topic))).toEqual(order);
    expect(serde.deserialize(bytes, at(topic)), 'at once when the schema is known').toEqual(order);
    const { schemaType, schema } = await registry.subjects.version(`${topic}-value`, 'latest');
    expect(schemaType).toBe('PROTOBUF');
    expect(schema).toContain('message Payment {\n  int64 id = 1;\n}\n');
  });

  test('takes the first message when none is named', async () => {
    const serde = protobuf<{ id: number }>(orderText, { registry });
    const bytes = await serde.serialize({ id: 5 }, at(newTopic()));
    expect(bytes?.subarray(5).toString('hex')).toBe('000805');
  });

  test('takes a nested message, by its full name too', async () => {
    const serde = protobuf<{ text: string }>(orderText, { registry, messageName: 'shop.Order.Note' });
    const topic = newTopic();
    const bytes = await serde.serialize({ text: 'x' }, at(topic));
    expect(bytes?.subarray(5).toString('hex')).toBe('0402020a0178');
    expect(await serde.deserialize(bytes, at(topic))).toEqual({ text: 'x' });
  });

  test('null is a null record value through nullable()', async () => {
    const serde = nullable(protobuf<Order>(orderText, { registry }));
    expect(await serde.serialize(null, at(newTopic()))).toBeNull();
    expect(await serde.deserialize(null, at(newTopic()))).toBeNull();
  });

  test('uses the name of the message for record name strategies', async () => {
    const properties = { 'value.subject.name.strategy': 'RecordNameStrategy' } as const;
    const serde = protobuf<Order>(orderText, { registry, messageName: 'Order', properties });
    await serde.serialize(order, at(newTopic()));
    expect(await registry.subjects.versions('shop.Order')).toEqual([1]);
  });

  test('older data is read as the schema of the reader says', async () => {
    const topic = newTopic();
    const before = protobuf(
      'syntax = "proto3"; package shop; message Order { int64 id = 1; string gone = 2; }',
      {
        registry,
      },
    );
    const bytes = await before.serialize({ id: 1, gone: 'x' }, at(topic));
    const newer =
      'syntax = "proto3"; package shop; message First { } message Order { int64 id = 1; string currency = 3; }';
    const after = protobuf(newer, { registry, messageName: 'Order' });
    expect(await after.deserialize(bytes, at(topic))).toEqual({ id: 1, currency: '' });
    const asWritten = protobuf(newer, { registry, messageName: 'Order', readAs: 'writer' });
    expect(await asWritten.deserialize(bytes, at(topic))).toEqual({ id: 1, gone: 'x' });
  });

  test('a record of another message is refused', async () => {
    const topic = newTopic();
    const payments = protobuf(orderText, { registry, messageName: 'Payment' });
    const bytes = await payments.serialize({ id: 1 }, at(topic));
    const orders = protobuf(orderText, { registry, messageName: 'Order' });
    await expect(async () => orders.deserialize(bytes, at(topic))).rejects.toThrow(
      'A record is a shop.Payment, but the deserializer reads Order',
    );
    const lost = Buffer.concat([bytes!.subarray(0, 5), Buffer.from('0214', 'hex')]);
    await expect(async () => orders.deserialize(lost, at(topic))).rejects.toThrow(
      'A record names the message [10] of its schema',
    );
  });

  test('a schema that is wrong fails before the first record, with its place', () => {
    expect(() => protobuf('syntax = "proto3";\nmessage A { Missing m = 1; }', { registry })).toThrow(
      'Type "Missing" is not defined (at A.m, line 2, column 21)',
    );
  });
});

describe('imported files', () => {
  const imports = {
    'shop/money.proto': 'syntax = "proto3"; package shop; message Money { int64 cents = 1; }',
    'shop/line.proto':
      'syntax = "proto3"; package shop; import "shop/money.proto"; message Line { Money price = 1; }',
  };
  const schema = `syntax = "proto3"; package shop; import "shop/line.proto"; import "shop/money.proto"; import "google/protobuf/timestamp.proto";
    message Basket { repeated Line lines = 1; Money total = 2; google.protobuf.Timestamp at = 3; }`;
  const basket = { lines: [{ price: { cents: 5 } }], total: { cents: 5 }, at: { seconds: 9, nanos: 1 } };

  test('are registered first, under their import paths, and well-known ones are not', async () => {
    const topic = newTopic();
    const serde = protobuf(schema, { registry, imports });
    const bytes = await serde.serialize(basket, at(topic));
    expect(await serde.deserialize(bytes, at(topic))).toEqual(basket);
    expect(
      await protobuf(undefined, { registry }).deserialize(bytes, at(topic)),
      'by what is registered',
    ).toEqual(basket);
    const { references } = await registry.subjects.version(`${topic}-value`, 'latest');
    expect(references).toEqual([
      { name: 'shop/line.proto', subject: 'shop/line.proto', version: 1 },
      { name: 'shop/money.proto', subject: 'shop/money.proto', version: 1 },
    ]);
    expect((await registry.subjects.version('shop/line.proto', 1)).references).toEqual([
      { name: 'shop/money.proto', subject: 'shop/money.proto', version: 1 },
    ]);
  });

  test('go under the subjects of the strategy', async () => {
    const properties = {
      'reference.subject.name.strategy':
        'io.confluent.kafka.serializers.subject.QualifiedReferenceSubjectNameStrategy',
      'skip.known.types': false,
    };
    const serde = protobuf(schema, { registry, imports, properties });
    const topic = newTopic();
    await serde.serialize(basket, at(topic));
    const { references } = await registry.subjects.version(`${topic}-value`, 'latest');
    expect(references.map(({ subject }) => subject).toSorted()).toEqual([
      'google.protobuf.timestamp',
      'shop.line',
      'shop.money',
    ]);
  });

  test('that are only looked up must be there, and the next record tries again', async () => {
    const only = { 'other.proto': 'syntax = "proto3"; message Other { }' };
    const text = 'syntax = "proto3"; import "other.proto"; message A { Other o = 1; }';
    const serde = protobuf(text, {
      registry,
      imports: only,
      properties: { 'reference.lookup.only': true },
    });
    const topic = newTopic();
    await expect(serde.serialize({}, at(topic))).rejects.toThrow(RegistryRefusedError);
    await registry.subjects.register('other.proto', { schema: only['other.proto'], schemaType: 'PROTOBUF' });
    expect(await serde.serialize({ o: {} }, at(topic))).toHaveLength(8);
  });

  test('that are registered already are named by references', async () => {
    await registry.subjects.register('money', {
      schema: imports['shop/money.proto'],
      schemaType: 'PROTOBUF',
    });
    const references = [{ name: 'shop/money.proto', subject: 'money', version: 1 }];
    const text =
      'syntax = "proto3"; package shop; import "shop/money.proto"; message Price { Money money = 1; }';
    const serde = protobuf(text, { registry, references });
    const topic = newTopic();
    const bytes = await serde.serialize({ money: { cents: 1 } }, at(topic));
    expect(await serde.deserialize(bytes, at(topic))).toEqual({ money: { cents: 1 } });
  });

  test('without a text are an error that names them', () => {
    expect(() => protobuf(schema, { registry })).toThrow(RegistryConfigError);
    expect(() => protobuf(schema, { registry })).toThrow(
      'The schema imports "shop/line.proto", but there is no text for it',
    );
    const cycle = { 'a.proto': 'import "b.proto";', 'b.proto': 'import "a.proto";' };
    expect(() => protobuf('import "a.proto"; message M {}', { registry, imports: cycle })).toThrow(
      'Files import each other in a cycle: a.proto -> b.proto -> a.proto',
    );
  });
});

describe('topics that @kafkajs/confluent-schema-registry writes and reads', () => {
  const text = 'syntax = "proto3"; package shop; message Order { int64 id = 1; string customer = 2; }';

  test('have no message indexes: they are read on request', async () => {
    const peer = new SchemaRegistry({ host: server.server.url });
    const topic = newTopic();
    const { id } = await peer.register(
      { type: SchemaType.PROTOBUF, schema: text },
      { subject: `${topic}-value` },
    );
    const theirs = await peer.encode(id, { id: 42, customer: 'x' });
    const strict = protobuf(text, { registry });
    await expect(async () => strict.deserialize(theirs, at(topic))).rejects.toThrow();
    const lenient = protobuf(text, { registry, readWithoutIndexes: true });
    expect(await lenient.deserialize(theirs, at(topic))).toEqual({ id: 42, customer: 'x' });
    const ours = await lenient.serialize({ id: 1, customer: 'y' }, at(topic));
    expect(ours?.[5], 'indexes are written all the same').toBe(0);
    expect(await lenient.deserialize(ours, at(topic))).toEqual({ id: 1, customer: 'y' });
    expect(await peer.decode(ours!)).toMatchObject({ customer: 'y' });
  });
});

function newTopic(): string {
  topics += 1;
  return `topic-${topics}`;
}

function at(topic: string) {
  return { topic, part: 'value' as const, headers: [] };
}
