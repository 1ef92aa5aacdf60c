import { nullable, type SerdeContext, type SerdeHeader } from '@millrace/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { avro, type AvroOptions } from '../avro/avro.ts';
import { SchemaRegistryClient } from '../client/schema-registry-client.ts';
import { DeserializationError, IncompatibleReaderError, RegistryRefusedError, RuleError } from '../errors.ts';
import { TestRegistry } from '../server/testing/test-registry.ts';
import type { SerdeProperties } from './serde-properties.ts';
import { RecordedFetch } from './testing/recorded-fetch.ts';

interface Order {
  readonly id: number;
  readonly note?: string | null;
}

const orderV1 = { type: 'record', name: 'Order', namespace: 'shop', fields: [{ name: 'id', type: 'long' }] };
const orderV2 = {
  ...orderV1,
  fields: [...orderV1.fields, { name: 'note', type: ['null', 'string'], default: null }],
};

let server: TestRegistry;
let registry: SchemaRegistryClient;
let traffic: RecordedFetch;
let topic: string;
let topics = 0;

beforeAll(async () => {
  server = await TestRegistry.start();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  traffic = new RecordedFetch();
  registry = new SchemaRegistryClient({ 'schema.registry.url': server.url }, { fetch: traffic.fetch });
  topic = `topic-${++topics}`;
});

const value = (headers: SerdeHeader[] = []): SerdeContext => ({ topic, part: 'value', headers });
const serde = (
  schema: object | string | undefined,
  properties: SerdeProperties = {},
  options: Partial<AvroOptions> = {},
) => avro<Order>(schema, { registry, properties, ...options });
const plainStrategy = { 'value.subject.name.strategy': 'TopicNameStrategy' } as const;

