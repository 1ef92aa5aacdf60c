import type { Serde, SerdeContext } from '@millrace/client';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { avro } from '../src/avro/avro.ts';
import { SchemaRegistryClient } from '../src/client/schema-registry-client.ts';
import { json } from '../src/json-schema/index.ts';
import { ProtobufSchema } from '../src/protobuf/index.ts';
import { protobuf } from '../src/protobuf/serde/protobuf-serde.ts';
import { TestRegistry } from '../src/server/testing/test-registry.ts';
import { askPython, loadPeer, noConfluentClient, noPythonClient } from './peers.ts';

let server: TestRegistry;
let registry: SchemaRegistryClient;
beforeAll(async () => {
  server = await TestRegistry.start();
  registry = new SchemaRegistryClient({ 'schema.registry.url': server.url });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const avroSchema = {
  type: 'record',
  name: 'Order',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'price', type: { type: 'bytes', logicalType: 'decimal', precision: 10, scale: 2 } },
    { name: 'card', type: ['null', 'string', 'long'], default: null },
    {
      name: 'lines',
      type: {
        type: 'array',
        items: { type: 'record', name: 'Line', fields: [{ name: 'sku', type: 'string' }] },
      },
    },
  ],
};
const order = { id: 42, price: '149.85', card: 'visa', lines: [{ sku: 'a-1' }, { sku: 'ü-2' }] };
const theirOrder = { ...order, price: { $decimal: '149.85' } };

const jsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Order',
  type: 'object',
  properties: { id: { type: 'integer' }, card: { type: ['string', 'null'] }, total: { type: 'number' } },
  required: ['id'],
} as const;
const total = { id: 42, card: null, total: 9.5 };

const proto = `syntax = "proto3";
package shop;
message First {}
message Second {
  message Line { string sku = 1; int32 count = 2; oneof paid { string card = 3; int64 voucher = 4; } }
}`;
const line = { sku: 'a-1', count: 3, card: 'visa' };

const at = (topic: string): SerdeContext => ({ topic, part: 'value', headers: [] });

async function bytesOf<T>(serde: Serde<T>, value: T, topic: string): Promise<Buffer> {
  return (await serde.serialize(value, at(topic)))!;
}

const serdes = {
  avro: () => avro<typeof order>(avroSchema, { registry, logicalTypes: true }),
  json: () => json(JSON.stringify(jsonSchema), { registry }) as Serde<typeof total>,
  protobuf: () => protobuf<typeof line>(proto, { registry, messageName: 'Second.Line' }),
};

const pythonReason = noPythonClient();
describe.skipIf(pythonReason !== undefined)(
  `Confluent's Python serializers${pythonReason === undefined ? '' : ` (skipped: ${pythonReason})`}`,
  () => {
    const protobufParts = () => ({
      file: ProtobufSchema.parse(proto).formatted('serialized'),
      message: 'shop.Second.Line',
    });

    test('write what ours read: decimals, unions, nested messages', async () => {
      const answers = await askPython(server.url, [
        {
          do: 'avro-serialize',
          topic: 'from-python-avro',
          schema: JSON.stringify(avroSchema),
          value: theirOrder,
        },
        { do: 'json-serialize', topic: 'from-python-json', schema: JSON.stringify(jsonSchema), value: total },
        { do: 'protobuf-serialize', topic: 'from-python-protobuf', value: line, ...protobufParts() },
      ]);
      const [avroBytes, jsonBytes, protobufBytes] = answers.map((answer) =>
        Buffer.from((answer as { base64: string }).base64, 'base64'),
      );
      expect(await serdes.avro().deserialize(avroBytes!, at('from-python-avro'))).toEqual(order);
      expect(await serdes.json().deserialize(jsonBytes!, at('from-python-json'))).toEqual(total);
      expect(await serdes.protobuf().deserialize(protobufBytes!, at('from-python-protobuf'))).toEqual(line);
      expect(protobufBytes!.subarray(5, 8)).toEqual(Buffer.from([4, 2, 0]));
    });

    test('read what ours write', async () => {
      const written = {
        avro: await bytesOf(serdes.avro(), order, 'to-python-avro'),
        json: await bytesOf(serdes.json(), total, 'to-python-json'),
        protobuf: await bytesOf(serdes.protobuf(), line, 'to-python-protobuf'),
      };
      const answers = await askPython(
        server.url,
        Object.entries(written).map(([format, bytes]) => ({
          do: `${format}-deserialize`,
          topic: `to-python-${format}`,
          base64: bytes.toString('base64'),
          ...(format === 'protobuf' ? protobufParts() : {}),
        })),
      );
      expect(answers).toEqual([theirOrder, total, line]);
    });
  },
);

