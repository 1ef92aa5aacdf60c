import { ErrorCode } from '@millrace/protocol';
import {
  DescribeConfigsRequest,
  DescribeConfigsResponse,
} from '@millrace/protocol/messages/describe-configs';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

interface Wanted {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configurationKeys?: readonly string[] | null;
}

const TOPIC = 2;
const BROKER = 4;

async function describeOne(connection: RawConnection, version: number, wanted: Wanted) {
  const { results } = await connection.send({
    request: DescribeConfigsRequest,
    response: DescribeConfigsResponse,
    version,
    message: {
      resources: [{ configurationKeys: null, ...wanted }],
      includeSynonyms: true,
      ...(version >= 3 ? { includeDocumentation: true } : {}),
    },
  });
  return results[0]!;
}

describe('DescribeConfigs', () => {
  it('answers in the order in which names were asked, each once, without what it does not know', async () => {
    await using server = await TestBroker.start();
    const { configs } = await describeOne(await server.connect(), 4, {
      resourceType: BROKER,
      resourceName: '1',
      configurationKeys: ['num.partitions', 'no.such', 'log.retention.ms', 'num.partitions'],
    });
    expect(configs.map(({ name }) => name)).toEqual(['num.partitions', 'log.retention.ms']);
  });

  it.each([1, 3, 4])('says where each value of a topic comes from, in version %i', async (version) => {
    await using server = await TestBroker.start({ 'log.retention.hours': 2, 'log.segment.bytes': 2097152 });
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'retention.ms': '5' } });
    const { errorCode, configs } = await describeOne(connection, version, {
      resourceType: TOPIC,
      resourceName: 'orders',
    });
    expect(errorCode).toBe(ErrorCode.NONE);
    const byName = new Map(configs.map((config) => [config.name, config]));
    expect(byName.get('retention.ms')).toMatchObject({
      value: '5',
      readOnly: false,
      configSource: 1,
      isSensitive: false,
      // log.retention.hours decides, but Kafka lists nothing before log.retention.ms, which is not set.
      synonyms: [{ name: 'retention.ms', value: '5', source: 1 }],
    });
    expect(byName.get('segment.bytes')).toMatchObject({
      value: '2097152',
      configSource: 4,
      synonyms: [
        { name: 'log.segment.bytes', value: '2097152', source: 4 },
        { name: 'log.segment.bytes', value: '1073741824', source: 5 },
      ],
    });
    expect(byName.get('flush.messages')).toMatchObject({ value: '9223372036854775807', configSource: 5 });
    if (version < 3) return;
    expect(byName.get('retention.ms')).toMatchObject({
      configType: 5,
      documentation: expect.stringContaining('Age'),
    });
  });

  it('translates hours and minutes of the broker for topics', async () => {
    await using server = await TestBroker.start({ 'log.retention.minutes': 3 });
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const { configs } = await describeOne(connection, 4, {
      resourceType: TOPIC,
      resourceName: 'orders',
      configurationKeys: ['retention.ms'],
    });
    expect(configs.map(({ name, value, configSource }) => [name, value, configSource])).toEqual([
      ['retention.ms', '180000', 4],
    ]);
  });

  it('describes the broker, with what can be changed while it runs', async () => {
    await using server = await TestBroker.start({ 'num.partitions': 3 });
    const { configs } = await describeOne(await server.connect(), 4, {
      resourceType: BROKER,
      resourceName: '1',
    });
    const byName = new Map(configs.map((config) => [config.name, config]));
    expect(byName.get('num.partitions')).toMatchObject({ value: '3', readOnly: true, configSource: 4 });
    expect(byName.get('message.max.bytes')).toMatchObject({
      value: '1048588',
      readOnly: false,
      configSource: 5,
    });
    expect(byName.get('log.retention.ms')).toMatchObject({ value: null, configSource: 5 });
  });

  it.each([
    ['a property without effect', 'sasl.kerberos.min.time.before.relogin', { value: '58000', configType: 5 }],
    [
      'a property without effect of one listener',
      'listener.name.plaintext.sasl.kerberos.min.time.before.relogin',
      { value: '58000', configType: 5, readOnly: true },
    ],
    [
      'what nobody knows, as a secret',
      'interceptor.of.somebody',
      { value: null, configType: 0, readOnly: true, isSensitive: true },
    ],
  ])('shows %s once a client has set it', async (_what, name, shown) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const broker = { resourceType: BROKER, resourceName: '1' };
    await connection.send({
      request: IncrementalAlterConfigsRequest,
      response: IncrementalAlterConfigsResponse,
      version: 1,
      message: {
        resources: [{ ...broker, configs: [{ name, configOperation: 0, value: '58000' }] }],
        validateOnly: false,
      },
    });
    const { configs } = await describeOne(connection, 4, { ...broker, configurationKeys: [name] });
    expect(configs).toMatchObject([{ name, configSource: 2, ...shown }]);
  });

  it('shows what the file says of a property without effect', async () => {
    await using server = await TestBroker.start({ 'num.io.threads': 3 });
    const wanted = { resourceType: BROKER, resourceName: '1', configurationKeys: ['num.io.threads'] };
    const { configs } = await describeOne(await server.connect(), 4, wanted);
    expect(configs).toMatchObject([{ value: '3', configSource: 4 }]);
  });

  it('lists for the default broker what is set for the whole cluster: min.insync.replicas at first', async () => {
    await using server = await TestBroker.start({ 'num.partitions': 3, 'min.insync.replicas': 2 });
    const described = await describeOne(await server.connect(), 4, {
      resourceType: BROKER,
      resourceName: '',
    });
    // Eligible replicas (KIP-966), which new clusters have, need one value that holds for all brokers.
    expect(described).toMatchObject({
      errorCode: ErrorCode.NONE,
      configs: [{ name: 'min.insync.replicas', value: '2' }],
    });
  });

  it.each([
    ['an unknown topic', { resourceType: TOPIC, resourceName: 'nothing' }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['another broker', { resourceType: BROKER, resourceName: '9' }, 'INVALID_REQUEST'],
    ['an unknown resource type', { resourceType: 99, resourceName: 'x' }, 'INVALID_REQUEST'],
  ] as const)('refuses %s', async (_what, wanted, error) => {
    await using server = await TestBroker.start();
    const described = await describeOne(await server.connect(), 1, wanted);
    expect(described).toMatchObject({ errorCode: ErrorCode[error], configs: [] });
  });
});
