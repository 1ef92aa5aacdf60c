import { memoryHost, type Host } from '@millrace/host';
import { buildBatch, WireWriter, type DecodedRecord } from '@millrace/protocol';
import { OffsetCommitKey, OffsetCommitValue } from '@millrace/protocol/messages/coordinator-records';
import { TopicRecord } from '@millrace/protocol/messages/metadata-records';
import { describe, expect, test } from 'vitest';
import { SAMPLE_DIRECTORY, SAMPLE_PARTITION, writeSampleDirectory } from '../../testing/sample-directory.ts';
import { TOPIC_ID } from '../../testing/test-log.ts';
import { decodeMetadataRecord } from '../decode/metadata-records.ts';
import { recordDecoders } from '../decode/record-decoder.ts';
import type { DumpEntry } from './dump-entry.ts';
import { dumpFile, type DumpOptions } from './dump-file.ts';

async function dump(host: Host, path: string, options?: DumpOptions): Promise<DumpEntry[]> {
  const entries: DumpEntry[] = [];
  for await (const entry of dumpFile(host, path, options)) entries.push(entry);
  return entries;
}

async function dumpAll(host: Host, directory: string, options?: DumpOptions): Promise<DumpEntry[]> {
  const files = (await host.disk.list(directory)).filter(
    ({ name, isDirectory }) => !isDirectory && name !== '.lock',
  );
  const dumps = await Promise.all(files.map(({ name }) => dump(host, `${directory}/${name}`, options)));
  return dumps.flat();
}

function ofType<Type extends DumpEntry['type']>(entries: readonly DumpEntry[], type: Type) {
  return entries.filter((entry): entry is Extract<DumpEntry, { type: Type }> => entry.type === type);
}

function record(key: Buffer | null, value: Buffer | null): DecodedRecord {
  return { offset: 0, timestampMs: 0, key, value, headers: [] };
}

function bytes(write: (writer: WireWriter) => void): Buffer {
  const writer = new WireWriter();
  write(writer);
  return writer.toBuffer();
}

