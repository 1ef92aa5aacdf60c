/**
 * JSON payloads checked by a schema: our serde, `@kafkajs/confluent-schema-registry` and `@confluentinc/schemaregistry` on the
 * same order record, against the same registry. All three validate, both ways.
 */
import { SchemaType } from '@kafkajs/confluent-schema-registry';
import { SchemaRegistryClient } from '../src/index.ts';
import { json } from '../src/json-schema/index.ts';
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

const TARGET = 2;

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Order',
  type: 'object',
  properties: {
    id: { type: 'integer' },
    customer: { type: 'string', pattern: '^c-[0-9]+$' },
    total: { type: 'number', minimum: 0 },
    status: { enum: ['NEW', 'PAID', 'SENT'] },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          sku: { type: 'string' },
          quantity: { type: 'integer', minimum: 1 },
          price: { type: 'number' },
        },
        required: ['sku', 'quantity', 'price'],
        additionalProperties: false,
      },
    },
    note: { type: ['string', 'null'] },
  },
  required: ['id', 'customer', 'total', 'status', 'lines'],
  additionalProperties: false,
} as const;

const order = {
  id: 12_345,
  customer: 'c-42',
  total: 99.5,
  status: 'PAID' as const,
  lines: [
    { sku: 'A-1', quantity: 2, price: 10.25 },
    { sku: 'B-22', quantity: 1, price: 79 },
  ],
  note: null,
};

export const suite = {
  name: 'registry: JSON Schema serde',
  async run(report: (row: BenchRow) => void): Promise<void> {
    await using registry = await TestRegistry.start();
    const codecs = [await ours(registry.url), await kafkajs(registry.url), await confluent(registry.url)];
    await compareSerdes(codecs, 161, (read) => (read as typeof order).id, report);
  },
};

function ours(url: string): Promise<Codec> {
  const registry = new SchemaRegistryClient({ 'schema.registry.url': url });
  return ownCodec(json(schema, { registry }), order);
}

function kafkajs(url: string): Promise<Codec> {
  return kafkajsCodec(url, { type: SchemaType.JSON, schema: JSON.stringify(schema) }, order, TARGET);
}

function confluent(url: string): Promise<Codec> {
  const {
    SchemaRegistryClient: Client,
    SerdeType,
    JsonSerializer,
    JsonDeserializer,
  } = confluentSchemaRegistry();
  const client = new Client({ baseURLs: [url] });
  const serializer = new JsonSerializer(client, SerdeType.VALUE, {
    autoRegisterSchemas: false,
    useLatestVersion: true,
    validate: true,
  });
  const deserializer = new JsonDeserializer(client, SerdeType.VALUE, { validate: true });
  return confluentCodec(serializer, deserializer, order, TARGET);
}
