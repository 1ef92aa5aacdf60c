import { ErrorCode } from '@millrace/protocol';
import {
  CreatePartitionsRequest,
  CreatePartitionsResponse,
} from '@millrace/protocol/messages/create-partitions';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { createTopic, batchOf, produceRequest } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

interface Increase {
  readonly name?: string;
  readonly count: number;
  readonly assignments?: readonly { readonly brokerIds: readonly number[] }[] | null;
}

async function increase(connection: RawConnection, version: number, wanted: Increase, validateOnly = false) {
  const topics = [{ name: 'orders', assignments: null, ...wanted }];
  const { results } = await connection.send({
    request: CreatePartitionsRequest,
    response: CreatePartitionsResponse,
    version,
    message: { topics, timeoutMs: 1000, validateOnly },
  });
  return results[0]!;
}

describe('CreatePartitions', () => {
  it.each([0, 2, 3])('adds partitions that can be used at once, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'retention.ms': '7' } });
    expect(await increase(connection, version, { count: 3 })).toMatchObject({ errorCode: ErrorCode.NONE });
    const { responses } = await connection.send(produceRequest('orders', batchOf(['a']), { index: 2 }));
    expect(responses[0]!.partitionResponses[0]!.errorCode).toBe(ErrorCode.NONE);
    expect(server.broker.partitions.get('orders', 2)!.log.config['retention.ms']).toBe(7);
  });

  it.each([
    ['the same count', { count: 2 }, 'INVALID_PARTITIONS'],
    ['a lower count', { count: 1 }, 'INVALID_PARTITIONS'],
    ['an unknown topic', { name: 'nothing', count: 3 }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['too many', { count: 1_000_000 }, 'POLICY_VIOLATION'],
    [
      'fewer assignments than partitions',
      { count: 4, assignments: [{ brokerIds: [1] }] },
      'INVALID_REPLICA_ASSIGNMENT',
    ],
    [
      'an assignment to an unknown broker',
      { count: 3, assignments: [{ brokerIds: [4] }] },
      'INVALID_REPLICA_ASSIGNMENT',
    ],
  ] as const)('refuses %s', async (_what, wanted, error) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { partitions: 2 });
    expect((await increase(connection, 3, wanted)).errorCode).toBe(ErrorCode[error]);
    expect(server.broker.image.topics.byName.get('orders')!.partitions).toHaveLength(2);
  });

  it('only checks with validateOnly', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    expect((await increase(connection, 3, { count: 2 }, true)).errorCode).toBe(ErrorCode.NONE);
    expect(server.broker.image.topics.byName.get('orders')!.partitions).toHaveLength(1);
  });
});
