import { ErrorCode } from '@millrace/protocol';
import {
  AlterShareGroupOffsetsRequest,
  AlterShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/alter-share-group-offsets';
import {
  DeleteShareGroupOffsetsRequest,
  DeleteShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/delete-share-group-offsets';
import {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/describe-share-group-offsets';
import { describe, expect, it } from 'vitest';
import { ShareClient } from '../share/testing/share-client.ts';
import { TestBroker } from '../testing/test-broker.ts';

async function offsetsOf(
  { connection, groupId }: ShareClient,
  topics: { topicName: string; partitions: number[] }[] | null = null,
) {
  const { groups } = await connection.send({
    request: DescribeShareGroupOffsetsRequest,
    response: DescribeShareGroupOffsetsResponse,
    version: 1,
    message: { groups: [{ groupId, topics }] },
  });
  return groups[0]!.topics.map(({ topicName, partitions }) => [
    topicName,
    ...partitions.map(({ startOffset, lag }) => `${startOffset} -${lag}`),
  ]);
}

function alter({ connection, groupId }: ShareClient, startOffset: number, topicName = 't') {
  return connection.send({
    request: AlterShareGroupOffsetsRequest,
    response: AlterShareGroupOffsetsResponse,
    version: 0,
    message: {
      groupId,
      topics: [
        {
          topicName,
          partitions: [
            { partitionIndex: 0, startOffset },
            { partitionIndex: 9, startOffset },
          ],
        },
      ],
    },
  });
}

describe('offsets of share groups', () => {
  it('tell where a group is, and how many records it has before it', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await client.join();
    expect(await offsetsOf(client)).toEqual([['t', '-1 --1']]);
    await client.produce(['a', 'b', 'c', 'd', 'e']);
    await client.take();
    await client.acknowledge([
      [0, 1, 1],
      [3, 3, 1],
    ]);
    expect(await offsetsOf(client)).toEqual([['t', '0 -2']]);
    await client.acknowledge([[2, 2, 1]]);
    expect(await offsetsOf(client)).toEqual([['t', '2 -1']]);
    const asked = [
      { topicName: 't', partitions: [0, 5] },
      { topicName: 'unknown', partitions: [0] },
    ];
    expect(await offsetsOf(client, asked)).toEqual([
      ['t', '2 -1', '-1 --1'],
      ['unknown', '-1 --1'],
    ]);
  });

  it('are set for a group without members, and taken up by those that come', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await client.produce(['a', 'b', 'c']);
    await client.join();
    await client.take();
    expect(await alter(client, 2)).toMatchObject({ errorCode: ErrorCode.NON_EMPTY_GROUP });
    await client.heartbeat({ memberEpoch: -1 });
    const { responses } = await alter(client, 2);
    expect(responses).toMatchObject([
      { topicName: 't', partitions: [{ errorCode: 0 }, { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION }] },
    ]);
    client.sessionEpoch = 0;
    await client.join();
    expect(await client.take()).toEqual(new Map([[2, 'c 1']]));
  });

  it('are set for a group that there is not yet, and for no topic that there is not', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await alter(client, 1);
    expect(await offsetsOf(client)).toEqual([['t', '1 --1']]);
    const { responses } = await alter(client, 1, 'unknown');
    expect(responses[0]?.partitions).toMatchObject([{ errorCode: 3 }, { errorCode: 3 }]);
    const nameless = new ShareClient(client.connection, { groupId: '' });
    expect(await alter(nameless, 1)).toMatchObject({ errorCode: ErrorCode.INVALID_GROUP_ID });
  });

  it('are deleted by topic', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await alter(client, 1);
    const remove = (groupId: string) =>
      client.connection.send({
        request: DeleteShareGroupOffsetsRequest,
        response: DeleteShareGroupOffsetsResponse,
        version: 0,
        message: { groupId, topics: [{ topicName: 't' }, { topicName: 'unknown' }] },
      });
    expect(await remove('nobody')).toMatchObject({ errorCode: ErrorCode.GROUP_ID_NOT_FOUND });
    expect((await remove('g')).responses).toMatchObject([
      { topicName: 't', errorCode: ErrorCode.NONE },
      { topicName: 'unknown', errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
    ]);
    expect(await offsetsOf(client)).toEqual([]);
  });
});
