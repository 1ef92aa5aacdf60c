import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestRegistry } from '../src/server/testing/test-registry.ts';
import { askPython, loadPeer, noConfluentClient, noPythonClient } from './peers.ts';

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
/** The part of Confluent's client that the tests use. */
interface ConfluentClient {
  register(subject: string, schema: object, normalize?: boolean): Promise<number>;
  getAllSubjects(): Promise<string[]>;
  getLatestSchemaMetadata(subject: string): Promise<{ id: number; version: number }>;
  testSubjectCompatibility(subject: string, schema: object): Promise<boolean>;
  updateCompatibility(subject: string, level: string): Promise<string>;
  deleteSubject(subject: string, permanent?: boolean): Promise<number[]>;
}
interface ConfluentSerializer {
  serialize(topic: string, value: unknown): Promise<Buffer>;
  readonly registry?: { add(message: unknown): void };
}
interface ConfluentDeserializer {
  deserialize(topic: string, bytes: Buffer): Promise<unknown>;
}
type SerializerClass = new (client: ConfluentClient, type: unknown, config: object) => ConfluentSerializer;
type DeserializerClass = new (
  client: ConfluentClient,
  type: unknown,
  config: object,
) => ConfluentDeserializer;
interface ConfluentPackage {
  readonly SchemaRegistryClient: new (config: object) => ConfluentClient;
  readonly SerdeType: { readonly VALUE: unknown };
  readonly AvroSerializer: SerializerClass;
  readonly AvroDeserializer: DeserializerClass;
  readonly JsonSerializer: SerializerClass;
  readonly JsonDeserializer: DeserializerClass;
  readonly ProtobufSerializer: SerializerClass;
  readonly ProtobufDeserializer: DeserializerClass;
}
interface Bufbuild {
  create(schema: unknown, value: object): { toJSON?(): unknown };
  createFileRegistry(set: unknown): { getMessage(name: string): unknown };
  toJson(schema: unknown, message: unknown): unknown;
  fromJson(schema: unknown, value: unknown): unknown;
  toBinary(schema: unknown, message: unknown): Uint8Array;
}
interface WellKnown {
  readonly FileDescriptorSetSchema: unknown;
  readonly FileDescriptorProtoSchema: unknown;
}

/** A file whose second message has a message inside: its index path is [1, 0]. */
const fileJson = {
  name: 'shop/line.proto',
  package: 'shop',
  syntax: 'proto3',
  messageType: [
    { name: 'First', field: [] },
    {
      name: 'Second',
      nestedType: [
        {
          name: 'Line',
          field: [
            { name: 'sku', number: 1, label: 'LABEL_OPTIONAL', type: 'TYPE_STRING', jsonName: 'sku' },
            { name: 'count', number: 2, label: 'LABEL_OPTIONAL', type: 'TYPE_INT32', jsonName: 'count' },
          ],
        },
      ],
    },
  ],
};
const line = { sku: 'a-1', count: 3 };

const confluentReason = noConfluentClient();
describe.skipIf(confluentReason !== undefined)(
  `@confluentinc/schemaregistry${confluentReason === undefined ? '' : ` (skipped: ${confluentReason})`}`,
  () => {
    const open = () => {
      const confluent = loadPeer('@confluentinc/schemaregistry') as ConfluentPackage;
      const client = new confluent.SchemaRegistryClient({ baseURLs: [registry.url], maxRetries: 0 });
      return { ...confluent, client, value: confluent.SerdeType.VALUE };
    };

    test('registers and serializes Avro as its documentation does', async () => {
      const { client, value, AvroSerializer, AvroDeserializer } = open();
      const id = await client.register('avro-topic-value', {
        schemaType: 'AVRO',
        schema: JSON.stringify(orderSchema),
      });
      expect((await client.getLatestSchemaMetadata('avro-topic-value')).id).toBe(id);
      const bytes = await new AvroSerializer(client, value, { useLatestVersion: true }).serialize(
        'avro-topic',
        order,
      );
      expect(await new AvroDeserializer(client, value, {}).deserialize('avro-topic', bytes)).toMatchObject(
        order,
      );
    });

    test('registers and serializes JSON as its documentation does', async () => {
      const { client, value, JsonSerializer, JsonDeserializer } = open();
      await client.register('json-topic-value', { schemaType: 'JSON', schema: JSON.stringify(jsonSchema) });
      const serializer = new JsonSerializer(client, value, { useLatestVersion: true, validate: true });
      const bytes = await serializer.serialize('json-topic', order);
      expect(await new JsonDeserializer(client, value, {}).deserialize('json-topic', bytes)).toEqual(order);
    });

    test('registers Protobuf by itself, and finds nested messages again', async () => {
      const { client, value, ProtobufSerializer, ProtobufDeserializer } = open();
      const bufbuild = loadPeer('@bufbuild/protobuf') as Bufbuild;
      const { FileDescriptorSetSchema } = loadPeer('@bufbuild/protobuf/wkt') as WellKnown;
      const files = bufbuild.createFileRegistry(
        bufbuild.fromJson(FileDescriptorSetSchema, { file: [fileJson] }),
      );
      const message = files.getMessage('shop.Second.Line');
      const serializer = new ProtobufSerializer(client, value, { autoRegisterSchemas: true });
      serializer.registry!.add(message);
      const bytes = await serializer.serialize('protobuf-topic', bufbuild.create(message, line));
      expect([...bytes.subarray(5, 8)]).toEqual([4, 2, 0]);
      const deserializer = new ProtobufDeserializer(client, value, {});
      const decoded = await deserializer.deserialize('protobuf-topic', bytes);
      expect(decoded).toMatchObject(line);
      const stored = await registry.request('GET /subjects/protobuf-topic-value/versions/1/schema');
      expect(stored.text).toContain('message Line {');
    });

    test('looks after subjects', async () => {
      const { client } = open();
      const schema = { schemaType: 'AVRO', schema: JSON.stringify(orderSchema) };
      await client.register('looked-after', schema);
      expect(await client.getAllSubjects()).toContain('looked-after');
      expect(
        await client.testSubjectCompatibility('looked-after', { schemaType: 'AVRO', schema: '"int"' }),
      ).toBe(false);
      expect(await client.updateCompatibility('looked-after', 'NONE')).toBe('NONE');
      expect(
        await client.testSubjectCompatibility('looked-after', { schemaType: 'AVRO', schema: '"int"' }),
      ).toBe(true);
      expect(await client.deleteSubject('looked-after')).toEqual([1]);
      expect(await client.deleteSubject('looked-after', true)).toEqual([1]);
    });
  },
);

