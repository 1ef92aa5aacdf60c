/**
 * Avro payloads: our serde, `@kafkajs/confluent-schema-registry` and `@confluentinc/schemaregistry` on the same order
 * record, against the same registry, writing the same bytes; and our codec against avsc alone, on which both stand.
 */
import type { SerdeContext } from '@millrace/client';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import avsc from 'avsc';
import { avro } from '../src/avro/index.ts';
import { SchemaRegistryClient } from '../src/index.ts';
import { TestRegistry } from '../src/server/testing/test-registry.ts';
import { confluentSchemaRegistry } from './confluent-peer.ts';
import { ratesInTurns } from './rates-in-turns.ts';

const TARGET = 3;
const PREFIX_BYTES = 5;
const topic = 'orders';

const schema = {
  type: 'record',
  name: 'Order',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'customer', type: 'string' },
    { name: 'status', type: { type: 'enum', name: 'Status', symbols: ['CREATED', 'PAID', 'SENT'] } },
    { name: 'createdAt', type: 'long' },
    { name: 'total', type: 'double' },
    { name: 'note', type: ['null', 'string'], default: null },
    {
      name: 'lines',
      type: {
        type: 'array',
        items: {
          type: 'record',
          name: 'Line',
          fields: [
            { name: 'sku', type: 'string' },
            { name: 'quantity', type: 'int' },
            { name: 'price', type: 'double' },
          ],
        },
      },
    },
    { name: 'labels', type: { type: 'map', values: 'string' } },
  ],
} as const;

const order = {
  id: 123_456_789,
  customer: 'customer-4711',
  status: 'PAID',
  createdAt: 1_790_000_000_000,
  total: 149.85,
  note: 'leave at the door',
  lines: [
    { sku: 'sku-1', quantity: 2, price: 49.95 },
    { sku: 'sku-22', quantity: 1, price: 49.95 },
  ],
  labels: { channel: 'web', country: 'DE' },
} as const;

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
  readonly target?: number;
}

interface Codec {
  readonly name: string;
  readonly target?: number;
  readonly encode: () => Buffer | Promise<Buffer>;
  readonly decode: () => unknown;
}

export const suite = {
  name: 'registry: Avro serde',
  async run(report: (row: BenchRow) => void): Promise<void> {
    await using registry = await TestRegistry.start();
    const { url } = registry;
    const codecs = [await ours(url), await kafkajs(url), await confluent(url), avscAlone()];
    for (const direction of ['encode', 'decode'] as const) {
      const rates = await ratesInTurns(
        codecs.map((codec) => (direction === 'encode' ? encoding(codec) : decoding(codec))),
      );
      const metric = `${direction} an order of 115 bytes`;
      report({ metric, value: rates[0]!, unit: 'records/s' });
      for (const [index, { name, target }] of codecs.entries()) {
        if (index === 0) continue;
        const value = rates[index]!;
        const ratio = rates[0]! / value;
        report({
          metric,
          value,
          unit: 'records/s',
          peer: name,
          ratio,
          ...(target === undefined ? {} : { target }),
        });
      }
    }
  },
};

function encoding(codec: Codec): () => number | Promise<number> {
  return () => {
    const bytes = codec.encode();
    return bytes instanceof Promise ? bytes.then((found) => found.length) : bytes.length;
  };
}

function decoding(codec: Codec): () => number | Promise<number> {
  return () => {
    const value = codec.decode();
    return value instanceof Promise ? value.then(idOf) : idOf(value);
  };
}

function idOf(value: unknown): number {
  return (value as typeof order).id;
}

async function ours(url: string): Promise<Codec> {
  const serde = avro<typeof order>(schema, {
    registry: new SchemaRegistryClient({ 'schema.registry.url': url }),
  });
  const context: SerdeContext = { topic, part: 'value', headers: [] };
  const bytes = await serde.serialize(order, context);
  await serde.deserialize(bytes, context);
  return {
    name: 'millrace',
    encode: () => serde.serialize(order, context),
    decode: () => serde.deserialize(bytes, context),
  };
}

async function kafkajs(host: string): Promise<Codec> {
  const registry = new SchemaRegistry({ host });
  const { id } = await registry.register(
    { type: SchemaType.AVRO, schema: JSON.stringify(schema) },
    { subject: `${topic}-value` },
  );
  const bytes = await registry.encode(id, order);
  await registry.decode(bytes);
  return {
    name: '@kafkajs/confluent-schema-registry',
    target: TARGET,
    encode: () => registry.encode(id, order),
    decode: () => registry.decode(bytes),
  };
}

async function confluent(url: string): Promise<Codec> {
  const peer = confluentSchemaRegistry();
  const client = new peer.SchemaRegistryClient({ baseURLs: [url] });
  const options = { autoRegisterSchemas: false, useLatestVersion: true };
  const serializer = new peer.AvroSerializer(client, peer.SerdeType.VALUE, options);
  const deserializer = new peer.AvroDeserializer(client, peer.SerdeType.VALUE, {});
  const bytes = await serializer.serialize(topic, order);
  await deserializer.deserialize(topic, bytes);
  return {
    name: '@confluentinc/schemaregistry',
    target: TARGET,
    encode: () => serializer.serialize(topic, order),
    decode: () => deserializer.deserialize(topic, bytes),
  };
}

function avscAlone(): Codec {
  const type = avsc.Type.forSchema(schema as unknown as avsc.Schema, { wrapUnions: false });
  const bytes = type.toBuffer(order);
  const framed = Buffer.concat([Buffer.alloc(PREFIX_BYTES), bytes]);
  return {
    name: 'avsc, without registry',
    encode: () => type.toBuffer(order),
    decode: () => type.fromBuffer(framed.subarray(PREFIX_BYTES)),
  };
}
