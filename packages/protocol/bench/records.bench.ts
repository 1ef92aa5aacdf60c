/**
 * Record batches against the other clients of the npm registry, on the same records in the same process. Encoding goes
 * from a user's messages to bytes that a socket takes; decoding from those bytes to plain objects. No codec checks the
 * CRC when it decodes.
 *
 * Alone: `node --conditions=@millrace/source packages/protocol/bench/records.bench.ts`.
 */
import { createRequire } from 'node:module';
import { buildBatch, decodeRecords, LazyRecords, RecordBatch, RecordBatchBuilder } from '@millrace/protocol';
import { cpuRates } from './cpu-rates.ts';

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
  readonly target?: number;
}

interface Message {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly headers: readonly { readonly key: string; readonly value: Buffer }[];
  readonly timestampMs: number;
}

interface Workload {
  readonly name: string;
  readonly messages: readonly Message[];
  /** Least ratios to reach. */
  readonly targets?: {
    readonly encodePlatformatic: number;
    readonly encodeKafkajs: number;
    readonly decodePlatformatic: number;
  };
}

const BASE_TIMESTAMP_MS = 1_700_000_000_000;
/** Memory of a batch, taken at once as the producer takes it; every workload fits. */
const BATCH_BYTES = 192 * 1024;
const batchOptions = { maxBytes: BATCH_BYTES, initialBytes: BATCH_BYTES };

const workloads: readonly Workload[] = [
  {
    name: '1,000 records of 100 bytes',
    messages: messages(1000, 100, { keyBytes: 0, headers: 0 }),
    targets: { encodePlatformatic: 8, encodeKafkajs: 15, decodePlatformatic: 2 },
  },
  { name: '1,000 x 100 bytes, 16-byte keys', messages: messages(1000, 100, { keyBytes: 16, headers: 0 }) },
  { name: '1,000 x 100 bytes, keys, 2 headers', messages: messages(1000, 100, { keyBytes: 16, headers: 2 }) },
  { name: '100 x 1,000 bytes', messages: messages(100, 1000, { keyBytes: 0, headers: 0 }) },
];

export const suite = {
  name: 'record batches',
  async run(report: (row: BenchRow) => void): Promise<void> {
    const peers = await loadPeers();
    for (const workload of workloads) {
      await encodeRows(workload, peers, report);
      await decodeRows(workload, peers, report);
    }
  },
};

function messages(
  count: number,
  valueBytes: number,
  shape: { keyBytes: number; headers: number },
): Message[] {
  return Array.from({ length: count }, (_, index) => ({
    topic: 'orders',
    key: shape.keyBytes === 0 ? null : Buffer.from(`order-${index}`.padEnd(shape.keyBytes, '.')),
    value: Buffer.alloc(valueBytes, `${index} `),
    headers: Array.from({ length: shape.headers }, (_unused, header) => ({
      key: `header-${header}`,
      value: Buffer.from(`value-${index}`),
    })),
    timestampMs: BASE_TIMESTAMP_MS + index,
  }));
}

async function encodeRows(workload: Workload, peers: Peers, report: (row: BenchRow) => void): Promise<void> {
  const { messages, targets } = workload;
  const reused = new RecordBatchBuilder(batchOptions);
  const platformaticMessages = messages.map(toPlatformatic);
  const kafkajsMessages = messages.map(toKafkajs);
  const rates = await cpuRates({
    fresh: () => encode(new RecordBatchBuilder(batchOptions), messages),
    reused: () => {
      reused.reset();
      return encode(reused, messages);
    },
    platformatic: () => peers.encodePlatformatic(platformaticMessages),
    kafkajs: () => peers.encodeKafkajs(kafkajsMessages),
  });
  const row = (metric: string, own: number, peer: string, other: number, target?: number) =>
    report(rowOf(`encode ${workload.name}${metric}`, messages.length, { own, peer, other, target }));
  row('', rates.fresh!, '@platformatic/kafka', rates.platformatic!, targets?.encodePlatformatic);
  row('', rates.fresh!, 'kafkajs', rates.kafkajs!, targets?.encodeKafkajs);
  row(', builder reused', rates.reused!, '@platformatic/kafka', rates.platformatic!);
  row(', builder reused', rates.reused!, 'kafkajs', rates.kafkajs!);
}

function encode(builder: RecordBatchBuilder, messages: readonly Message[]): number {
  for (let index = 0; index < messages.length; index++) {
    const message = messages[index]!;
    builder.tryAppend(message.timestampMs, message.key, message.value, message.headers);
  }
  return builder.build().length;
}