const pythonReason = noPythonClient() ?? confluentReason;
describe.skipIf(pythonReason !== undefined)(
  `Confluent's Python client${pythonReason === undefined ? '' : ` (skipped: ${pythonReason})`}`,
  () => {
    test('asks the registry what it can ask', async () => {
      const [answer] = await askPython(registry.url, [{ do: 'registry', subject: 'python' }]);
      expect(answer).toMatchObject({
        lookup: [(answer as { id: number }).id, 1],
        latest: [(answer as { id: number }).id, 1, '{"type":"record","name":"A","fields":[]}'],
        text: '{"type":"record","name":"A","fields":[]}',
        level: 'NONE',
        fits: true,
        versions: [1],
        deletedVersion: 1,
        deletedSubject: [1],
      });
    });

    test('writes what the JavaScript client reads, and the other way round, in all three formats', async () => {
      const confluent = loadPeer('@confluentinc/schemaregistry') as ConfluentPackage;
      const bufbuild = loadPeer('@bufbuild/protobuf') as Bufbuild;
      const wellKnown = loadPeer('@bufbuild/protobuf/wkt') as WellKnown;
      const client = new confluent.SchemaRegistryClient({ baseURLs: [registry.url], maxRetries: 0 });
      const value = confluent.SerdeType.VALUE;
      const file = bufbuild.fromJson(wellKnown.FileDescriptorProtoSchema, fileJson);
      const protobuf = {
        file: Buffer.from(bufbuild.toBinary(wellKnown.FileDescriptorProtoSchema, file)).toString('base64'),
        message: 'shop.Second.Line',
      };
      const written = (await askPython(registry.url, [
        { do: 'avro-serialize', topic: 'py-avro', schema: JSON.stringify(orderSchema), value: order },
        { do: 'json-serialize', topic: 'py-json', schema: JSON.stringify(jsonSchema), value: order },
        { do: 'protobuf-serialize', topic: 'py-protobuf', value: line, ...protobuf },
      ])) as { base64: string }[];
      const [avro, json, proto3] = written.map(({ base64 }) => Buffer.from(base64, 'base64'));
      const { AvroDeserializer, JsonDeserializer, ProtobufDeserializer } = confluent;
      expect(await new AvroDeserializer(client, value, {}).deserialize('py-avro', avro!)).toMatchObject(
        order,
      );
      expect(await new JsonDeserializer(client, value, {}).deserialize('py-json', json!)).toEqual(order);
      expect(
        await new ProtobufDeserializer(client, value, {}).deserialize('py-protobuf', proto3!),
      ).toMatchObject(line);
      const read = await askPython(registry.url, [
        { do: 'avro-deserialize', topic: 'py-avro', base64: avro!.toString('base64') },
        { do: 'json-deserialize', topic: 'py-json', base64: json!.toString('base64') },
        { do: 'protobuf-deserialize', topic: 'py-protobuf', base64: proto3!.toString('base64'), ...protobuf },
      ]);
      expect(read).toEqual([order, order, line]);
    });
  },
);
