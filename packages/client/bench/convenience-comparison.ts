import { Admin, Consumer, Producer, serdes, topic as describeTopic } from '../src/index.ts';
import type { ConsumerProperties, RunOptions } from '../src/index.ts';
import type { Report } from './produce-comparison.ts';

/** Rounds alternate between the ways; medians are compared. */
const ROUNDS = 9;
const COUNT = 400_000;
const TEXT = 'x'.repeat(100);
const KEY = 'key-1';
const ARRAY = 1000;
/** What convenience may cost: a way is at least so fast as doing the same by hand. */
const TARGET = 0.9;

/** One way to do the work. */
interface Way {
  readonly name: string;
  /** The same work by hand, if this is not it. */
  readonly byHand?: string;
  run(topic: string): Promise<void>;
}

/** Typed topics and `run()` against the plain calls with the same work done by hand around them. */
export async function compareConveniences(bootstrapServers: string, report: Report): Promise<void> {
  await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
  await using producer = new Producer({ 'bootstrap.servers': bootstrapServers, 'batch.size': 524_288 });
  const filled = `convenience-${process.pid}`;
  await admin.createTopics([{ name: filled, partitions: 1 }]);
  await sendArrays(filled, () => producer, byHand);
  await compare(consuming(bootstrapServers), () => Promise.resolve(filled), report);
  let topics = 0;
  const fresh = async () => {
    const name = `${filled}-${topics++}`;
    await admin.createTopics([{ name, partitions: 1 }]);
    return name;
  };
  await compare(producing(producer), fresh, report);
}

async function compare(ways: readonly Way[], topicFor: () => Promise<string>, report: Report): Promise<void> {
  const costs = new Map(ways.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round++) {
    // Back and forth, so that none is always behind the same one.
    for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
      const topic = await topicFor();
      const before = process.cpuUsage();
      await way.run(topic);
      const { user, system } = process.cpuUsage(before);
      // The first round is for the compiler.
      if (round > 0) costs.get(way.name)!.push((user + system) / COUNT);
    }
  }
  for (const { name, byHand: peer } of ways) {
    const value = median(costs.get(name)!);
    const row = { metric: name, value, unit: 'us CPU/record' };
    if (peer === undefined) report(row);
    else report({ ...row, peer, ratio: median(costs.get(peer)!) / value, target: TARGET });
  }
}

function typed(name: string) {
  return describeTopic({ name, key: serdes.string(), value: serdes.string() });
}

function consuming(bootstrapServers: string): readonly Way[] {
  const running =
    (options: Pick<RunOptions<never>, 'by' | 'concurrency'>, isTyped: boolean) => async (name: string) => {
      await using consumer = fresh(bootstrapServers);
      const ending = new AbortController();
      let [seen, characters] = [0, 0];
      const count = () => void (++seen === COUNT && ending.abort());
      if (!isTyped) {
        consumer.subscribe(name);
        await consumer.run({ ...options, signal: ending.signal, eachRecord: count });
        return;
      }
      await consumer.subscribe(typed(name)).run({
        ...options,
        signal: ending.signal,
        eachRecord: ({ key, value }) => {
          characters += key.length + value.length;
          if (++seen === COUNT) ending.abort();
        },
      });
      assertRead(characters);
    };
  return [
    { name: 'poll', run: (name) => pollAll(bootstrapServers, name, () => {}) },
    { name: 'run()', byHand: 'poll', run: running({}, false) },
    { name: 'run() by key', byHand: 'poll', run: running({ by: 'key', concurrency: 8 }, false) },
    {
      name: 'poll and decode by hand',
      run: async (name) => {
        let characters = 0;
        await pollAll(bootstrapServers, name, (key, value) => {
          characters += key.toString().length + value.toString().length;
        });
        assertRead(characters);
      },
    },
    {
      name: 'typed poll',
      byHand: 'poll and decode by hand',
      run: async (name) => {
        await using consumer = fresh(bootstrapServers);
        const records = consumer.subscribe(typed(name));
        let characters = 0;
        for (let seen = 0; seen < COUNT;) {
          const polled = await records.poll({ timeoutMs: 60_000 });
          seen += polled.length;
          for (const { key, value } of polled) characters += key.length + value.length;
        }
        assertRead(characters);
      },
    },
    { name: 'typed run()', byHand: 'poll and decode by hand', run: running({}, true) },
  ];
}

function producing(producer: Producer): readonly Way[] {
  const data = Array.from({ length: ARRAY }, () => ({ key: KEY, value: TEXT }));
  return [
    { name: 'send arrays, encoded by hand', run: (name) => sendArrays(name, () => producer, byHand) },
    {
      name: 'typed send of arrays',
      byHand: 'send arrays, encoded by hand',
      run: async (name) => {
        const sales = producer.to(typed(name));
        await pipelined(() => sales.send(data));
      },
    },
    {
      name: 'send one by one, encoded by hand',
      run: (name) =>
        pipelined(() => {
          let last: Promise<unknown> = Promise.resolve();
          for (const record of data) last = producer.send({ topic: name, ...encoded(record) });
          return last;
        }),
    },
    {
      name: 'typed send one by one',
      byHand: 'send one by one, encoded by hand',
      run: (name) => {
        const sales = producer.to(typed(name));
        return pipelined(() => {
          let last: Promise<unknown> = Promise.resolve();
          for (const record of data) last = sales.send(record);
          return last;
        });
      },
    },
  ];
}

interface Text {
  readonly key: string;
  readonly value: string;
}

function encoded({ key, value }: Text): { key: Buffer; value: Buffer } {
  return { key: Buffer.from(key), value: Buffer.from(value) };
}

function byHand(topic: string) {
  return Array.from({ length: ARRAY }, () => ({ topic, ...encoded({ key: KEY, value: TEXT }) }));
}

async function sendArrays(
  topic: string,
  producer: () => Producer,
  make: (topic: string) => { topic: string; key: Buffer; value: Buffer }[],
): Promise<void> {
  await pipelined(() => producer().send(make(topic)));
}

/** Five sends are open at any time. */
async function pipelined(send: () => Promise<unknown>): Promise<void> {
  const open: Promise<unknown>[] = [];
  for (let sent = 0; sent < COUNT; sent += ARRAY) {
    open.push(send());
    if (open.length === 5) await open.shift();
  }
  await Promise.all(open);
}

async function pollAll(
  bootstrapServers: string,
  topic: string,
  handle: (key: Buffer, value: Buffer) => void,
): Promise<void> {
  await using consumer = fresh(bootstrapServers);
  consumer.subscribe(topic);
  for (let seen = 0; seen < COUNT;) {
    const records = await consumer.poll({ timeoutMs: 60_000 });
    seen += records.length;
    for (const { key, value } of records) handle(key!, value!);
  }
}

let groups = 0;

function fresh(bootstrapServers: string): Consumer {
  const properties: ConsumerProperties = {
    'bootstrap.servers': bootstrapServers,
    'group.id': `convenience-${process.pid}-${groups++}`,
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': false,
  };
  return new Consumer(properties);
}

function assertRead(characters: number): void {
  const expected = COUNT * (KEY.length + TEXT.length);
  if (characters !== expected) throw new Error(`read ${characters} characters, not ${expected}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
