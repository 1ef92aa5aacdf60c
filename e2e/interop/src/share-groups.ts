/**
 * `npm run interop:share [-- HOST:PORT]`: share groups. Our ShareConsumer and Java's, alone and as members of one group,
 * at Apache Kafka and at a node started as a process, or at the node of that address. Says what it skips and why.
 */
import { startKafka, unavailable, javaParameters } from '@millrace/apache-kafka-peer';
import {
  Admin,
  Producer,
  ShareConsumer,
  type ShareConsumerProperties,
  type ShareRecord,
} from '@millrace/client';
import { runProcess } from './run-process.ts';
import { startNode } from './start-node.ts';

/** Locks that run out while somebody watches. */
const properties = {
  'group.share.min.record.lock.duration.ms': '1000',
  'group.share.record.lock.duration.ms': '3000',
  'group.share.assignment.interval.ms': '0',
};

const consoleConsumer = 'org.apache.kafka.tools.consumer.ConsoleShareConsumer';

const [address] = process.argv.slice(2);
const reason = unavailable();
let failures = 0;

async function main(name: string, bootstrapServers: string): Promise<void> {
  const world = new World(bootstrapServers);
  await using _ = world;
  await check(`${name}: three members share what is there, each record once`, () => sharesEachOnce(world));
  await check(`${name}: release, reject, renew, and locks that run out`, () => acknowledgesExplicitly(world));
  await check(`${name}: never more records than were asked for`, () => limitsRecords(world));
  await check(`${name}: aborted transactions are not seen, and nothing is left over`, () =>
    skipsAborted(world),
  );
  await check(`${name}: offsets are told, set and forgotten`, () => movesOffsets(world));
  if (reason === undefined) {
    await check(`${name}: Java's console share consumer reads`, () => javaReads(world));
    await check(`${name}: Java and we are members of one group`, () => sharesWithJava(world));
  } else print(`skipped: Java's share consumer; ${reason}`);
}

/** Clients of one node, and topics and groups that nobody else uses. */
class World implements AsyncDisposable {
  readonly bootstrapServers: string;
  readonly admin: Admin;
  readonly producer: Producer;
  #count = 0;

  constructor(bootstrapServers: string) {
    this.bootstrapServers = bootstrapServers;
    this.admin = new Admin({ 'bootstrap.servers': bootstrapServers });
    this.producer = new Producer({ 'bootstrap.servers': bootstrapServers, 'compression.type': 'lz4' });
  }

  /** A topic with records 0, 1, 2, ..., and a group of the same name that reads it from its beginning. */
  async filled(count: number, partitions = 1, settings: Record<string, string> = {}): Promise<string> {
    const name = `share-${process.pid}-${++this.#count}`;
    await this.admin.createTopics([{ name, partitions }]);
    const all = Object.entries({ 'share.auto.offset.reset': 'earliest', ...settings });
    const operations = all.map(([key, value]) => ({ name: key, operation: 'set', value }) as const);
    await this.admin.incrementalAlterConfigs([{ type: 'group', name, operations }]);
    const values = Array.from({ length: count }, (_, index) => String(index));
    await this.producer.send(values.map((value) => ({ topic: name, key: value, value })));
    return name;
  }

  member(name: string, more: Partial<ShareConsumerProperties> = {}): ShareConsumer {
    const consumer = new ShareConsumer({
      'bootstrap.servers': this.bootstrapServers,
      'group.id': name,
      ...more,
    });
    consumer.subscribe(name);
    return consumer;
  }

