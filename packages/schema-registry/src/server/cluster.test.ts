import { Admin, Consumer, GroupParticipant, Producer } from '@millrace/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SchemasTopicError } from '../errors.ts';
import { endpointGroups } from './endpoints/all-endpoints.ts';
import { startTestBroker, TestRegistry } from './testing/test-registry.ts';

const text = '"string"';
const order = (fields: string) => `{"type":"record","name":"Order","fields":[${fields}]}`;
const writing = endpointGroups.flatMap(({ endpoints }) => endpoints.filter(({ writes }) => writes === true));

let broker: Awaited<ReturnType<typeof startTestBroker>>;
beforeAll(async () => {
  broker = await startTestBroker();
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

let count = 0;
/** Properties of registries that belong together. */
function together() {
  const name = `cluster-${++count}`;
  return {
    'kafkastore.bootstrap.servers': broker.bootstrapServers,
    'kafkastore.topic': `_${name}`,
    'schema.registry.group.id': name,
    'kafkagroup.heartbeat.interval.ms': 100,
  };
}

/** Waits until the condition holds; each look asks the registries themselves. */
async function eventually(isDone: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpMs = performance.now() + 20_000;
  while (!(await isDone())) {
    if (performance.now() > giveUpMs) throw new Error('not reached within 20 seconds');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function register(registry: TestRegistry, subject: string, schema: string) {
  return registry.request(`POST /subjects/${subject}/versions`, { schema });
}

/** As a client does it: between two elections nobody leads for a moment, and the one that led may have gone. */
async function registerWhenLed(registry: TestRegistry, subject: string, schema: string) {
  let answer = await register(registry, subject, schema);
  await eventually(async () => {
    const isLed = answer.status !== 500;
    if (!isLed) answer = await register(registry, subject, schema);
    return isLed;
  });
  return answer;
}

describe('a registry that starts again', () => {
  test('knows everything that it knew', async () => {
    const properties = together();
    const paths = [
      '/subjects?deleted=true',
      '/schemas?deleted=true&subjectPrefix=:*:',
      '/config',
      '/mode/a',
      '/contexts',
    ];
    const ask = (registry: TestRegistry) =>
      Promise.all(paths.map(async (path) => (await registry.request(`GET ${path}`)).body));
    let before: unknown[];
    {
      await using registry = await TestRegistry.start(properties);
      await register(registry, 'a', text);
      await register(registry, 'a', order('{"name":"id","type":"int"}'));
      await register(registry, ':.prod:b', text);
      await registry.request('DELETE /subjects/a/versions/1');
      await registry.request('PUT /config', { compatibility: 'NONE' });
      await registry.request('PUT /mode/a', { mode: 'READONLY' });
      before = await ask(registry);
    }
    await using registry = await TestRegistry.start(properties);
    expect(await ask(registry)).toEqual(before);
    expect((await register(registry, 'c', '"int"')).body).toMatchObject({ id: 2 });
  });

  test('starts with schemas that another registry has written, whatever else lies there', async () => {
    const properties = together();
    const topic = properties['kafkastore.topic'];
    const client = { 'bootstrap.servers': broker.bootstrapServers };
    await using admin = new Admin(client);
    await admin.createTopics([{ name: topic, partitions: 1, configs: { 'cleanup.policy': 'compact' } }]);
    await using producer = new Producer(client);
    await producer.send(
      [
        { key: '{"keytype":"NOOP","magic":0}', value: null },
        { key: 'nonsense', value: 'nonsense' },
        { key: '{"keytype":"FUTURE","magic":9}', value: '{}' },
        {
          key: '{"magic":1,"version":3,"subject":"a","keytype":"SCHEMA"}',
          value: String.raw`{"id":12,"schema":"\"string\"","subject":"a","version":3,"extra":[1]}`,
        },
        { key: '{"keytype":"CONFIG","subject":null,"magic":0}', value: '{"compatibilityLevel":"FULL"}' },
      ].map((record) => ({ topic, partition: 0, ...record })),
    );
    await using registry = await TestRegistry.start(properties);
    expect((await registry.request('GET /subjects/a/versions/3')).body).toMatchObject({
      id: 12,
      schema: text,
    });
    expect((await registry.request('GET /config')).body).toEqual({ compatibilityLevel: 'FULL' });
    expect((await register(registry, 'b', '"int"')).body).toMatchObject({ id: 13 });
  });
});

describe('the topic', () => {
  test('is created with one partition, compacted', async () => {
    const properties = together();
    await using registry = await TestRegistry.start(properties);
    await register(registry, 'a', text);
    await using admin = new Admin({ 'bootstrap.servers': broker.bootstrapServers });
    const topic = properties['kafkastore.topic'];
    const described = await admin.describeTopics([topic]);
    expect(described.get(topic)?.partitions).toHaveLength(1);
    const configs = await admin.describeConfigs([{ type: 'topic', name: topic }]);
    expect([...configs.values()][0]?.get('cleanup.policy')?.value).toBe('compact');
  });

  test.each([
    ['two partitions', { partitions: 2, configs: { 'cleanup.policy': 'compact' } }, 'has 2 partitions'],
    [
      'another policy',
      { partitions: 1, configs: { 'cleanup.policy': 'delete' } },
      'has cleanup.policy=delete',
    ],
  ])('is refused with %s, unless that is wanted', async (_what, shape, message) => {
    const properties = together();
    await using admin = new Admin({ 'bootstrap.servers': broker.bootstrapServers });
    await admin.createTopics([{ name: properties['kafkastore.topic'], ...shape }]);
    const start = TestRegistry.start(properties);
    await expect(start).rejects.toThrow(SchemasTopicError);
    await expect(start).rejects.toThrow(message);
    await using registry = await TestRegistry.start({
      ...properties,
      'kafkastore.topic.skip.validation': true,
    });
    expect((await registry.request('GET /subjects')).body).toEqual([]);
  });
});

describe('several instances', () => {
  test('agree on one that writes, and the others pass writes on and can read them at once', async () => {
    const properties = together();
    await using first = await TestRegistry.start(properties);
    await using second = await TestRegistry.start(properties);
    await using third = await TestRegistry.start({ ...properties, 'leader.eligibility': false });
    const all = [first, second, third];
    await eventually(() => all.filter(({ server }) => server.isLeader).length === 1);
    await eventually(async () => {
      const answers = await Promise.all(all.map((one, index) => register(one, `probe-${index}`, text)));
      return answers.every(({ status }) => status === 200);
    });
    for (const [index, registry] of all.entries()) {
      const answer = await register(registry, 'a', order(`{"name":"f${index}","type":"int","default":0}`));
      expect(answer.body).toMatchObject({ version: index + 1 });
      expect(answer.contentType).toContain('application/vnd.schemaregistry.v1+json');
      expect((await registry.request(`GET /subjects/a/versions/${index + 1}`)).status).toBe(200);
    }
    const follower = all.find(({ server }) => !server.isLeader)!;
    expect((await follower.request('PUT /config/a', { compatibility: 'SOMETIMES' })).body).toMatchObject({
      error_code: 42203,
    });
    expect((await follower.request('DELETE /contexts/nothing')).status).toBe(204);
    expect((await follower.request('DELETE /subjects/a/versions/1')).text).toBe('1');
  });

  test('elect another one when the one that writes leaves', async () => {
    const properties = together();
    const first = await TestRegistry.start(properties);
    await using second = await TestRegistry.start(properties);
    await eventually(() => first.server.isLeader !== second.server.isLeader);
    await registerWhenLed(first, 'a', text);
    await first.server.close();
    expect((await registerWhenLed(second, 'a', '"int"')).body).toMatchObject({ error_code: 40901 });
    expect((await registerWhenLed(second, 'b', '"int"')).body).toMatchObject({ id: 2 });
    // Not for the moment in which the group takes note that the other has gone.
    await eventually(() => second.server.isLeader);
  });

  test('do not pass on what was passed on already', async () => {
    const properties = together();
    await using first = await TestRegistry.start(properties);
    await using second = await TestRegistry.start(properties);
    await eventually(() => first.server.isLeader !== second.server.isLeader);
    const follower = first.server.isLeader ? second : first;
    const answer = await follower.request('DELETE /config', undefined, { 'x-forward': 'true' });
    expect(answer.body).toMatchObject({ error_code: 50004 });
  });

  test('say so when the one that writes cannot be reached, and go on reading', async () => {
    const properties = together();
    const dead = new GroupParticipant(
      { 'bootstrap.servers': broker.bootstrapServers, 'group.id': properties['schema.registry.group.id'] },
      {
        protocolType: 'sr',
        offers: () => [
          {
            name: 'v0',
            metadata: Buffer.from(
              '{"version":1,"host":"127.0.0.1","port":1,"master_eligibility":true,"scheme":"http"}',
            ),
          },
        ],
        assign: () => new Map(),
        onAssigned() {},
        onRevoked() {},
      },
    );
    await using registry = await TestRegistry.start(properties);
    await register(registry, 'a', text);
    dead.start();
    await eventually(() => !registry.server.isLeader);
    await eventually(async () => (await register(registry, 'b', text)).text.includes('50003'));
    expect((await registry.request('GET /subjects')).body).toEqual(['a']);
    expect((await register(registry, 'a', text)).body).toMatchObject({ id: 1, version: 1 });
    await dead.close();
    await eventually(() => registry.server.isLeader);
    expect((await register(registry, 'b', text)).status).toBe(200);
  });
});

describe('an instance without one that writes', () => {
  test.each(writing.map(({ method, path, body }) => [`${method} ${path}`, body !== undefined] as const))(
    'answers 50004 to %s',
    async (line, hasBody) => {
      await using registry = await shared();
      const path = line
        .replaceAll('{version}', '1')
        .replaceAll('{context}', 'prod')
        .replaceAll(/\{\w+\}/g, 'a');
      const answer = await registry.request(path, hasBody ? { schema: text } : undefined);
      expect(answer.body).toMatchObject({ error_code: 50004 });
    },
  );

  let started: Promise<TestRegistry> | undefined;
  /** One for all of them; it is closed at the end. */
  async function shared(): Promise<Pick<TestRegistry, 'request'> & AsyncDisposable> {
    started ??= TestRegistry.start({ ...together(), 'leader.eligibility': false });
    const registry = await started;
    return { request: (...args) => registry.request(...args), async [Symbol.asyncDispose]() {} };
  }
  afterAll(async () => {
    await (await started)?.[Symbol.asyncDispose]();
  });
});

describe('a cluster in trouble', () => {
  test('fails writes, in time and without a trace, while reads go on', async () => {
    await using own = await startTestBroker({ 'controlled.shutdown.timeout.ms': '50' });
    await using registry = await TestRegistry.start({
      'kafkastore.bootstrap.servers': own.bootstrapServers,
      'kafkastore.timeout.ms': 300,
      'kafkagroup.session.timeout.ms': 60_000,
      'kafkagroup.heartbeat.interval.ms': 30_000,
    });
    await register(registry, 'a', text);
    await own.broker.close();
    const failed = await register(registry, 'b', '"int"');
    expect(failed.status).toBe(500);
    expect((failed.body as { error_code: number }).error_code).toBeOneOf([50001, 50002]);
    expect((await registry.request('GET /subjects')).body).toEqual(['a']);
    expect((await registry.request('GET /schemas/ids/1')).status).toBe(200);
  });

  test('is no place to start', async () => {
    const start = TestRegistry.start({
      'kafkastore.bootstrap.servers': '127.0.0.1:1',
      'kafkastore.init.timeout.ms': 300,
    });
    await expect(start).rejects.toThrow();
  });
});

describe('a second writer', () => {
  test('cannot give an id away: the leader writes back what was there', async () => {
    const properties = together();
    const topic = properties['kafkastore.topic'];
    await using registry = await TestRegistry.start(properties);
    await register(registry, 'a', text);
    const client = { 'bootstrap.servers': broker.bootstrapServers };
    await using producer = new Producer(client);
    const key = '{"keytype":"SCHEMA","subject":"b","version":1,"magic":1}';
    await producer.send({
      topic,
      partition: 0,
      key,
      value: String.raw`{"subject":"b","version":1,"id":1,"schemaType":"AVRO","schema":"\"int\"","deleted":false}`,
    });
    await using consumer = new Consumer(client);
    consumer.assign([{ topic, partition: 0 }]);
    consumer.seekToBeginning();
    const values: (string | undefined)[] = [];
    while (values.length < 2) {
      for (const record of await consumer.poll())
        if (String(record.key) === key) values.push(record.value?.toString());
    }
    expect(values[1]).toBeUndefined();
    expect((await registry.request('GET /schemas/ids/1')).body).toMatchObject({ schema: text });
    expect((await registry.request('GET /subjects')).body).toEqual(['a']);
  });
});
