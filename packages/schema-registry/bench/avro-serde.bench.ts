/**
 * Avro payloads: our serde, `@kafkajs/confluent-schema-registry` and `@confluentinc/schemaregistry` on the same order
 * record, against the same registry, writing the same bytes; and our codec against avsc alone, on which both stand.
 */
import { SchemaType } from '@kafkajs/confluent-schema-registry';
import avsc from 'avsc';
import { avro } from '../src/avro/index.ts';
import { SchemaRegistryClient } from '../src/index.ts';
import { TestRegistry } from '../src/server/testing/test-registry.ts';
import { confluentSchemaRegistry } from './confluent-peer.ts';
import {
  compareSerdes,
  confluentCodec,
  kafkajsCodec,
  ownCodec,
  type BenchRow,
  type Codec,
} from './serde-comparison.ts';

const TARGET = 3;
const PREFIX_BYTES = 5;

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

export const suite = {
  name: 'registry: Avro serde',
  async run(report: (row: BenchRow) => void): Promise<void> {
    await using registry = await TestRegistry.start();
    const { url } = registry;
    const codecs = [await ours(url), await kafkajs(url), await confluent(url), avscAlone()];
    await compareSerdes(codecs, 115, (read) => (read as typeof order).id, report);
  },
};

function ours(url: string): Promise<Codec> {
  const registry = new SchemaRegistryClient({ 'schema.registry.url': url });
  return ownCodec(avro<typeof order>(schema, { registry }), order);
}

function kafkajs(url: string): Promise<Codec> {
  return kafkajsCodec(url, { type: SchemaType.AVRO, schema: JSON.stringify(schema) }, order, TARGET);
}

function confluent(url: string): Promise<Codec> {
  const peer = confluentSchemaRegistry();
  const client = new peer.SchemaRegistryClient({ baseURLs: [url] });
  const options = { autoRegisterSchemas: false, useLatestVersion: true };
  const serializer = new peer.AvroSerializer(client, peer.SerdeType.VALUE, options);
  const deserializer = new peer.AvroDeserializer(client, peer.SerdeType.VALUE, {});
  return confluentCodec(serializer, deserializer, order, TARGET);
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
