import { InvalidPropertyError, parsePropertiesFile } from '@millrace/config';
import { silentLogger, type LogFields } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { Admin } from './admin/admin.ts';
import type { ClientOptions } from './client-options.ts';
import { Consumer } from './consumer/consumer.ts';
import { InvalidConfigError, InvalidOptionError } from './errors.ts';
import { Producer } from './producer/producer.ts';
import { ShareConsumer } from './share-consumer/share-consumer.ts';

type Make = (properties: object, options?: ClientOptions) => AsyncDisposable;

const clients: readonly (readonly [string, Make])[] = [
  ['Producer', (properties, options) => new Producer(properties, options)],
  ['Consumer', (properties, options) => new Consumer(properties, options)],
  ['ShareConsumer', (properties, options) => new ShareConsumer(properties, options)],
  ['Admin', (properties, options) => new Admin(properties, options)],
];

const servers = { 'bootstrap.servers': '127.0.0.1:9092', 'group.id': 'g' };

/** What was logged, by level. */
function recorder() {
  const lines: [string, LogFields][] = [];
  const note =
    (level: string) =>
    (_: string, fields: LogFields = {}) =>
      lines.push([level, fields]);
  return { lines, logger: { ...silentLogger, debug: note('debug'), warn: note('warn') } };
}

describe.each(clients)('a %s', (name, make) => {
  test('refuses a name that is wrong, with the right one', () => {
    const slip = () => make({ ...servers, 'request.timeout': 5 });
    expect(slip).toThrow(InvalidPropertyError);
    expect(slip).toThrow(
      `Property "request.timeout" (did you mean "request.timeout.ms"?) of ${name}: no Kafka client has such a name`,
    );
    expect(() => make({ ...servers, brokers: 'a:1', clientId: 'me', sasl: {} })).toThrow(
      'Properties "brokers" (did you mean "bootstrap.servers"?), "clientId" (did you mean "client.id"?), ' +
        '"sasl" (an option: it belongs into the second argument)',
    );
  });

  test('refuses an option that is wrong, with the right one', () => {
    const slip = () => make(servers, { log: silentLogger } as object);
    expect(slip).toThrow(InvalidOptionError);
    expect(() => make(servers, { socketFactry: 1 } as object)).toThrow(
      `Option "socketFactry" of ${name} does not exist; did you mean "socketFactory"?`,
    );
  });

  test('takes what only Java knows, and says so to whoever debugs', () => {
    const { lines, logger } = recorder();
    make({ ...servers, 'send.buffer.bytes': '131072', 'ssl.provider': null, 'internal.x': 1 }, { logger });
    expect(lines.filter(([level]) => level === 'debug').map(([, fields]) => fields)).toEqual([
      { client: name, property: 'send.buffer.bytes', why: 'the operating system decides' },
      { client: name, property: 'internal.x', why: 'internal to the Java client' },
    ]);
  });

  test('takes names of its own only where that is asked for', () => {
    const { lines, logger } = recorder();
    make({ ...servers, 'schema.registry.url': 'http://a' }, { unknownProperties: 'ignore', logger });
    expect(lines).toContainEqual(['warn', { client: name, property: 'schema.registry.url' }]);
  });

  test('refuses what must not be ignored', () => {
    expect(() => make({ ...servers, 'config.providers': 'env' })).toThrow(InvalidConfigError);
    expect(() => make({ ...servers, 'config.providers': '' })).not.toThrow();
  });
});

test('what belongs to another kind of client is warned of: files are shared', () => {
  const { lines, logger } = recorder();
  void new Producer({ ...servers, 'fetch.min.bytes': 1 } as object, { logger });
  expect(lines).toEqual([
    ['warn', { client: 'Producer', property: 'group.id', owner: 'Consumer' }],
    ['warn', { client: 'Producer', property: 'fetch.min.bytes', owner: 'Consumer' }],
  ]);
});