  explicitMember(name: string): ShareConsumer {
    return this.member(name, { 'share.acknowledgement.mode': 'explicit' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.producer.close();
    await this.admin.close();
  }
}

async function sharesEachOnce(world: World): Promise<void> {
  const [total, seen] = [3000, new Map<string, number>()];
  const name = await world.filled(total, 2);
  const ending = new AbortController();
  const runMember = async () => {
    await using consumer = world.member(name, {
      'max.poll.records': 50,
      'share.acquire.mode': 'record_limit',
    });
    let own = 0;
    while (!ending.signal.aborted) {
      for (const { value } of await consumer.poll({ timeoutMs: 200 })) {
        seen.set(String(value), (seen.get(String(value)) ?? 0) + 1);
        own++;
      }
      await consumer.commit();
      if (seen.size === total) ending.abort();
    }
    return own;
  };
  const giveUp = setTimeout(() => ending.abort(), 60_000);
  const own = await Promise.all([runMember(), runMember(), runMember()]);
  clearTimeout(giveUp);
  equal(seen.size, total, 'records seen');
  equal(
    own.reduce((sum, count) => sum + count, 0),
    total,
    'deliveries',
  );
  equal(own.filter((count) => count > 0).length, 3, 'members with work');
}

async function acknowledgesExplicitly(world: World): Promise<void> {
  const name = await world.filled(4);
  await using consumer = world.explicitMember(name);
  const [accepted, released, rejected, renewed] = await polled(consumer, 4);
  consumer.acknowledge(accepted!);
  consumer.acknowledge(released!, 'release');
  consumer.acknowledge(rejected!, 'reject');
  for (let round = 0; round < 4; round++) {
    consumer.acknowledge(renewed!, 'renew');
    for (const { error } of await consumer.commit()) if (error !== undefined) throw error;
    await pause(1500);
  }
  const again = await polled(consumer, 1);
  equal(texts(again), '1*2', 'what was released');
  consumer.acknowledge(again[0]!);
  consumer.acknowledge(renewed!);
  const [result] = await consumer.commit();
  equal(result?.error, undefined, 'the renewed record, acknowledged after twice its lock');
  await using other = world.explicitMember(name);
  await world.producer.send({ topic: name, value: 'late' });
  equal(texts(await polled(other, 1)), 'late', 'what another member gets');
  equal(texts(await polled(consumer, 1)), 'late*2', 'what comes back when the lock has run out');
}

async function limitsRecords(world: World): Promise<void> {
  const name = await world.filled(20);
  await using first = world.member(name, { 'max.poll.records': 3, 'share.acquire.mode': 'record_limit' });
  await polled(first, 3);
  await using second = world.member(name);
  equal((await polled(second, 17)).length, 17, 'records left for another member');
}

async function skipsAborted(world: World): Promise<void> {
  const name = await world.filled(2, 1, { 'share.isolation.level': 'read_committed' });
  await using producer = new Producer({
    'bootstrap.servers': world.bootstrapServers,
    'transactional.id': name,
  });
  await producer.initTransactions();
  for (const outcome of ['aborted', 'committed'] as const) {
    producer.beginTransaction();
    await producer.send({ topic: name, value: outcome });
    if (outcome === 'committed') await producer.commitTransaction();
    else await producer.abortTransaction();
  }
  await using consumer = world.member(name);
  equal(texts(await polled(consumer, 3)), '0 1 committed', 'records');
  await consumer.commit();
  const lag = async () => (await world.admin.listShareGroupOffsets(name))[0]?.lag;
  for (let round = 0; round < 50 && (await lag()) !== 0; round++) await consumer.poll({ timeoutMs: 100 });
  equal(await lag(), 0, 'lag');
}

async function movesOffsets(world: World): Promise<void> {
  const name = await world.filled(10);
  const consumer = world.member(name);
  await polled(consumer, 10);
  await consumer.commit();
  const member = (await world.admin.describeShareGroups([name])).get(name)?.members[0];
  equal(member?.subscribedTopics.join(), name, 'subscription');
  await consumer.close();
  await world.admin.alterShareGroupOffsets(name, [{ topic: name, partition: 0, startOffset: 7 }]);
  const again = world.member(name);
  equal(texts(await polled(again, 3)), '7 8 9', 'records from there on');
  await again.close();
  await world.admin.deleteShareGroupOffsets(name, [name]);
  equal((await world.admin.listShareGroupOffsets(name)).length, 0, 'offsets');
  await world.admin.deleteGroups([name]);
}

async function javaReads(world: World): Promise<void> {
  const name = await world.filled(500);
  const parameters = ['--bootstrap-server', world.bootstrapServers, '--topic', name, '--group', name];
  const { stdout } = await java(consoleConsumer, [
    ...parameters,
    '--max-messages',
    '500',
    '--timeout-ms',
    '20000',
  ]);
  equal(new Set(stdout.trim().split('\n')).size, 500, 'lines');
}

async function sharesWithJava(world: World): Promise<void> {
  const name = await world.filled(0);
  const parameters = ['--bootstrap-server', world.bootstrapServers, '--topic', name, '--group', name];
  const reading = java(consoleConsumer, [...parameters, '--timeout-ms', '8000']);
  await using consumer = world.member(name);
  while ((await members(world, name)) < 2) await consumer.poll({ timeoutMs: 100 });
  const ours: ShareRecord[] = [];
  for (let index = 0; index < 400; index++) {
    await world.producer.send({ topic: name, value: String(index) });
    ours.push(...(await consumer.poll({ timeoutMs: index % 2 === 0 ? 0 : 5 })));
  }
  for (let quiet = 0; quiet < 5; quiet++) {
    const more = await consumer.poll({ timeoutMs: 500 });
    if (more.length > 0) quiet = 0;
    ours.push(...more);
  }
  await consumer.commit();
  const theirs = (await reading).stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  equal(new Set([...theirs, ...ours.map(({ value }) => String(value))]).size, 400, 'records seen by either');
  if (ours.length === 0 || theirs.length === 0)
    throw new Error(`${ours.length} were ours and ${theirs.length} Java's: nothing was shared`);
}

async function members({ admin }: World, name: string): Promise<number> {
  try {
    return (await admin.describeShareGroups([name])).get(name)?.members.length ?? 0;
  } catch {
    return 0;
  }
}

function java(mainClass: string, parameters: readonly string[]) {
  return runProcess('java', javaParameters(mainClass, parameters, ['-Xmx256m']));
}

/** Exactly so many records, of one poll or several; those of the polls before are accepted. */
async function polled(consumer: ShareConsumer, count: number): Promise<ShareRecord[]> {
  const records: ShareRecord[] = [];
  const giveUpAtMs = performance.now() + 30_000;
  while (records.length < count && performance.now() < giveUpAtMs)
    records.push(...(await consumer.poll({ timeoutMs: 1000 })));
  equal(records.length, count, 'records polled');
  return records;
}

/** Values, with how often they were delivered when that is more than once. */
function texts(records: readonly ShareRecord[]): string {
  return records
    .map(({ value, deliveryCount }) => `${String(value)}${deliveryCount > 1 ? `*${deliveryCount}` : ''}`)
    .join(' ');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)}, expected ${String(expected)}`);
}

async function check(title: string, run: () => Promise<void>): Promise<void> {
  const beganMs = performance.now();
  try {
    await run();
    print(`ok      ${title} (${Math.round(performance.now() - beganMs)} ms)`);
  } catch (error) {
    failures++;
    print(`FAILED  ${title}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (address !== undefined) await main(address, address);
else {
  if (reason === undefined) {
    await using kafka = await startKafka({ properties });
    await main('Apache Kafka', kafka.bootstrapServers);
  } else print(`skipped: Apache Kafka; ${reason}`);
  await using node = await startNode(properties);
  await main('Millrace', node.bootstrapServers);
}
process.exitCode = failures > 0 ? 1 : 0;