describe('dump of a partition', () => {
  test('shows every record, whatever it was compressed with', async () => {
    const host = memoryHost();
    const written = await writeSampleDirectory(host);
    const entries = await dumpAll(host, SAMPLE_PARTITION, { deep: true });
    const records = ofType(entries, 'record').map(({ offset, key, value }) => [offset, key, value]);
    expect(records).toEqual(Array.from(written, ([offset, text]) => [offset, ...text.split('=')]));
    const batches = ofType(entries, 'batch');
    expect(batches.every(({ isCrcValid }) => isCrcValid)).toBe(true);
    expect(new Set(batches.map(({ compression }) => compression)).size).toBe(5);
    expect(new Set(ofType(entries, 'control').map(({ control }) => control))).toEqual(
      new Set(['ABORT', 'COMMIT']),
    );
  });

  test('shows batches alone unless records are asked for, from an offset on', async () => {
    const host = memoryHost();
    await writeSampleDirectory(host);
    const entries = await dump(host, `${SAMPLE_PARTITION}/00000000000000000000.log`, { fromOffset: 10 });
    expect(ofType(entries, 'batch')).toHaveLength(entries.length);
    expect(ofType(entries, 'batch')[0]!.lastOffset).toBeGreaterThanOrEqual(10);
    expect(ofType(entries, 'batch')[0]!.baseOffset).toBeLessThanOrEqual(10);
  });

  test('index entries point at batches, transactions at markers, snapshots at producers', async () => {
    const host = memoryHost();
    await writeSampleDirectory(host);
    const entries = await dumpAll(host, SAMPLE_PARTITION, { deep: true });
    const lastOffsets = new Set(ofType(entries, 'batch').map(({ lastOffset }) => lastOffset));
    const indexed = [...ofType(entries, 'offset-index'), ...ofType(entries, 'time-index')];
    expect(indexed.length).toBeGreaterThan(20);
    expect(indexed.every(({ offset }) => lastOffsets.has(offset))).toBe(true);
    const aborts = ofType(entries, 'control').filter(({ control }) => control === 'ABORT');
    expect(ofType(entries, 'aborted-transaction').map(({ lastOffset }) => lastOffset)).toEqual(
      aborts.map(({ offset }) => offset),
    );
    expect(new Set(ofType(entries, 'producer').map(({ producerId }) => producerId))).toEqual(
      new Set([100, 101, 102]),
    );
    expect(ofType(entries, 'leader-epoch').map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(ofType(entries, 'property')).toMatchObject([{ name: 'topic.id', value: TOPIC_ID }]);
  });

  test('checkpoints and the marker of a clean stop are shown', async () => {
    const host = memoryHost();
    const written = await writeSampleDirectory(host);
    const entries = await dumpAll(host, SAMPLE_DIRECTORY);
    const end = Math.max(...written.keys());
    expect(ofType(entries, 'checkpoint').every(({ offset }) => offset >= end)).toBe(true);
    expect(ofType(entries, 'property').map(({ name }) => name)).toContain('brokerEpoch');
  });

  test('damage is an entry with its position, and what stands before is shown', async () => {
    const host = memoryHost();
    await writeSampleDirectory(host);
    const path = `${SAMPLE_PARTITION}/00000000000000000000.log`;
    const content = await host.disk.readFile(path);
    await host.disk.writeFile(path, content.subarray(0, content.length - 7));
    const entries = await dump(host, path);
    expect(ofType(entries, 'batch').length).toBeGreaterThan(5);
    expect(entries.at(-1)).toMatchObject({
      type: 'damage',
      problem: expect.stringContaining('cut short') as string,
    });
  });

  test('a file of another kind is refused by name', async () => {
    const host = memoryHost();
    await host.disk.writeFile('/readme.txt', 'hello');
    await expect(dump(host, '/readme.txt')).rejects.toMatchObject({
      code: 'ERR_LOG_CORRUPT_FILE',
      file: '/readme.txt',
    });
  });
});

describe('decoders', () => {
  test('a committed offset is shown with its fields', () => {
    const key = bytes((writer) => {
      writer.int16(1);
      OffsetCommitKey.write(writer, { group: 'g', topic: 't', partition: 3 }, 0);
    });
    const value = bytes((writer) => {
      writer.int16(3);
      OffsetCommitValue.write(writer, { offset: 42, metadata: 'm', commitTimestamp: 7 }, 3);
    });
    expect(recordDecoders.offsets(record(key, value))).toMatchObject({
      key: { type: 'OffsetCommitKey', group: 'g', topic: 't', partition: 3 },
      value: { version: 3, offset: 42, metadata: 'm' },
    });
    expect(recordDecoders.offsets(record(key, null)).value).toBeNull();
  });

  test('a metadata record is shown with its fields', () => {
    const value = bytes((writer) => {
      writer.unsignedVarint(1);
      writer.unsignedVarint(TopicRecord.apiKey);
      writer.unsignedVarint(0);
      TopicRecord.write(writer, { name: 'orders', topicId: TOPIC_ID }, 0);
    });
    expect(decodeMetadataRecord(record(null, value)).value).toMatchObject({
      type: 'TopicRecord',
      name: 'orders',
      topicId: TOPIC_ID,
    });
  });

  test('bytes that are no text are shown in base64', () => {
    expect(recordDecoders.bytes(record(Buffer.from('k'), Buffer.from([0, 255])))).toEqual({
      key: 'k',
      value: { base64: 'AP8=' },
    });
  });

  test('a record that its decoder cannot read is shown as bytes, with the reason', async () => {
    const host = memoryHost();
    const batch = buildBatch([{ timestampMs: 1, key: 'k', value: 'v' }]);
    await host.disk.makeDirectory('/data/__consumer_offsets-0');
    await host.disk.writeFile('/data/__consumer_offsets-0/00000000000000000000.log', batch);
    const entries = await dump(host, '/data/__consumer_offsets-0/00000000000000000000.log', { deep: true });
    expect(entries[1]).toMatchObject({ key: 'k', value: 'v', problem: expect.any(String) as string });
  });
});
