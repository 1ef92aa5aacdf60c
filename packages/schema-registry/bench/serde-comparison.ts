import type { Serde, SerdeContext } from '@millrace/client';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import type { ConfluentDeserializer, ConfluentSerializer } from './confluent-peer.ts';
import { ratesInTurns, type Contender } from './rates-in-turns.ts';

export const topic = 'orders';

export interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
  readonly target?: number;
}

/** A serde that writes and reads the one record of a benchmark. */
export interface Codec {
  readonly name: string;
  /** How many times as fast ours is meant to be. */
  readonly target?: number;
  readonly encode: () => Buffer | Promise<Buffer>;
  readonly decode: () => unknown;
}

/** The first codec against each of the others; `numberOf` takes something out of a record that was read. */
export async function compareSerdes(
  codecs: readonly Codec[],
  recordBytes: number,
  numberOf: (record: unknown) => number,
  report: (row: BenchRow) => void,
): Promise<void> {
  for (const direction of ['encode', 'decode'] as const) {
    const contenders = codecs.map((codec) =>
      direction === 'encode' ? encoding(codec) : decoding(codec, numberOf),
    );
    const [own, ...others] = await ratesInTurns(contenders);
    const row = { metric: `${direction} an order of ${recordBytes} bytes`, unit: 'records/s' };
    report({ ...row, value: own! });
    for (const [index, value] of others.entries()) {
      const { name, target } = codecs[index + 1]!;
      report({ ...row, value, peer: name, ratio: own! / value, ...(target === undefined ? {} : { target }) });
    }
  }
}

function encoding(codec: Codec): Contender {
  return () => {
    const bytes = codec.encode();
    return bytes instanceof Promise ? bytes.then((found) => found.length) : bytes.length;
  };
}

function decoding(codec: Codec, numberOf: (record: unknown) => number): Contender {
  return () => {
    const record = codec.decode();
    return record instanceof Promise ? record.then(numberOf) : numberOf(record);
  };
}

export async function ownCodec<T>(serde: Serde<T>, record: T): Promise<Codec> {
  const context: SerdeContext = { topic, part: 'value', headers: [] };
  const bytes = await serde.serialize(record, context);
  await serde.deserialize(bytes, context);
  return {
    name: 'millrace',
    encode: () => serde.serialize(record, context) as Buffer | Promise<Buffer>,
    decode: () => serde.deserialize(bytes, context),
  };
}

export async function kafkajsCodec(
  host: string,
  schema: Parameters<SchemaRegistry['register']>[0],
  record: unknown,
  target: number,
): Promise<Codec> {
  const registry = new SchemaRegistry({ host });
  const { id } = await registry.register(schema, { subject: `${topic}-value` });
  const bytes = await registry.encode(id, record);
  await registry.decode(bytes);
  return {
    name: '@kafkajs/confluent-schema-registry',
    target,
    encode: () => registry.encode(id, record),
    decode: () => registry.decode(bytes),
  };
}

/** @param record as Confluent's serializer of this format takes it */
export async function confluentCodec(
  serializer: ConfluentSerializer,
  deserializer: ConfluentDeserializer,
  record: unknown,
  target: number,
): Promise<Codec> {
  const bytes = await serializer.serialize(topic, record);
  await deserializer.deserialize(topic, bytes);
  return {
    name: '@confluentinc/schemaregistry',
    target,
    encode: () => serializer.serialize(topic, record),
    decode: () => deserializer.deserialize(topic, bytes),
  };
}