describe('a serializer', () => {
  test('registers its schema for the first record, and writes all others at once', async () => {
    const orders = serde(orderV1);
    const first = orders.serialize({ id: 1 }, value());
    expect(first).toBeInstanceOf(Promise);
    const bytes = await first;
    const { id } = await registry.subjects.version(`${topic}-value`, 'latest');
    expect(bytes.toString('hex')).toBe(`00${id?.toString(16).padStart(8, '0')}02`);
    traffic.taken();
    expect(orders.serialize({ id: 2 }, value())).toBeInstanceOf(Buffer);
    expect(traffic.taken()).toEqual([]);
  });

  test('leaves null to nullable()', () => {
    const orders = serde(orderV1);
    expect(() => orders.serialize(null as unknown as Order, value())).toThrow('wrap the serde in nullable()');
    expect(() => orders.deserialize(null, value())).toThrow('wrap the serde in nullable()');
    expect(nullable(orders).serialize(null, value())).toBeNull();
    expect(nullable(orders).deserialize(null, value())).toBeNull();
    expect(traffic.taken()).toEqual([]);
  });

  test('asks once however many records wait for the answer', async () => {
    const orders = serde(orderV1, plainStrategy);
    await Promise.all(Array.from({ length: 50 }, async (_, id) => orders.serialize({ id }, value())));
    expect(traffic.taken()).toEqual([`POST /subjects/${topic}-value/versions?normalize=false`]);
  });

  test('tries again after a failure', async () => {
    const orders = serde(orderV1, { ...plainStrategy, 'auto.register.schemas': false });
    await expect(orders.serialize({ id: 1 }, value())).rejects.toMatchObject({ errorCode: 40401 });
    await registry.subjects.register(`${topic}-value`, { schema: JSON.stringify(orderV1) });
    await expect(orders.serialize({ id: 1 }, value())).resolves.toBeInstanceOf(Buffer);
  });

  test('names the schema in a header on request', async () => {
    const orders = serde(orderV1, {
      'value.schema.id.serializer': 'io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer',
    });
    const context = value();
    const bytes = await orders.serialize({ id: 1 }, context);
    expect(bytes.toString('hex')).toBe('02');
    const { guid } = await registry.subjects.version(`${topic}-value`, 'latest');
    expect(context.headers).toEqual([
      { key: '__value_schema_id', value: Buffer.from(`01${guid?.replaceAll('-', '')}`, 'hex') },
    ]);
    expect(await serde(undefined).deserialize(bytes, context)).toEqual({ id: 1 });
  });

  test('writes with the latest version, if that reads what its own schema describes', async () => {
    await registry.subjects.register(`${topic}-value`, { schema: JSON.stringify(orderV1) });
    const { id } = await registry.subjects.register(`${topic}-value`, { schema: JSON.stringify(orderV2) });
    const latest = { 'auto.register.schemas': false, 'use.latest.version': true };
    const bytes = await serde(orderV1, latest).serialize({ id: 1 }, value());
    expect(bytes.readUInt32BE(1)).toBe(id);
    const other = { ...orderV1, fields: [{ name: 'id', type: 'string' }] };
    await expect(serde(other, latest).serialize({ id: 1 }, value())).rejects.toThrow(IncompatibleReaderError);
    const lenient = { ...latest, 'latest.compatibility.strict': false };
    await expect(serde(other, lenient).serialize({ id: 1 }, value())).resolves.toBeInstanceOf(Buffer);
    await expect(serde(undefined, latest).serialize({ id: 1 }, value())).resolves.toBeInstanceOf(Buffer);
  });

  test('writes with the schema of an id, of a GUID, or of metadata', async () => {
    const subject = `${topic}-value`;
    const metadata = { properties: { 'application.version': 'v1' } };
    const { id } = await registry.subjects.register(subject, { schema: JSON.stringify(orderV1), metadata });
    const { guid } = await registry.subjects.version(subject, 'latest');
    await registry.subjects.register(subject, {
      schema: JSON.stringify(orderV2),
      metadata: { properties: { 'application.version': 'v2' } },
    });
    for (const choice of [
      { 'use.schema.id': id },
      { 'use.schema.guid': guid as string },
      { 'use.latest.with.metadata': 'application.version=v1' },
    ]) {
      const bytes = await serde(undefined, { 'auto.register.schemas': false, ...choice }).serialize(
        { id: 1 },
        value(),
      );
      expect(bytes.readUInt32BE(1), JSON.stringify(choice)).toBe(id);
    }
  });

  test('without any schema says what to do', async () => {
    await expect(serde(undefined).serialize({ id: 1 }, value())).rejects.toThrow('give it one, or set');
  });

  test('uses schemas of other subjects by their names', async () => {
    const customer = { type: 'record', name: 'shop.Customer', fields: [{ name: 'name', type: 'string' }] };
    await registry.subjects.register('customer', { schema: JSON.stringify(customer) });
    const sale = { type: 'record', name: 'shop.Sale', fields: [{ name: 'to', type: 'shop.Customer' }] };
    const references = [{ name: 'shop.Customer', subject: 'customer', version: 1 }];
    const sales = avro<{ to: { name: string } }>(sale, { registry, references });
    const bytes = await sales.serialize({ to: { name: 'Ada' } }, value());
    expect(await avro(undefined, { registry }).deserialize(bytes, value())).toEqual({ to: { name: 'Ada' } });
  });
});

