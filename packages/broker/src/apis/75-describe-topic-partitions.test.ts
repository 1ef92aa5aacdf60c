import { ErrorCode } from '@millrace/protocol';
import {
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse,
  type DescribeTopicPartitionsRequestInput,
} from '@millrace/protocol/messages/describe-topic-partitions';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

function ask(connection: RawConnection, message: DescribeTopicPartitionsRequestInput) {
  return connection.send({
    request: DescribeTopicPartitionsRequest,
    response: DescribeTopicPartitionsResponse,
    version: 0,
    message,
  });
}

describe('DescribeTopicPartitions', () => {
  it('describes topics in order of their names', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const topicId = await createTopic(connection, 'b', { partitions: 2 });
    const { topics, nextCursor } = await ask(connection, {
      topics: [{ name: 'b' }, { name: 'a' }, { name: 'b' }],
    });
    expect(topics).toMatchObject([
      { name: 'a', errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
      { name: 'b', errorCode: ErrorCode.NONE, topicId, isInternal: false, topicAuthorizedOperations: 3576 },
    ]);
    expect(topics[1]!.partitions).toMatchObject([
      {
        partitionIndex: 0,
        leaderId: 1,
        leaderEpoch: 0,
        replicaNodes: [1],
        isrNodes: [1],
        offlineReplicas: [],
      },
      { partitionIndex: 1 },
    ]);
    expect(nextCursor).toBeNull();
  });

  it('goes through everything in pages, without a gap', async () => {
    await using server = await TestBroker.start({ 'max.request.partition.size.limit': 4 });
    const connection = await server.connect();
    for (const name of ['a', 'b', 'c']) await createTopic(connection, name, { partitions: 3 });
    const seen: string[] = [];
    let cursor: { topicName: string; partitionIndex: number } | null = null;
    do {
      const page: DescribeTopicPartitionsResponse = await ask(connection, { topics: [], cursor });
      for (const { name, partitions } of page.topics) {
        for (const { partitionIndex } of partitions) seen.push(`${name}-${partitionIndex}`);
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['a-0', 'a-1', 'a-2', 'b-0', 'b-1', 'b-2', 'c-0', 'c-1', 'c-2']);
  });

  it('refuses a cursor that cannot be', async () => {
    await using server = await TestBroker.start();
    const cursor = { topicName: 'a', partitionIndex: -1 };
    const { topics } = await ask(await server.connect(), { topics: [{ name: 'a' }], cursor });
    expect(topics[0]!.errorCode).toBe(ErrorCode.INVALID_REQUEST);
  });
});
