/**
 * JSON payloads checked by a schema: our serde, `@kafkajs/confluent-schema-registry` and `@confluentinc/schemaregistry` on the
 * same order record, against the same registry. All three validate, both ways.
 */
import type { SerdeContext } from '@millrace/client';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { SchemaRegistryClient } from '../src/index.ts';
import { json } from '../src/json-schema/index.ts';
import { TestRegistry } from '../src/server/testing/test-registry.ts';
import { confluentSchemaRegistry } from './confluent-peer.ts';
import { ratesInTurns } from './rates-in-turns.ts';

const TARGET = 2;
const topic = 'orders';

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
  readonly encode: () => Buffer | Promise<Buffer>;
  readonly decode: () => unknown;
}

export const suite = {
  name: 'registry: JSON Schema serde',
  async run(report: (row: BenchRow) => void): Promise<void> {
    await using registry = await TestRegistry.start();
    const codecs = [await ours(registry.url), await kafkajs(registry.url), await confluent(registry.url)];
    for (const direction of ['encode', 'decode'] as const) {
      const rates = await ratesInTurns(
        codecs.map((codec) => (direction === 'encode' ? encoding(codec) : decoding(codec))),
      );
      const metric = `${direction} an order of 161 bytes`;
      report({ metric, value: rates[0]!, unit: 'records/s' });
      for (const [index, peer] of codecs.slice(1).entries()) {
        const value = rates[index + 1]!;
        report({
          metric,
          value,
          unit: 'records/s',
          peer: peer.name,
          ratio: rates[0]! / value,
          target: TARGET,
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
  const serde = json(schema, { registry: new SchemaRegistryClient({ 'schema.registry.url': url }) });
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
    { type: SchemaType.JSON, schema: JSON.stringify(schema) },
    { subject: `${topic}-value` },
  );
  const bytes = await registry.encode(id, order);
  await registry.decode(bytes);
  return {
    name: '@kafkajs/confluent-schema-registry',
    encode: () => registry.encode(id, order),
    decode: () => registry.decode(bytes),
  };
}

async function confluent(url: string): Promise<Codec> {
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
  const bytes = await serializer.serialize(topic, order);
  await deserializer.deserialize(topic, bytes);
  return {
    name: '@confluentinc/schemaregistry',
    encode: () => serializer.serialize(topic, order),
    decode: () => deserializer.deserialize(topic, bytes),
  };
}
