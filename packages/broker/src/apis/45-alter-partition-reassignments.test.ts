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
