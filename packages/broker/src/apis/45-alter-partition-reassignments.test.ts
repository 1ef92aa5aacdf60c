import { ErrorCode } from '@millrace/protocol';
import {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/alter-partition-reassignments';
import {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/list-partition-reassignments';
import { describe, expect, it } from 'vitest';
import { createTopic } from '../testing/requests.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('a node alone', () => {
  it.each([0, 1])('keeps partitions where they are, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const move = async (partitionIndex: number, replicas: number[] | null) => {
      const { responses } = await connection.send({
        request: AlterPartitionReassignmentsRequest,
        response: AlterPartitionReassignmentsResponse,
        version,
        message: { topics: [{ name: 'orders', partitions: [{ partitionIndex, replicas }] }] },
      });
      return responses[0]!.partitions[0]!.errorCode;
    };
    expect(await move(0, [1])).toBe(ErrorCode.NONE);
    expect(await move(0, [1, 7])).toBe(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    expect(await move(0, null)).toBe(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS);
    expect(await move(9, [1])).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    const { topics } = await connection.send({
      request: ListPartitionReassignmentsRequest,
      response: ListPartitionReassignmentsResponse,
      version: 0,
      message: { topics: null },
    });
    expect(topics).toEqual([]);
  });
});

it('AlterPartitionReassignments says of each partition that it is refused', async () => {
  await using server = await startSecuredBroker();
  const alice = await connectAs(server, 'alice');
  const partitions = [0, 1].map((partitionIndex) => ({ partitionIndex, replicas: [1] }));
  const refused = { errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED };
  expect(
    await alice.send({
      request: AlterPartitionReassignmentsRequest,
      response: AlterPartitionReassignmentsResponse,
      version: 1,
      message: { topics: [{ name: 'orders', partitions }] },
    }),
  ).toMatchObject({
    ...refused,
    responses: [
      {
        name: 'orders',
        partitions: [
          { partitionIndex: 0, ...refused },
          { partitionIndex: 1, ...refused },
        ],
      },
    ],
  });
});
