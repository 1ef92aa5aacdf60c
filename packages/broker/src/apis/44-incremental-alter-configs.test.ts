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

  it('begins with the default of the definition where a resource has no list of its own, whatever nodes have', async () => {
    await using server = await TestBroker.start({ 'log.cleanup.policy': 'compact' });
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await alter(connection, [['cleanup.policy', APPEND, 'delete']]);
    expect(configOf(server)['cleanup.policy']).toEqual(['delete']);
    const allNodes = { type: BROKER, name: '' };
    await alter(connection, [['log.cleanup.policy', APPEND, 'compact']], allNodes);
    expect(server.broker.config['log.cleanup.policy']).toEqual(['delete', 'compact']);
    const oneNode = { type: BROKER, name: '1' };
    await alter(connection, [['log.cleanup.policy', SUBTRACT, 'compact']], oneNode);
    expect(server.broker.config['log.cleanup.policy']).toEqual(['delete']);
  });

  it('compares items of lists as they are written, one after the other', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const node = { type: BROKER, name: '1' };
    const overrides = () => server.broker.image.configs.of(BROKER, '1').get('metric.reporters');
    const change = async (operation: number, value: string) => {
      await alter(connection, [['metric.reporters', operation, value]], node);
      return overrides();
    };
    expect(await change(SET, 'a, b')).toBe('a, b');
    expect(await change(SUBTRACT, 'b')).toBe('a, b');
    expect(await change(APPEND, 'b,b,c,,')).toBe('a, b,b,c');
    expect(await change(SET, 'a,b,a')).toBe('a,b,a');
    expect(await change(SUBTRACT, 'a,')).toBe('b,a');
    expect(await change(APPEND, ',,')).toBe('b,a');
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
      [['metric.reporters', APPEND, 'x'.repeat(32767)]],
      { type: BROKER, name: '1' },
    ],
    ['an empty item', 'INVALID_CONFIG', [['cleanup.policy', SET, 'compact,']]],
    ['an empty item that is appended', 'INVALID_CONFIG', [['cleanup.policy', APPEND, '']]],
    [
      'an empty item of a node',
      'INVALID_REQUEST',
      [['log.cleanup.policy', APPEND, ',compact']],
      { type: BROKER, name: '1' },
    ],
    [
      'appending to a list of one listener',
      'INVALID_CONFIG',
      [['listener.name.plaintext.sasl.kerberos.principal.to.local.rules', APPEND, 'DEFAULT']],
      { type: BROKER, name: '1' },
    ],
    [
      'appending to limits of addresses, which are text',
      'INVALID_CONFIG',
      [['max.connections.per.ip.overrides', APPEND, '10.0.0.1:2']],
      { type: BROKER, name: '1' },
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