describe('the subject of a record', () => {
  test.each([
    ['TopicNameStrategy', () => `${topic}-value`],
    ['RecordNameStrategy', () => 'shop.Order'],
    ['TopicRecordNameStrategy', () => `${topic}-shop.Order`],
    ['AssociatedNameStrategy', () => `${topic}-value`],
    ['io.confluent.kafka.serializers.subject.RecordNameStrategy', () => 'shop.Order'],
  ])('by %s', async (strategy, subject) => {
    await serde(orderV1, { 'value.subject.name.strategy': strategy }).serialize({ id: 1 }, value());
    const { schema } = await registry.subjects.version(subject(), 'latest');
    expect(JSON.parse(schema)).toEqual(orderV1);
  });

  test('is the one that the topic is associated with', async () => {
    const subject = `orders-of-${topic}`;
    await registry.subjects.register(subject, { schema: JSON.stringify(orderV1) });
    await registry.associations.create({
      resourceName: topic,
      resourceNamespace: 'cluster-1',
      resourceId: `id-of-${topic}`,
      resourceType: 'topic',
      associations: [{ subject, associationType: 'value', lifecycle: 'WEAK' }],
    });
    traffic.taken();
    await serde(orderV1, { 'subject.name.strategy.kafka.cluster.id': 'cluster-1' }).serialize(
      { id: 1 },
      value(),
    );
    expect(traffic.taken()).toEqual([
      `GET /associations/resources/cluster-1/${topic}?resourceType=topic&associationType=value`,
      `POST /subjects/${subject}/versions?normalize=false`,
    ]);
  });

  test('needs a name for strategies by name', async () => {
    const strings = avro<string>('"string"', {
      registry,
      properties: { 'value.subject.name.strategy': 'RecordNameStrategy' },
    });
    await expect(strings.serialize('x', value())).rejects.toMatchObject({
      code: 'ERR_REGISTRY_SUBJECT_NAME',
    });
  });

  test('is in the context of the topic', async () => {
    await serde(orderV1, plainStrategy, { contextName: () => '.prod' }).serialize({ id: 1 }, value());
    expect(await registry.subjects.versions(`:.prod:${topic}-value`)).toEqual([1]);
  });
});

describe('a deserializer', () => {
  test('fetches a schema once, and reads all other records at once', async () => {
    const bytes = await serde(orderV1).serialize({ id: 7 }, value());
    const reader = serde(undefined);
    traffic.taken();
    const first = Array.from({ length: 20 }, async () => reader.deserialize(bytes, value()));
    expect(await Promise.all(first)).toEqual(Array.from({ length: 20 }, () => ({ id: 7 })));
    expect(traffic.taken()).toEqual([`GET /schemas/ids/${bytes.readUInt32BE(1)}`]);
    expect(reader.deserialize(bytes, value())).toEqual({ id: 7 });
  });

  test('reads old records into its own schema', async () => {
    const old = await serde(orderV1).serialize({ id: 7 }, value());
    expect(await serde(orderV2).deserialize(old, value())).toEqual({ id: 7, note: null });
    expect(await serde(orderV2, {}, { readAs: 'writer' }).deserialize(old, value())).toEqual({ id: 7 });
  });

  test('reads old records into the latest version on request', async () => {
    const old = await serde(orderV1).serialize({ id: 7 }, value());
    await registry.subjects.register(`${topic}-value`, { schema: JSON.stringify(orderV2) });
    expect(await serde(undefined, { 'use.latest.version': true }).deserialize(old, value())).toEqual({
      id: 7,
      note: null,
    });
  });

  test('reads records that name their schema by its GUID', async () => {
    await serde(orderV1).serialize({ id: 7 }, value());
    const { guid } = await registry.subjects.version(`${topic}-value`, 'latest');
    const bytes = Buffer.from(`01${guid?.replaceAll('-', '')}0e`, 'hex');
    expect(await serde(undefined).deserialize(bytes, value())).toEqual({ id: 7 });
  });

  test('says which id the registry does not know, and asks again unless told not to', async () => {
    const bytes = Buffer.from('00000fffff02', 'hex');
    const asking = serde(undefined);
    await expect(asking.deserialize(bytes, value())).rejects.toThrow(RegistryRefusedError);
    await expect(asking.deserialize(bytes, value())).rejects.toMatchObject({ errorCode: 40403 });
    expect(traffic.taken()).toHaveLength(2);
    const remembering = serde(undefined, { 'missing.id.cache.ttl.sec': 60 });
    await expect(remembering.deserialize(bytes, value())).rejects.toMatchObject({ errorCode: 40403 });
    await expect(remembering.deserialize(bytes, value())).rejects.toMatchObject({ errorCode: 40403 });
    expect(traffic.taken()).toHaveLength(1);
  });

  test('refuses bytes that name no schema, and those of another format', async () => {
    const orders = serde(orderV1);
    expect(() => orders.deserialize(Buffer.from('{"id":1}'), value())).toThrow(DeserializationError);
    const { id } = await registry.subjects.register(`json-${topic}`, {
      schema: '{"type":"object"}',
      schemaType: 'JSON',
    });
    const bytes = Buffer.concat([Buffer.from([0, 0, 0, 0, id]), Buffer.from('{}')]);
    await expect(orders.deserialize(bytes, value())).rejects.toThrow('written with the JSON schema');
  });

  test('refuses a damaged payload at once, without promise', async () => {
    const orders = serde(orderV1);
    const bytes = await orders.serialize({ id: 7 }, value());
    await orders.deserialize(bytes, value());
    expect(() => orders.deserialize(bytes.subarray(0, 5), value())).toThrow(DeserializationError);
  });
});

