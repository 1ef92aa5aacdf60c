import { ErrorCode } from '@millrace/protocol';
import {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/list-partition-reassignments';
import { expect, it } from 'vitest';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

it('finds no partition on its way, asked for all or for one', async () => {
  await using server = await TestBroker.start();
  const connection = await server.connect();
  await createTopic(connection, 'orders');
  for (const topics of [null, [{ name: 'orders', partitionIndexes: [0] }]]) {
    const answer = await connection.send({
      request: ListPartitionReassignmentsRequest,
      response: ListPartitionReassignmentsResponse,
      version: 0,
      message: { topics },
    });
    expect(answer).toMatchObject({ errorCode: ErrorCode.NONE, topics: [] });
  }
});