test('files written for Java can be used as they are', () => {
  const producer = `
bootstrap.servers=127.0.0.1:9092
key.serializer=org.apache.kafka.common.serialization.StringSerializer
value.serializer=org.apache.kafka.common.serialization.ByteArraySerializer
acks=all
linger.ms=5
compression.type=zstd
partitioner.class=org.apache.kafka.clients.producer.RoundRobinPartitioner
metric.reporters=org.apache.kafka.common.metrics.JmxReporter
transaction.two.phase.commit.enable=false
security.protocol=sasl_ssl
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="a" password="b";
ssl.truststore.type=PEM
ssl.cipher.suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
ssl.protocol=TLSv1.3
`;
  const consumer = `
bootstrap.servers=127.0.0.1:9092
group.id=billing
group.protocol=CLASSIC
key.deserializer=org.apache.kafka.common.serialization.StringDeserializer
value.deserializer=org.apache.kafka.common.serialization.StringDeserializer
partition.assignment.strategy=org.apache.kafka.clients.consumer.CooperativeStickyAssignor
receive.buffer.bytes=65536
`;
  expect(() => new Producer(parsePropertiesFile(producer, 'producer.properties'))).not.toThrow();
  expect(() => new Consumer(parsePropertiesFile(consumer, 'consumer.properties'))).not.toThrow();
});

test.each([
  [{ 'partitioner.class': 'org.apache.kafka.clients.producer.RoundRobin' }, 'but must be one of'],
  [{ 'transaction.two.phase.commit.enable': true }, 'is true, which there is none of here; leave it false'],
  [{ 'interceptor.classes': 'a.B' }, 'give interceptors of your own by the option "interceptors"'],
])('a Producer cannot be told %j', (properties, problem) => {
  expect(() => new Producer({ ...servers, ...properties })).toThrow(problem);
});

test.each([
  [{ 'group.remote.assignor': 'uniform' }, 'is for group.protocol=consumer'],
  [
    { 'group.protocol': 'consumer', 'session.timeout.ms': 6000 },
    'cannot be set with group.protocol=consumer',
  ],
  [{ 'heartbeat.interval.ms': 45_000 }, 'must be below session.timeout.ms'],
  [{ 'group.id': '', 'enable.auto.commit': true }, 'without group.id there is nothing to commit to'],
  [{ 'partition.assignment.strategy': 'ranje' }, 'did you mean "range"?'],
])('a Consumer cannot be told %j', (properties, problem) => {
  expect(() => new Consumer({ ...servers, ...properties })).toThrow(problem);
});

test('calls refuse options that are wrong', async () => {
  await using consumer = new Consumer(servers);
  await using shared = new ShareConsumer(servers);
  const slip = { timeout: 100 } as object;
  await expect(consumer.poll(slip)).rejects.toThrow(
    'Option "timeout" of poll() does not exist; did you mean "timeoutMs"?',
  );
  await expect(shared.poll(slip)).rejects.toThrow(InvalidOptionError);
  expect(() => consumer.close(slip)).toThrow(InvalidOptionError);
});

test('a wrong name in a literal does not compile', () => {
  const compiles = () => {
    // @ts-expect-error linger.ms
    void new Producer({ 'bootstrap.servers': 'a:1', 'lingr.ms': 5 });
    // @ts-expect-error group.id, beside what is spread
    void new Consumer({ ...servers, 'groupp.id': 'g' });
    // @ts-expect-error share.acknowledgement.mode
    void new ShareConsumer({ ...servers, 'share.acknowledgment.mode': 'explicit' });
    // @ts-expect-error client.id
    void new Admin({ ...servers, clientId: 'me' });
    // @ts-expect-error an option
    void new Producer(servers, { interceptor: [] });
    // @ts-expect-error a number where there is none
    void new Producer({ ...servers, acks: true });
    void new Producer({ 'bootstrap.servers': ['a:1', 'b:1'], 'linger.ms': '5', acks: 'all' });
    void new Producer(parsePropertiesFile('acks=all', 'any text that was read'));
  };
  expect(compiles).toBeTypeOf('function');
});