describe('the rules of a data contract', () => {
  const positive = {
    name: 'positive',
    kind: 'CONDITION',
    mode: 'WRITEREAD',
    type: 'CEL',
    expr: 'message.id > 0',
  } as const;
  const registerWith = (rules: object) =>
    registry.subjects.register(`${topic}-value`, { schema: JSON.stringify(orderV1), ruleSet: rules });
  const lookUp = { ...plainStrategy, 'auto.register.schemas': false, 'use.latest.version': true } as const;

  test('fail what is written and read where nothing executes them', async () => {
    const { id } = await registerWith({ domainRules: [positive] });
    await expect(serde(orderV1, lookUp).serialize({ id: 1 }, value())).rejects.toThrow(RuleError);
    const bytes = Buffer.from([0, 0, 0, 0, id, 2]);
    await expect(serde(orderV1).deserialize(bytes, value())).rejects.toThrow(
      'The rule "positive" of type CEL',
    );
  });

  test('are executed by those that the serde is given', async () => {
    await registerWith({ domainRules: [positive] });
    const orders = serde(orderV1, lookUp, {
      ruleExecutors: { CEL: (order, { rule }) => rule.expr === 'message.id > 0' && (order as Order).id > 0 },
    });
    const bytes = await orders.serialize({ id: 1 }, value());
    expect(await orders.deserialize(bytes, value())).toEqual({ id: 1 });
    expect(orders.deserialize(bytes, value())).toEqual({ id: 1 });
    expect(() => orders.serialize({ id: -1 }, value())).toThrow('The rule "positive" does not hold');
  });

  test('are those that the settings of the subject add', async () => {
    await registry.config.update(
      { defaultRuleSet: { domainRules: [positive] } },
      { subject: `${topic}-value` },
    );
    await expect(serde(orderV1, plainStrategy).serialize({ id: 1 }, value())).rejects.toThrow(RuleError);
  });

  test('for encrypted bytes and for other versions are refused', async () => {
    const secret = { ...positive, name: 'secret', kind: 'TRANSFORM', type: 'ENCRYPT_PAYLOAD' } as const;
    const { id } = await registerWith({ encodingRules: [secret] });
    await expect(serde(undefined).deserialize(Buffer.from([0, 0, 0, 0, id, 2]), value())).rejects.toThrow(
      '"secret"',
    );
    const migrate = { ...secret, name: 'migrate', mode: 'UPGRADE', type: 'JSONATA' } as const;
    const ruleSet = { migrationRules: [migrate] };
    await registry.subjects.register(`${topic}-other`, { schema: JSON.stringify(orderV1) });
    await registry.subjects.register(`${topic}-value`, { schema: JSON.stringify(orderV2), ruleSet });
    const first = await registry.subjects.version(`${topic}-other`, 1);
    const bytes = Buffer.from([0, 0, 0, 0, first.id!, 2]);
    await expect(serde(undefined, lookUp).deserialize(bytes, value())).rejects.toThrow('"migrate"');
  });
});
