/**
 * Where the CPU of a client goes: `npm run profile:client -- [produce|singles|consume|compress] [--seconds 5] [--bytes 100]`.
 * Shares of the thread that the application runs on, by what the code is for, and the functions that take most.
 */
import { Session, type Profiler } from 'node:inspector/promises';
import { parseArgs } from 'node:util';
import { Admin, Consumer, Producer } from '../src/index.ts';
import { startBrokerProcess } from './broker-process.ts';

const TOP_FUNCTIONS = 12;
const SAMPLING_MICROS = 200;

type Load = (bootstrapServers: string, untilMs: number) => Promise<number>;

const loads: Readonly<Record<string, Load>> = {
  produce: (servers, untilMs) => produce(servers, untilMs, {}),
  compress: (servers, untilMs) => produce(servers, untilMs, { 'compression.type': 'zstd' }),
  singles,
  consume,
};

/** The first that fits: what a function is for, by where it is. */
const purposes: readonly (readonly [purpose: string, pattern: RegExp])[] = [
  ['garbage collection', /^\(garbage collector\)/],
  ['waiting', /^\(idle\)/],
  [
    'promises',
    /promise|async-hooks|process\/task_queues|processTicksAndRejections|batch-completion|array-send/i,
  ],
  ['compression', /compression\/|zlib|\bcompress|batch-compressor/],
  ['encoding', /record-writer|record-batch-builder|crc32c|varint|records\/|wasm|batch-header|producer-batch/],
  ['decoding', /batch-reader|record-cursor|fetched-records|fetch-buffer|lazy-records/],
  [
    'socket',
    /node:net|stream_base|writev|writeBuffer|internal\/streams|node-connection|broker-connection|node:events/,
  ],
  ['protocol', /messages\/|wire\/|frame\//],
  ['producer', /src\/producer\//],
  ['consumer', /src\/consumer\//],
  ['native code and the loop', /^\(program\)/],
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '5' }, bytes: { type: 'string', default: '100' } },
});
/** There is something to consume. */
let isFilled = false;
/** Of each value. */
const valueBytes = Number(values.bytes);
const [name = 'produce'] = positionals;
const load = loads[name];
if (load === undefined) throw new Error(`There are ${Object.keys(loads).join(', ')}, not ${name}`);
await using broker = await startBrokerProcess();
await using admin = new Admin({ 'bootstrap.servers': broker.bootstrapServers });
await admin.createTopics([{ name: 'orders', partitions: 1 }]);
// Once without looking: what the compiler does at the beginning is not what the client costs.
await load(broker.bootstrapServers, performance.now() + 1000);
const { profile, result: count } = await profiled(() =>
  load(broker.bootstrapServers, performance.now() + Number(values.seconds) * 1000),
);
print(profile, count);

async function profiled<Result>(
  body: () => Promise<Result>,
): Promise<{ profile: Profiler.Profile; result: Result }> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_MICROS });
  await session.post('Profiler.start');
  const result = await body();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return { profile, result };
}

function print({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, count: number): void {
  const places = new Map(
    nodes.map(({ id, callFrame }) => {
      const { functionName, url, lineNumber } = callFrame;
      return [id, url === '' ? functionName : `${functionName} ${url}:${lineNumber + 1}`];
    }),
  );
  const byPlace = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const place = places.get(id) ?? '';
    // Of looking itself.
    if (place.includes('node:inspector')) continue;
    byPlace.set(place, (byPlace.get(place) ?? 0) + timeDeltas[index]!);
  }
  const byPurpose = new Map<string, number>();
  for (const [place, micros] of byPlace) {
    const purpose = purposes.find(([, pattern]) => pattern.test(place))?.[0] ?? 'other';
    byPurpose.set(purpose, (byPurpose.get(purpose) ?? 0) + micros);
  }
  const idleMicros = byPurpose.get('waiting') ?? 0;
  byPurpose.delete('waiting');
  const busyMicros = [...byPurpose.values()].reduce((sum, micros) => sum + micros, 0);
  const share = (micros: number) => `${((micros * 100) / busyMicros).toFixed(1).padStart(5)} %`;
  const lines = [
    `${name}: ${count} records, ${(busyMicros / count).toFixed(2)} us each, ${Math.round(idleMicros / 1000)} ms idle`,
    ...sorted(byPurpose).map(([purpose, micros]) => `${share(micros)}  ${purpose}`),
    '',
    ...sorted(byPlace)
      .filter(([place]) => place !== '(idle)')
      .slice(0, TOP_FUNCTIONS)
      .map(([place, micros]) => `${share(micros)}  ${place.replace(/file:\/\/.*\/packages\//, '')}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function sorted(micros: ReadonlyMap<string, number>): [string, number][] {
  return [...micros].toSorted(([, one], [, other]) => other - one);
}

async function produce(
  bootstrapServers: string,
  untilMs: number,
  properties: Readonly<Record<string, string>>,
): Promise<number> {
  const all = { 'bootstrap.servers': bootstrapServers, 'batch.size': 524_288, ...properties };
  await using producer = new Producer(all);
  const value = Buffer.alloc(valueBytes, 'x');
  const records = Array.from({ length: Math.ceil(600_000 / valueBytes) }, () => ({ topic: 'orders', value }));
  let count = 0;
  while (performance.now() < untilMs) {
    await Promise.all(Array.from({ length: 5 }, () => producer.send(records)));
    count += 5 * records.length;
  }
  return count;
}

async function singles(bootstrapServers: string, untilMs: number): Promise<number> {
  await using producer = new Producer({ 'bootstrap.servers': bootstrapServers, 'batch.size': 524_288 });
  const value = Buffer.alloc(valueBytes, 'x');
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();
  while (performance.now() < untilMs) {
    for (let burst = 0; burst < 5000; burst++, count++) last = producer.send({ topic: 'orders', value });
    if (producer.bufferedBytes > 8_000_000) await last;
    else await new Promise((resolve) => setImmediate(resolve));
  }
  await last;
  return count;
}

async function consume(bootstrapServers: string, untilMs: number): Promise<number> {
  // The time before looking is for that.
  if (!isFilled) await produce(bootstrapServers, performance.now() + 500, {});
  isFilled = true;
  await using consumer = new Consumer({
    'bootstrap.servers': bootstrapServers,
    'auto.offset.reset': 'earliest',
  });
  const partition = { topic: 'orders', partition: 0 };
  consumer.assign([partition]);
  let count = 0;
  while (performance.now() < untilMs) {
    const records = await consumer.poll({ timeoutMs: 100 });
    count += records.length;
    if (records.length === 0) consumer.seekToBeginning();
  }
  return count;
}