interface Peer {
  readonly SchemaRegistryClient: new (config: object) => unknown;
  readonly SerdeType: { readonly VALUE: unknown };
  readonly AvroSerializer: PeerSerializer;
  readonly AvroDeserializer: PeerDeserializer;
  readonly JsonSerializer: PeerSerializer;
  readonly JsonDeserializer: PeerDeserializer;
  readonly ProtobufDeserializer: PeerDeserializer;
}
type PeerSerializer = new (
  client: unknown,
  type: unknown,
  config: object,
) => { serialize(topic: string, value: unknown): Promise<Buffer> };
type PeerDeserializer = new (
  client: unknown,
  type: unknown,
  config: object,
) => { deserialize(topic: string, bytes: Buffer): Promise<unknown> };

const confluentReason = noConfluentClient();
describe.skipIf(confluentReason !== undefined)(
  `@confluentinc/schemaregistry${confluentReason === undefined ? '' : ` (skipped: ${confluentReason})`}`,
  () => {
    const open = () => {
      const peer = loadPeer('@confluentinc/schemaregistry') as Peer;
      const client = new peer.SchemaRegistryClient({ baseURLs: [server.url], maxRetries: 0 });
      return { ...peer, client, value: peer.SerdeType.VALUE };
    };

    test('reads what ours write, in all three formats', async () => {
      const { client, value, AvroDeserializer, JsonDeserializer, ProtobufDeserializer } = open();
      const avroBytes = await bytesOf(serdes.avro(), order, 'to-confluent-avro');
      const { price, ...rest } = order;
      const readAvro = await new AvroDeserializer(client, value, {}).deserialize(
        'to-confluent-avro',
        avroBytes,
      );
      expect(readAvro).toMatchObject(rest);
      expect((readAvro as { price: Buffer }).price.toString('hex')).toBe(
        Number(price.replace('.', '')).toString(16),
      );
      const jsonBytes = await bytesOf(serdes.json(), total, 'to-confluent-json');
      expect(
        await new JsonDeserializer(client, value, {}).deserialize('to-confluent-json', jsonBytes),
      ).toEqual(total);
      const protobufBytes = await bytesOf(serdes.protobuf(), line, 'to-confluent-protobuf');
      const read = await new ProtobufDeserializer(client, value, {}).deserialize(
        'to-confluent-protobuf',
        protobufBytes,
      );
      expect(read).toMatchObject({ sku: 'a-1', count: 3, paid: { case: 'card', value: 'visa' } });
    });

    test('writes what ours read', async () => {
      const { client, value, AvroSerializer, JsonSerializer } = open();
      const plain = { ...order, price: Buffer.from('3a89', 'hex') };
      await registry.subjects.register('from-confluent-avro-value', { schema: JSON.stringify(avroSchema) });
      const latest = { useLatestVersion: true, autoRegisterSchemas: false };
      const avroBytes = await new AvroSerializer(client, value, latest).serialize(
        'from-confluent-avro',
        plain,
      );
      expect(await serdes.avro().deserialize(avroBytes, at('from-confluent-avro'))).toEqual({
        ...order,
        price: '149.85',
      });
      const schema = JSON.stringify(jsonSchema);
      await registry.subjects.register('from-confluent-json-value', { schema, schemaType: 'JSON' });
      const jsonBytes = await new JsonSerializer(client, value, latest).serialize(
        'from-confluent-json',
        total,
      );
      expect(await serdes.json().deserialize(jsonBytes, at('from-confluent-json'))).toEqual(total);
    });
  },
);

describe('@kafkajs/confluent-schema-registry', () => {
  const plainSchema = { ...avroSchema, fields: avroSchema.fields.filter(({ name }) => name !== 'price') };
  const { price: _, ...plainOrder } = order;

  test('reads what ours write, and writes what ours read', async () => {
    const peer = new SchemaRegistry({ host: server.url });
    const ours = avro<typeof plainOrder>(plainSchema, { registry });
    const bytes = await bytesOf(ours, plainOrder, 'kafkajs-avro');
    expect(await peer.decode(bytes)).toMatchObject(plainOrder);
    const { id } = await peer.register(
      { type: SchemaType.AVRO, schema: JSON.stringify(plainSchema) },
      { subject: 'kafkajs-avro-value' },
    );
    expect(await peer.encode(id, plainOrder)).toEqual(bytes);
    const jsonId = await peer.register(
      { type: SchemaType.JSON, schema: JSON.stringify(jsonSchema) },
      { subject: 'kafkajs-json-value' },
    );
    const jsonBytes = await peer.encode(jsonId.id, total);
    expect(await serdes.json().deserialize(jsonBytes, at('kafkajs-json'))).toEqual(total);
    expect(await peer.decode(await bytesOf(serdes.json(), total, 'kafkajs-json'))).toEqual(total);
  });
});
