/**
 * `npm run interop:client [-- HOST:PORT]`: typed topics, `run()`, retry topics and dead letters of `@millrace/client`
 * against Apache Kafka, or the cluster at that address; and bytes of our serdes as Kafka's own deserializers read them.
 */
import { runTool, startKafka, unavailable } from '@millrace/apache-kafka-peer';
import { Admin, Consumer, nullable, Producer, serdes, topic } from '@millrace/client';

const [address] = process.argv.slice(2);
const run = `${process.pid}`;
let failures = 0;

const reason = unavailable();
if (address !== undefined) await main(address, reason === undefined);
else if (reason !== undefined) print(`skipped: ${reason}`);
else {
  await using kafka = await startKafka();
  await main(kafka.bootstrapServers, true);
}

async function main(bootstrapServers: string, hasTools: boolean): Promise<void> {
  const servers = { 'bootstrap.servers': bootstrapServers };
  await using admin = new Admin(servers);
  await using producer = new Producer(servers);
  for (const protocol of ['classic', 'consumer'] as const) {
    const world = { servers, admin, producer, protocol };
    await check(`${protocol}: run() by key, over a rebalance, nothing lost and in order`, () =>
      runsByKey(world),
    );
    await check(`${protocol}: retry topics and dead letters`, () => retries(world));
    await check(`${protocol}: typed records, with one that does not fit`, () => readsTyped(world));
  }
  if (hasTools) {
    await check('serdes: Kafka reads what they write', () => kafkaReads(bootstrapServers, admin, producer));
  } else print('skipped: Kafka reads what serdes write; there are no tools');
  process.exitCode = failures > 0 ? 1 : 0;
}

interface World {
  readonly servers: { readonly 'bootstrap.servers': string };
  readonly admin: Admin;
  readonly producer: Producer;
  readonly protocol: 'classic' | 'consumer';
}

function member({ servers, protocol }: World, group: string): Consumer {
  return new Consumer({
    ...servers,
    'group.id': `${group}-${protocol}-${run}`,
    'group.protocol': protocol,
    'auto.offset.reset': 'earliest',
    'auto.commit.interval.ms': 200,
    ...(protocol === 'classic' ? { 'partition.assignment.strategy': 'cooperative-sticky' } : {}),
  });
}

async function runsByKey(world: World): Promise<void> {
  const [keys, perKey] = [40, 50];
  const name = `by-key-${world.protocol}-${run}`;
  await world.admin.createTopics([{ name, partitions: 4 }]);
  const steps = topic({ name, key: serdes.string(), value: serdes.int32() });
  for (let step = 0; step < perKey; step++) {
    const records = Array.from({ length: keys }, (_, key) => ({ key: `key-${key}`, value: step }));
    await world.producer.to(steps).send(records);
  }
  const done = new Map<string, number>();
  const all = Promise.withResolvers<void>();
  const ending = new AbortController();
  const runMember = async () => {
    await using consumer = member(world, 'by-key');
    await consumer.subscribe(steps).run({
      by: 'key',
      concurrency: 16,
      signal: ending.signal,
      eachRecord: async ({ key, value }) => {
        const next = done.get(key) ?? 0;
        if (value > next) all.reject(new Error(`${key}: ${value} began before ${next}`));
        await new Promise((resolve) => setTimeout(resolve, 2));
        done.set(key, Math.max(next, value + 1));
        if ([...done.values()].reduce((sum, count) => sum + count, 0) === keys * perKey) all.resolve();
      },
    });
  };
  const first = runMember();
  const second = new Promise((resolve) => setTimeout(resolve, 300)).then(runMember);
  await Promise.race([all.promise, Promise.all([first, second])]);
  ending.abort();
  await Promise.all([first, second]);
  equal(
    [...done.values()],
    Array.from({ length: keys }, () => perKey),
  );
}

