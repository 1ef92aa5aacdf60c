/**
 * Protobuf payloads: our serde, `@kafkajs/confluent-schema-registry` and `@confluentinc/schemaregistry` on the same order
 * record, against the same registry. The first has its messages checked by protobufjs when they are written, as it always
 * does; the last takes messages of protobuf-es, which are made outside of the measurement. protobufjs alone, without a
 * registry and without checks, says what a codec on top of it could reach at most (decision 0019).
 */
import { SchemaType } from '@kafkajs/confluent-schema-registry';
import protobufjs from 'protobufjs';
import { SchemaRegistryClient } from '../src/index.ts';
import { protobuf, ProtobufSchema } from '../src/protobuf/index.ts';
import { TestRegistry } from '../src/server/testing/test-registry.ts';
import { confluentSchemaRegistry, protobufEs } from './confluent-peer.ts';
import {
  compareSerdes,
  confluentCodec,
  kafkajsCodec,
  ownCodec,
  type BenchRow,
  type Codec,
} from './serde-comparison.ts';

const TARGET = 2;

const schema = `syntax = "proto3";
package shop;
message Order {
  int64 id = 1;
  string customer = 2;
  double total = 3;
  Status status = 4;
  repeated Line lines = 5;
  int64 placed_at = 6;
  map<string, string> labels = 7;
  optional string note = 8;
  message Line { string sku = 1; int32 quantity = 2; double price = 3; }
  enum Status { NEW = 0; PAID = 1; SENT = 2; }
}`;

const order = {
  id: 12_345,
  customer: 'c-42',
  total: 99.5,
  status: 'PAID',
  lines: [
    { sku: 'A-1', quantity: 2, price: 10.25 },
    { sku: 'B-22', quantity: 1, price: 79 },
  ],
  placedAt: 1_780_000_000_000,
  labels: { region: 'eu', channel: 'web' },
};

export const suite = {
  name: 'registry: Protobuf serde',
  async run(report: (row: BenchRow) => void): Promise<void> {
    await using registry = await TestRegistry.start();
    const own = await ours(registry.url);
    const codecs = [own, await kafkajs(registry.url), await confluent(registry.url), protobufjsAlone(own)];
    const bytes = (own.encode() as Buffer).length;
    await compareSerdes(codecs, bytes, (read) => (read as typeof order).total, report);
  },
};

function ours(url: string): Promise<Codec> {
  const registry = new SchemaRegistryClient({ 'schema.registry.url': url });
  return ownCodec(protobuf<typeof order>(schema, { registry }), order);
}

function kafkajs(url: string): Promise<Codec> {
  // It takes numbers of enums only.
  const value = { ...order, status: 1 };
  return kafkajsCodec(url, { type: SchemaType.PROTOBUF, schema }, value, TARGET);
}

function confluent(url: string): Promise<Codec> {
  const {
    SchemaRegistryClient: Client,
    SerdeType,
    ProtobufSerializer,
    ProtobufDeserializer,
  } = confluentSchemaRegistry();
  const es = protobufEs();
  const descriptor = Buffer.from(ProtobufSchema.parse(schema).formatted('serialized')!, 'base64');
  const registry = es.createFileRegistry(
    es.fromBinary(es.FileDescriptorProtoSchema, descriptor),
    () => undefined,
  );
  const type = registry.getMessage('shop.Order');
  const message = es.create(type, {
    ...order,
    id: BigInt(order.id),
    placedAt: BigInt(order.placedAt),
    status: 1,
    lines: order.lines.map((line) => es.create(registry.getMessage('shop.Order.Line'), line)),
  });
  const client = new Client({ baseURLs: [url] });
  const options = {
    autoRegisterSchemas: false,
    useLatestVersion: true,
    registry: es.createMutableRegistry(type),
  };
  const serializer = new ProtobufSerializer(client, SerdeType.VALUE, options);
  const deserializer = new ProtobufDeserializer(client, SerdeType.VALUE, {});
  return confluentCodec(serializer, deserializer, message, TARGET);
}

function protobufjsAlone(own: Codec): Codec {
  const type = protobufjs.parse(schema).root.lookupType('shop.Order');
  const value = { ...order, status: 1 };
  const record = own.encode() as Buffer;
  const prefix = record.subarray(0, 6);
  const bytes = record.subarray(6);
  return {
    name: 'protobufjs alone',
    encode: () => Buffer.concat([prefix, type.encode(value).finish()]),
    decode: () => type.decode(bytes),
  };
}
