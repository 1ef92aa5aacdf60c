import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { structureMessages } from '../src/generated/all-messages.ts';
import type { AnyMessageCodec } from '../src/wire/message-codec.ts';
import { WireReader } from '../src/wire/wire-reader.ts';
import { WireWriter } from '../src/wire/wire-writer.ts';

const text = readFileSync(
  join(import.meta.dirname, '../fixtures/captured-records/apache-kafka-4.3.1.txt'),
  'utf8',
);
const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const records = lines.map((line, index) => {
  const [topic, key, value] = line.split(' ') as [string, string, string];
  return { index, topic, key: bytes(key), value: bytes(value) };
});

/** Record types of a coordinator and its siblings start at 0 again, so the prefix of the name tells them apart. */
const namesByTopic: Readonly<Record<string, RegExp>> = {
  __consumer_offsets: /^(?!Share(Snapshot|Update)|TransactionLog|LegacyOffset)/,
  __transaction_state: /^TransactionLog/,
  __share_group_state: /^Share(Snapshot|Update)/,
};

test.each(records)(
  '$index: a record that Apache Kafka wrote to $topic comes back as it was',
  ({ topic, key, value }) => {
    if (topic === '__cluster_metadata') expect(rewriteMetadata(value!)).toEqual(value);
    else expectCoordinatorRecord(namesByTopic[topic]!, key!, value);
  },
);

test('records of all internal topics are there', () => {
  expect(new Set(records.map((record) => record.topic))).toEqual(
    new Set(['__cluster_metadata', '__consumer_offsets', '__share_group_state', '__transaction_state']),
  );
});

/** The value of a metadata record: frame version, type, version, body. */
function rewriteMetadata(value: Buffer): Buffer {
  const reader = new WireReader(value);
  const [frameVersion, type, version] = [
    reader.unsignedVarint(),
    reader.unsignedVarint(),
    reader.unsignedVarint(),
  ];
  const writer = new WireWriter();
  for (const prefix of [frameVersion, type, version]) writer.unsignedVarint(prefix);
  rewrite(codecOf(/Record$/, type, /^(?!Remote)/), reader, writer, version);
  return writer.toBuffer();
}

/** A key is its type and a body, a value its version and a body. */
function expectCoordinatorRecord(names: RegExp, key: Buffer, value: Buffer | null): void {
  const type = key.readInt16BE(0);
  const keyWriter = new WireWriter();
  keyWriter.int16(type);
  rewrite(codecOf(/Key$/, type, names), new WireReader(key, 2), keyWriter, 0);
  expect(keyWriter.toBuffer()).toEqual(key);
  if (value === null) return;
  const version = value.readInt16BE(0);
  const valueWriter = new WireWriter();
  valueWriter.int16(version);
  rewrite(codecOf(/Value$/, type, names), new WireReader(value, 2), valueWriter, version);
  expect(valueWriter.toBuffer()).toEqual(value);
}

function rewrite(codec: AnyMessageCodec, reader: WireReader, writer: WireWriter, version: number): void {
  codec.write(writer, codec.read(reader, version), version);
  expect(reader.remaining, codec.name).toBe(0);
}

function bytes(hex: string): Buffer | null {
  return hex === '-' ? null : Buffer.from(hex, 'hex');
}

function codecOf(kind: RegExp, type: number, names: RegExp): AnyMessageCodec {
  const found = structureMessages.filter(
    (codec) => codec.apiKey === type && kind.test(codec.name) && names.test(codec.name),
  );
  expect(
    found.map((codec) => codec.name),
    `type ${type}`,
  ).toHaveLength(1);
  return found[0]!;
}
