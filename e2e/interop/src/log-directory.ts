/**
 * `npm run interop:log [-- --save FILE]`: files of a log directory, both ways, against Apache Kafka itself.
 *
 * Apache Kafka writes compressed, transactional and compacted partitions and is stopped in order, or killed; then
 * verify must find nothing wrong, and dump and a log of ours must give every record that its own consumer gave. With
 * `--save` the directory of the clean stop becomes the fixture that `packages/log` is tested with where there is no
 * Java.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runTool, startKafka, unavailable } from '@millrace/apache-kafka-peer';
import { nodeHost } from '@millrace/host';
import { LogManager } from '@millrace/log';
import { verifyDirectory } from '@millrace/log/tools';
import { decodeRecords, recordBatches } from '@millrace/protocol';

/** Topic, partition, offset, timestamp, key and value in hexadecimal. */
type KafkaRecord = readonly [string, number, number, number, string | null, string | null];

const script = join(import.meta.dirname, '../clients/write-log-directory.py');
const topics = ['plain', 'transactional', 'compacted'];
const properties = {
  'log.cleaner.backoff.ms': '200',
  'offsets.topic.num.partitions': '3',
  'transaction.state.log.num.partitions': '3',
  'log.initial.task.delay.ms': '500',
  'log.retention.check.interval.ms': '1000',
  'log.segment.delete.delay.ms': '500',
};
const host = nodeHost();
let failures = 0;

const reason = unavailable() ?? missingPython();
if (reason === undefined) await main();
else print(`skipped: ${reason}`);

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-interop-log-'));
  try {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const directory = join(folder, signal);
      const records = await letKafkaWrite(directory, signal);
      await check(`${signal}: verify finds nothing wrong`, () => verifies(directory));
      const saved = process.argv.indexOf('--save');
      if (signal === 'SIGTERM' && saved > 0) save(directory, records, process.argv[saved + 1]!);
      await check(`${signal}: a log of ours reads every record`, () => readsEveryRecord(directory, records));
      await check(`${signal}: verify finds nothing wrong afterwards`, () => verifies(directory));
      await check(`${signal}: DumpLogSegments reads what is left behind`, () => dumpsWithKafka(directory));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  process.exitCode = failures > 0 ? 1 : 0;
}

/** @returns what Kafka's own consumer reads from it, uncommitted records too. */
async function letKafkaWrite(directory: string, signal: NodeJS.Signals): Promise<KafkaRecord[]> {
  await using kafka = await startKafka({ properties });
  const job = { bootstrapServers: kafka.bootstrapServers };
  runPython({ ...job, action: 'write' });
  // The cleaner has its turns while the offsets stand still; then what is read is what is in the files.
  await new Promise((resume) => setTimeout(resume, 3000));
  const records = JSON.parse(runPython({ ...job, action: 'read', topics })) as KafkaRecord[];
  const ended = new Promise((settle) => kafka.process.once('close', settle));
  kafka.process.kill(signal);
  await ended;
  cpSync(kafka.logDirectory, directory, { recursive: true });
  return records;
}

async function verifies(directory: string): Promise<string> {
  const report = await verifyDirectory(host, directory);
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ file, problem }) => `${file}: ${problem}`).join('\n'));
  const notices = report.findings.length;
  return `${report.partitions} partitions, ${report.segments} segments, ${report.batches} batches, ${notices} notices`;
}

async function readsEveryRecord(directory: string, expected: readonly KafkaRecord[]): Promise<string> {
  await using manager = await LogManager.open({ host, logDirs: [directory] });
  const found: KafkaRecord[] = [];
  for (const topic of topics)
    for (const partition of [0, 1]) found.push(...(await readAll(manager, topic, partition)));
  const different = expected.findIndex(
    (record, index) => JSON.stringify(record) !== JSON.stringify(found[index]),
  );
  if (different >= 0 || found.length !== expected.length) {
    throw new Error(
      `${found.length} records, expected ${expected.length}; first difference: ${JSON.stringify(found[different])}, expected ${JSON.stringify(expected[different])}`,
    );
  }
  return `${found.length} records`;
}

async function readAll(manager: LogManager, topic: string, partition: number): Promise<KafkaRecord[]> {
  const log = manager.get(topic, partition);
  if (log === undefined) throw new Error(`${topic}-${partition} was not opened`);
  const records: KafkaRecord[] = [];
  for (let offset = log.logStartOffset; offset < log.logEndOffset;) {
    const read = await log.read({ offset, maxBytes: 1 << 20, minOneMessage: true, upTo: 'logEndOffset' });
    const batches = recordBatches(Buffer.concat(read.records));
    if (batches.length === 0) break;
    for (const batch of batches) {
      offset = batch.nextOffset;
      if (batch.isControl) continue;
      for (const { offset: at, timestampMs, key, value } of decodeRecords(batch))
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

function dumpsWithKafka(directory: string): string {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) =>
      /^(plain|transactional|compacted)-.*\.(log|index|timeindex|txnindex|snapshot)$/.test(name),
    )
    .map((name) => join(directory, name));
  const { status, output } = runTool('org.apache.kafka.tools.DumpLogSegments', [
    '--deep-iteration',
    '--files',
    files.join(','),
  ]);
  const complaints = output
    .split('\n')
    .filter(
      (line) => /mismatch|exception|corrupt|invalid|unrecognized/i.test(line) && !/isvalid: true/.test(line),
    );
  if (status !== 0 || complaints.length > 0)
    throw new Error(complaints.slice(0, 5).join('\n') || output.slice(-500));
  return `${files.length} files`;
}

function save(directory: string, records: readonly KafkaRecord[], file: string): void {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.lock')
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => [relative(directory, path), readFileSync(path, 'base64')]);
  const text = JSON.stringify({ files: Object.fromEntries(files) as Record<string, string>, records });
  writeFileSync(file, gzipSync(text, { level: 9 }));
  print(`saved   ${file}: ${files.length} files`);
}

async function check(title: string, run: () => string | Promise<string>): Promise<void> {
  try {
    print(`ok      ${title} (${await run()})`);
  } catch (error) {
    failures++;
    print(`FAILED  ${title}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function missingPython(): string | undefined {
  const { status } = spawnSync('/usr/bin/python3', ['-c', 'import confluent_kafka']);
  return status === 0 ? undefined : 'python3-confluent-kafka is not installed';
}

function runPython(job: Readonly<Record<string, unknown>>): string {
  const input = JSON.stringify(job);
  const child = spawnSync('/usr/bin/python3', [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 60_000,
  });
  if (child.status !== 0) throw new Error(`${script} failed: ${child.stderr.slice(-1000)}`);
  return child.stdout;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