async function decodeRows(workload: Workload, peers: Peers, report: (row: BenchRow) => void): Promise<void> {
  const { messages, targets } = workload;
  const bytes = buildBatch(messages);
  const batch = new RecordBatch(bytes);
  const rates = await cpuRates({
    eager: () => decodeRecords(batch).length,
    lazy: () => new LazyRecords(batch).length,
    platformatic: () => peers.decodePlatformatic(bytes),
    kafkajs: () => peers.decodeKafkajs(bytes),
  });
  const row = (metric: string, own: number, peer: string, other: number, target?: number) =>
    report(rowOf(`decode ${workload.name}${metric}`, messages.length, { own, peer, other, target }));
  row('', rates.eager!, '@platformatic/kafka', rates.platformatic!, targets?.decodePlatformatic);
  row('', rates.eager!, 'kafkajs', rates.kafkajs!);
  row(', lazy', rates.lazy!, 'decoding to objects', rates.eager!);
}

function rowOf(
  metric: string,
  recordCount: number,
  figures: { own: number; peer: string; other: number; target: number | undefined },
): BenchRow {
  const row = {
    metric,
    value: figures.own * recordCount,
    unit: 'records/CPU s',
    peer: figures.peer,
    ratio: figures.own / figures.other,
  };
  return figures.target === undefined ? row : { ...row, target: figures.target };
}

type PlatformaticMessage = ReturnType<typeof toPlatformatic>;
type KafkajsMessage = ReturnType<typeof toKafkajs>;

function toPlatformatic(message: Message) {
  return {
    topic: message.topic,
    ...(message.key === null ? {} : { key: message.key }),
    value: message.value,
    timestamp: BigInt(message.timestampMs),
    headers: new Map(message.headers.map((header) => [Buffer.from(header.key), header.value])),
  };
}

function toKafkajs(message: Message) {
  return {
    key: message.key,
    value: message.value,
    timestamp: message.timestampMs,
    headers: Object.fromEntries(message.headers.map((header) => [header.key, header.value])),
  };
}

interface Peers {
  encodePlatformatic(messages: readonly PlatformaticMessage[]): number;
  encodeKafkajs(messages: readonly KafkajsMessage[]): Promise<number>;
  decodePlatformatic(bytes: Buffer): number;
  decodeKafkajs(bytes: Buffer): Promise<number>;
}

/** Each peer by the functions that its own produce and fetch requests call. */
async function loadPeers(): Promise<Peers> {
  const platformatic = await import('@platformatic/kafka');
  const require = createRequire(import.meta.url);
  const Record = require('kafkajs/src/protocol/recordBatch/record/v0') as (record: object) => object;
  const { RecordBatch: KafkajsBatch } = require('kafkajs/src/protocol/recordBatch/v0') as {
    RecordBatch: (batch: object) => Promise<{ buffer: Buffer }>;
  };
  const decodeBatch = require('kafkajs/src/protocol/recordBatch/v0/decoder') as (
    decoder: object,
  ) => Promise<{ records: unknown[] }>;
  const Decoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => object;
  return {
    encodePlatformatic: (messages) => platformatic.createRecordsBatch([...messages]).buffer.length,
    async encodeKafkajs(messages) {
      const firstTimestamp = messages[0]!.timestamp;
      const records = messages.map((message, offsetDelta) =>
        Record({ ...message, offsetDelta, timestampDelta: message.timestamp - firstTimestamp }),
      );
      const maxTimestamp = messages.at(-1)!.timestamp;
      const lastOffsetDelta = records.length - 1;
      const batch = await KafkajsBatch({ records, firstTimestamp, maxTimestamp, lastOffsetDelta });
      return batch.buffer.length;
    },
    decodePlatformatic: (bytes) =>
      platformatic.readRecordsBatches(platformatic.Reader.from(bytes))[0]!.records.length,
    decodeKafkajs: async (bytes) => (await decodeBatch(new Decoder(bytes))).records.length,
  };
}

if (process.argv[1] === import.meta.filename) {
  await suite.run(({ metric, value, unit, peer, ratio, target }) => {
    const wanted = target === undefined ? '' : ` (to reach: ${target}x)`;
    process.stdout.write(
      `${metric}: ${Math.round(value).toLocaleString('en-US')} ${unit}, ${ratio?.toFixed(1)}x ${peer}${wanted}\n`,
    );
  });
}
