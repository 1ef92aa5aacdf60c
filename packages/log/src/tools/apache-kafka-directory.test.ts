import { gunzipSync } from 'node:zlib';
import { memoryHost, nodeHost, type Host } from '@millrace/host';
import { decodeRecords, recordBatches } from '@millrace/protocol';
import { beforeAll, describe, expect, test } from 'vitest';
import { LogManager } from '../directory/log-manager.ts';
import { dumpFile } from './dump/dump-file.ts';
import type { DumpEntry } from './dump/dump-entry.ts';
import { verifyDirectory } from './verify/verify-directory.ts';

/** Topic, partition, offset, timestamp, key and value in hexadecimal. */
type KafkaRecord = readonly [string, number, number, number, string | null, string | null];

/**
 * A log directory as Apache Kafka 4.3.1 left it when it stopped, with every record that its own consumer read from
 * it. `npm run interop:log -- --save FILE` makes it anew.
 */
interface Fixture {
  readonly files: Readonly<Record<string, string>>;
  readonly records: readonly KafkaRecord[];
}

const FIXTURE = new URL('../../fixtures/apache-kafka-4.3.1.json.gz', import.meta.url).pathname;
const topics = ['plain', 'transactional', 'compacted'];
let fixture: Fixture;

beforeAll(async () => {
  const content = await nodeHost().disk.readFile(FIXTURE);
  fixture = JSON.parse(gunzipSync(content).toString()) as Fixture;
});

async function unpack(except: readonly string[] = []): Promise<Host> {
  const host = memoryHost();
  for (const [name, content] of Object.entries(fixture.files)) {
    if (except.includes(name)) continue;
    const path = `/kafka/${name}`;
    await host.disk.makeDirectory(path.slice(0, path.lastIndexOf('/')));
    await host.disk.writeFile(path, Buffer.from(content, 'base64'));
  }
  return host;
}

async function dump(host: Host, prefix: string): Promise<DumpEntry[]> {
  const entries: DumpEntry[] = [];
  for (const name of Object.keys(fixture.files)) {
    if (!name.startsWith(prefix) || name.endsWith('.lock')) continue;
    for await (const entry of dumpFile(host, `/kafka/${name}`, { deep: true })) entries.push(entry);
  }
  return entries;
}

async function readAll(manager: LogManager, topic: string, partition: number): Promise<KafkaRecord[]> {
  const log = manager.get(topic, partition)!;
  const records: KafkaRecord[] = [];
  for (let offset = log.logStartOffset; offset < log.logEndOffset;) {
    const read = await log.read({ offset, maxBytes: 65536, minOneMessage: true, upTo: 'logEndOffset' });
    const batches = recordBatches(Buffer.concat(read.records));
    if (batches.length === 0) break;
    for (const batch of batches) {
      offset = batch.nextOffset;
      for (const { offset: at, timestampMs, key, value } of batch.isControl ? [] : decodeRecords(batch))
        records.push([
          topic,
          partition,
          at,
          timestampMs,
          key?.toString('hex') ?? null,
          value?.toString('hex') ?? null,
        ]);
    }
  }
  return records;
}

async function readTopics(host: Host): Promise<KafkaRecord[]> {
  await using manager = await LogManager.open({ host, logDirs: ['/kafka'] });
  const records: KafkaRecord[] = [];
  for (const topic of topics)
    for (const partition of [0, 1]) records.push(...(await readAll(manager, topic, partition)));
  return records;
}

describe('a directory that Apache Kafka wrote', () => {
  test('is found valid, without a notice', async () => {
    const report = await verifyDirectory(await unpack(), '/kafka');
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ isValid: true, isClean: true, partitions: 13 });
  });

  test('is dumped record by record, with codecs, aborted transactions and producers', async () => {
    const host = await unpack();
    const entries: DumpEntry[] = [];
    for (const topic of topics)
      for (const partition of [0, 1]) entries.push(...(await dump(host, `${topic}-${partition}/`)));
    const offsets = entries.flatMap((entry) => (entry.type === 'record' ? [entry.offset] : []));
    expect(offsets).toEqual(fixture.records.map(([, , offset]) => offset));
    const codecs = new Set(entries.flatMap((entry) => (entry.type === 'batch' ? [entry.compression] : [])));
    expect([...codecs].toSorted()).toEqual(['gzip', 'lz4', 'none', 'snappy', 'zstd']);
    for (const type of [
      'aborted-transaction',
      'producer',
      'control',
      'leader-epoch',
      'offset-index',
    ] as const)
      expect(entries.filter((entry) => entry.type === type).length, type).toBeGreaterThan(0);
    expect(entries.filter(({ type }) => type === 'damage')).toEqual([]);
  });

  test.each(['__cluster_metadata', '__consumer_offsets', '__transaction_state'])(
    'shows every record of %s with its fields',
    async (topic) => {
      const entries = await dump(await unpack(), topic);
      const records = entries.filter((entry) => entry.type === 'record');
      expect(records.length).toBeGreaterThan(5);
      expect(records.filter(({ problem }) => problem !== undefined)).toEqual([]);
      expect(entries.filter(({ type }) => type === 'damage')).toEqual([]);
    },
  );

  test('is opened after a clean stop, with every record', async () => {
    const host = await unpack();
    expect(await readTopics(host)).toEqual(fixture.records);
    expect((await verifyDirectory(host, '/kafka')).isValid).toBe(true);
  });

  test('is recovered as after a crash, with every record and the same aborted transactions', async () => {
    const clean = await unpack();
    const crashed = await unpack(['.kafka_cleanshutdown', 'recovery-point-offset-checkpoint']);
    expect(await readTopics(crashed)).toEqual(fixture.records);
    expect((await verifyDirectory(crashed, '/kafka')).isValid).toBe(true);
    const abortedIn = async (host: Host): Promise<unknown> => {
      const entries = await dump(host, 'transactional-0/');
      return entries.filter(({ type }) => type === 'aborted-transaction');
    };
    expect(await abortedIn(crashed)).toEqual(await abortedIn(clean));
  });
});