async function retries(world: World): Promise<void> {
  const name = `retries-${world.protocol}-${run}`;
  await world.admin.createTopics([{ name, partitions: 2 }]);
  const texts = topic({ name, value: serdes.string() });
  await world.producer.to(texts).send(['fine', 'shaky', 'broken'].map((value) => ({ value })));
  const seen: string[] = [];
  const ending = new AbortController();
  await using consumer = member(world, 'retries');
  let handled = 0;
  await consumer.subscribe(texts).run({
    signal: ending.signal,
    retry: {
      producer: world.producer,
      delaysMs: [200, 400],
      createTopics: { admin: world.admin, replicationFactor: 1 },
    },
    eachRecord: ({ value }, { attempt }) => {
      if (++handled === 6) ending.abort();
      seen.push(`${value} ${attempt}`);
      if (value === 'broken' || (value === 'shaky' && attempt === 1)) throw new RangeError(value);
    },
  });
  equal(seen.toSorted(), ['broken 1', 'broken 2', 'broken 3', 'fine 1', 'shaky 1', 'shaky 2']);
  await using dead = member(world, 'dead');
  dead.subscribe(`${name}-dlq`);
  for await (const { value, headers } of dead) {
    equal(String(value), 'broken');
    const exception = headers.find(({ key }) => key === '__millrace.errors.exception');
    equal(String(exception?.value), 'RangeError');
    break;
  }
}

async function readsTyped(world: World): Promise<void> {
  const name = `typed-${world.protocol}-${run}`;
  await world.admin.createTopics([{ name, partitions: 1 }]);
  await world.producer.send(['{"n":1}', 'broken', '{"n":3}'].map((value) => ({ topic: name, value })));
  const numbers = topic({ name, value: serdes.json<{ n: number }>() });
  await using consumer = member(world, 'typed');
  const found: number[] = [];
  for await (const { value } of consumer.subscribe(numbers, { onInvalidRecord: 'skip' })) {
    if (found.push(value.n) === 2) break;
  }
  equal(found, [1, 3]);
}

/** Java's deserializers print the very values. */
async function kafkaReads(bootstrapServers: string, admin: Admin, producer: Producer): Promise<void> {
  const uuid = '123e4567-e89b-12d3-a456-426614174000';
  const cases = [
    ['StringDeserializer', topic({ name: `string-${run}`, value: serdes.string() }), 'clé ü', 'clé ü'],
    ['IntegerDeserializer', topic({ name: `int-${run}`, value: serdes.int32() }), -2147483648, '-2147483648'],
    [
      'LongDeserializer',
      topic({ name: `long-${run}`, value: serdes.int64() }),
      -9007199254740991,
      '-9007199254740991',
    ],
    [
      'LongDeserializer',
      topic({ name: `big-${run}`, value: serdes.bigint64() }),
      2n ** 62n,
      '4611686018427387904',
    ],
    ['FloatDeserializer', topic({ name: `float-${run}`, value: serdes.float() }), -1.5, '-1.5'],
    [
      'DoubleDeserializer',
      topic({ name: `double-${run}`, value: serdes.double() }),
      Math.PI,
      '3.141592653589793',
    ],
    ['UUIDDeserializer', topic({ name: `uuid-${run}`, value: serdes.uuid() }), uuid, uuid],
    ['StringDeserializer', topic({ name: `null-${run}`, value: nullable(serdes.string()) }), null, 'null'],
  ] as const;
  for (const [deserializer, typed, value, printed] of cases) {
    await admin.createTopics([{ name: typed.name, partitions: 1 }]);
    await producer.send(typed.record({ value: value as never }));
    const wanted = `value.deserializer=org.apache.kafka.common.serialization.${deserializer}`;
    const where = ['--bootstrap-server', bootstrapServers, '--topic', typed.name, '--from-beginning'];
    const parameters = [...where, '--max-messages', '1', '--formatter-property', wanted];
    const { output } = runTool('org.apache.kafka.tools.consumer.ConsoleConsumer', parameters);
    equal(output.trim().split('\n')[0], printed);
  }
}

async function check(what: string, body: () => Promise<void>): Promise<void> {
  const startMs = performance.now();
  try {
    await body();
    print(`ok   ${what} (${Math.round(performance.now() - startMs)} ms)`);
  } catch (error) {
    failures++;
    print(`FAIL ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

function equal(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`found ${a}, expected ${b}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
