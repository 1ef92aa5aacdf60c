import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestRegistry } from '../server/testing/test-registry.ts';
import { SchemaRegistryClient } from './schema-registry-client.ts';

let server: TestRegistry;
let client: SchemaRegistryClient;

beforeAll(async () => {
  server = await TestRegistry.start();
  client = new SchemaRegistryClient({ 'schema.registry.url': server.url });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const order = (...fields: readonly string[]) => ({
  schema: JSON.stringify({
    type: 'record',
    name: 'Order',
    fields: fields.map((name) => ({ name, type: ['null', 'int'], default: null })),
  }),
});

test('subjects: register, look up, list, read, refer, tag and delete', async () => {
  const first = await client.subjects.register('orders-value', order('a'));
  expect(first).toMatchObject({ id: expect.any(Number), version: 1, guid: expect.any(String) });
  await client.subjects.register('orders-value', {
    ...order('a', 'b'),
    metadata: { properties: { owner: 'shop' } },
  });
  expect(await client.subjects.list({ subjectPrefix: 'orders' })).toEqual(['orders-value']);
  expect(await client.subjects.versions('orders-value')).toEqual([1, 2]);
  expect(await client.subjects.lookUp('orders-value', order('a'))).toMatchObject({
    version: 1,
    schemaType: 'AVRO',
  });
  expect(await client.subjects.version('orders-value', 'latest')).toMatchObject({
    version: 2,
    references: [],
  });
  expect(await client.subjects.versionText('orders-value', 1)).toBe(order('a').schema);
  expect(await client.subjects.latestWithMetadata('orders-value', { owner: 'shop' })).toMatchObject({
    version: 2,
  });
  const sale = '{"type":"record","name":"Sale","fields":[{"name":"order","type":"Order"}]}';
  const references = [{ name: 'Order', subject: 'orders-value', version: 1 }];
  const { id } = await client.subjects.register('sales-value', { schema: sale, references });
  expect(await client.subjects.referencedBy('orders-value', 1)).toEqual([id]);
  const tagged = await client.subjects.changeTags('orders-value', 'latest', {
    tagsToAdd: [{ schemaEntity: { entityPath: 'Order.a', entityType: 'sr_field' }, tags: ['PII'] }],
  });
  expect(tagged).toMatchObject({ version: 3 });
  expect(await client.subjects.deleteVersion('orders-value', 3)).toBe(3);
  expect(await client.subjects.deleteVersion('orders-value', 3, { permanent: true })).toBe(3);
  expect(await client.subjects.delete('sales-value')).toEqual([1]);
  expect(await client.subjects.delete('sales-value', { permanent: true })).toEqual([1]);
  await expect(client.subjects.versions('sales-value')).rejects.toMatchObject({ errorCode: 40401 });
});

test('schemas: by id, by GUID, their subjects, versions and types', async () => {
  const { id, guid } = await client.subjects.register('ids-value', order('x'));
  expect(await client.schemas.byId(id)).toMatchObject(order('x'));
  expect(await client.schemas.byGuid(guid as string)).toMatchObject(order('x'));
  expect(await client.schemas.textById(id)).toBe(order('x').schema);
  expect(await client.schemas.subjectsOfId(id)).toEqual(['ids-value']);
  expect(await client.schemas.versionsOfId(id)).toEqual([{ subject: 'ids-value', version: 1 }]);
  expect(await client.schemas.idsOfGuid(guid as string)).toEqual([{ context: '.', id }]);
  expect((await client.schemas.types()).toSorted()).toEqual(['AVRO', 'JSON', 'PROTOBUF']);
  expect(await client.schemas.list({ subjectPrefix: 'ids-', latestOnly: true })).toMatchObject([{ id }]);
  await expect(client.schemas.byId(99_999)).rejects.toMatchObject({ errorCode: 40403 });
});

test('compatibility: with reasons, and against one version', async () => {
  await client.subjects.register('checked-value', order('a'));
  expect(await client.compatibility.check('checked-value', order('b'))).toEqual({
    isCompatible: true,
    messages: [],
  });
  const other = { schema: '"int"' };
  const answer = await client.compatibility.check('checked-value', other, {
    version: 'latest',
    verbose: true,
  });
  expect(answer.isCompatible).toBe(false);
  expect(answer.messages[0]).toContain('TYPE_MISMATCH');
});

test('config: the level has one name, whatever the direction', async () => {
  expect(await client.config.get()).toMatchObject({ compatibilityLevel: 'BACKWARD' });
  const subject = 'configured-value';
  expect(await client.config.update({ compatibilityLevel: 'FULL', normalize: true }, { subject })).toEqual({
    compatibilityLevel: 'FULL',
    normalize: true,
  });
  await client.config.update({ normalize: null }, { subject });
  expect(await client.config.get({ subject })).toEqual({ compatibilityLevel: 'FULL' });
  expect(await client.config.delete({ subject })).toMatchObject({ compatibilityLevel: 'FULL' });
  await expect(client.config.get({ subject })).rejects.toMatchObject({ errorCode: 40408 });
  expect(await client.config.get({ subject, defaultToGlobal: true })).toMatchObject({
    compatibilityLevel: 'BACKWARD',
  });
});

test('mode: of the registry and of a subject', async () => {
  expect(await client.mode.get()).toBe('READWRITE');
  const subject = 'closed-value';
  expect(await client.mode.update('READONLY', { subject })).toBe('READONLY');
  await expect(client.subjects.register(subject, order('a'))).rejects.toMatchObject({ errorCode: 42205 });
  expect(await client.mode.delete({ subject })).toBe('READONLY');
  await expect(client.mode.get({ subject })).rejects.toMatchObject({ errorCode: 40409 });
});

test('contexts: are made by their first subject and go when they are empty', async () => {
  await client.subjects.register(':.prod:orders-value', order('a'));
  expect(await client.contexts.list()).toEqual(['.', '.prod']);
  await expect(client.contexts.delete('.prod')).rejects.toMatchObject({ errorCode: 42211 });
  await client.subjects.delete(':.prod:orders-value');
  await client.subjects.delete(':.prod:orders-value', { permanent: true });
  await client.contexts.delete('.prod');
  expect(await client.contexts.list()).toEqual(['.']);
});

test('associations: made, found, changed and taken away', async () => {
  await client.subjects.register('shared', order('a'));
  const resource = {
    resourceName: 'orders',
    resourceNamespace: 'c1',
    resourceId: 'r1',
    resourceType: 'topic',
  };
  const association = { subject: 'shared', associationType: 'value', lifecycle: 'WEAK' } as const;
  const request = { ...resource, associations: [association] };
  expect(await client.associations.create(request)).toMatchObject({ associations: [{ subject: 'shared' }] });
  expect(await client.associations.createOrUpdate('r1', request)).toMatchObject({ resourceId: 'r1' });
  for (const found of [
    await client.associations.ofSubject('shared'),
    await client.associations.ofResource('-', 'orders', {
      resourceType: 'topic',
      associationType: ['value'],
    }),
    await client.associations.ofResourceId('r1'),
  ]) {
    expect(found).toMatchObject([{ subject: 'shared', lifecycle: 'WEAK' }]);
  }
  expect(await client.associations.batchGet([{ resourceId: 'r1', resourceType: 'topic' }])).toMatchObject([
    { result: { associations: [{ subject: 'shared' }] } },
  ]);
  const mutation = { ...resource, associations: [{ ...association, opType: 'UPSERT' as const }] };
  expect(await client.associations.batchMutate([mutation])).toMatchObject([{ result: expect.any(Object) }]);
  await client.associations.delete('r1', { resourceType: 'topic' });
  expect(await client.associations.ofSubject('shared')).toEqual([]);
});

test('server: which clusters, version and deployment it is', async () => {
  expect(await client.server.clusters()).toMatchObject({ 'kafka-cluster': expect.any(String) });
  expect(await client.server.version()).toMatchObject({ version: expect.any(String) });
  expect(await client.server.deployment()).toBeInstanceOf(Array);
});
