import { ErrorCode, type KafkaErrorName } from '@millrace/protocol';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { describe, expect, it } from 'vitest';
import { ConfigOperation } from '../controller/alter-configs.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const TOPIC = 2;
const BROKER = 4;
const { SET, DELETE, APPEND, SUBTRACT } = ConfigOperation;

type Change = readonly [name: string, operation: number, value: string | null];

interface Resource {
  readonly type?: number;
  readonly name?: string;
  readonly version?: number;
  readonly validateOnly?: boolean;
}

async function alter(connection: RawConnection, changes: readonly Change[], resource: Resource = {}) {
  const { type = TOPIC, name = 'orders', version = 1, validateOnly = false } = resource;
  const configs = changes.map(([key, configOperation, value]) => ({ name: key, configOperation, value }));
  const { responses } = await connection.send({
    request: IncrementalAlterConfigsRequest,
    response: IncrementalAlterConfigsResponse,
    version,
    message: { resources: [{ resourceType: type, resourceName: name, configs }], validateOnly },
  });
  return responses[0]!;
}

function configOf(server: TestBroker) {
  return server.broker.partitions.get('orders', 0)!.log.config;
}

describe('IncrementalAlterConfigs', () => {
  it.each([0, 1])('sets and deletes single overrides, at once, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'retention.ms': '5', 'segment.ms': '6' } });
    await alter(connection, [['segment.ms', SET, '7']], { version });
    expect([configOf(server)['retention.ms'], configOf(server)['segment.ms']]).toEqual([5, 7]);
    await alter(connection, [['retention.ms', DELETE, null]], { version });
    expect([configOf(server)['retention.ms'], configOf(server)['segment.ms']]).toEqual([604800000, 7]);
  });

  it('appends to lists and subtracts from them', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await alter(connection, [['cleanup.policy', APPEND, 'compact']]);
    expect(configOf(server)['cleanup.policy']).toEqual(['delete', 'compact']);
    await alter(connection, [['cleanup.policy', SUBTRACT, 'delete']]);
    expect(configOf(server)['cleanup.policy']).toEqual(['compact']);
  });

  it('makes a new limit hold for the next produce request', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await alter(connection, [['max.message.bytes', SET, '200']]);
    await expect(append(connection, 'orders', ['x'.repeat(300)])).rejects.toThrow('MESSAGE_TOO_LARGE');
  });

  it('changes the default of all topics through the cluster-wide broker configuration', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const clusterWide = { type: BROKER, name: '' };
    expect((await alter(connection, [['log.retention.ms', SET, '9']], clusterWide)).errorCode).toBe(0);
    expect(configOf(server)['retention.ms']).toBe(9);
    expect(server.broker.config['log.retention.ms']).toBe(9);
    await alter(connection, [['log.retention.ms', SET, '10']], { type: BROKER, name: '1' });
    expect(configOf(server)['retention.ms']).toBe(10);
  });

  it('only checks with validateOnly', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    expect((await alter(connection, [['segment.ms', SET, '7']], { validateOnly: true })).errorCode).toBe(0);
    expect(configOf(server)['segment.ms']).toBe(604800000);
  });

  const refusals: readonly [
    what: string,
    error: KafkaErrorName,
    changes: readonly Change[],
    resource?: Resource,
  ][] = [
    ['an unknown topic', 'UNKNOWN_TOPIC_OR_PARTITION', [], { name: 'nothing' }],
    ['an unknown resource type', 'INVALID_REQUEST', [], { type: 99 }],
    ['another broker', 'INVALID_REQUEST', [], { type: BROKER, name: '9' }],
    ['an unknown property', 'INVALID_CONFIG', [['retention', SET, '1']]],
    ['an illegal value', 'INVALID_CONFIG', [['retention.ms', SET, '-7']]],
    ['no value', 'INVALID_REQUEST', [['retention.ms', SET, null]]],
    ['an unknown operation', 'INVALID_REQUEST', [['retention.ms', 9, '1']]],
    ['appending to what is no list', 'INVALID_CONFIG', [['retention.ms', APPEND, '1']]],
    [
      'what grows beyond a record',
      'INVALID_CONFIG',
      [['cleanup.policy', APPEND, `${'compact,'.repeat(4095)}compact`]],
    ],
    [
      'a property twice',
      'INVALID_REQUEST',
      [
        ['retention.ms', SET, '1'],
        ['retention.ms', SET, '2'],
      ],
    ],
    [
      'a property of the file',
      'INVALID_REQUEST',
      [['num.partitions', SET, '2']],
      { type: BROKER, name: '1' },
    ],
    [
      'a property of the file that has no effect',
      'INVALID_REQUEST',
      [['queued.max.requests', SET, '2']],
      { type: BROKER, name: '1' },
    ],
    [
      'an illegal value of a property without effect',
      'INVALID_REQUEST',
      [['sasl.kerberos.ticket.renew.jitter', SET, 'much']],
      { type: BROKER, name: '1' },
    ],
    [
      'for all brokers what is for one',
      'INVALID_REQUEST',
      [['sasl.kerberos.service.name', SET, 'kafka']],
      { type: BROKER, name: '' },
    ],
    [
      'an illegal broker value',
      'INVALID_REQUEST',
      [['message.max.bytes', SET, '-2']],
      { type: BROKER, name: '' },
    ],
  ];

  it.each(refusals)('refuses %s with %s and a message', async (_what, error, changes, resource) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const refused = await alter(connection, changes, resource);
    expect(refused.errorCode).toBe(ErrorCode[error]);
    expect(refused.errorMessage).toBeTruthy();
  });
});
