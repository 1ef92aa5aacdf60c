import {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/describe-share-group-offsets';
import { describe, expect, it } from 'vitest';
import { ShareClient } from '../share/testing/share-client.ts';
import { shareOffsets } from '../share/testing/share-offset-requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('DescribeShareGroupOffsets', () => {
  it('tells where a group is, and how many records it has before it', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await client.join();
    expect(await shareOffsets(client)).toEqual([['t', '-1 --1']]);
    await client.produce(['a', 'b', 'c', 'd', 'e']);
    await client.take();
    await client.acknowledge([
      [0, 1, 1],
      [3, 3, 1],
    ]);
    expect(await shareOffsets(client)).toEqual([['t', '0 -2']]);
    await client.acknowledge([[2, 2, 1]]);
    expect(await shareOffsets(client)).toEqual([['t', '2 -1']]);
  });

  it('tells of what is not there that it is nowhere', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await client.produce(['a', 'b']);
    await client.join();
    await client.take();
    const asked = [
      { topicName: 't', partitions: [0, 5] },
      { topicName: 'unknown', partitions: [0] },
    ];
    expect(await shareOffsets(client, asked)).toEqual([
      ['t', '0 -2', '-1 --1'],
      ['unknown', '-1 --1'],
    ]);
  });

  it('tells that a group is nowhere before there is any share group', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    expect(server.broker.image.topics.byName.has('__share_group_state')).toBe(false);
    const { groups } = await client.connection.send({
      request: DescribeShareGroupOffsetsRequest,
      response: DescribeShareGroupOffsetsResponse,
      version: 1,
      message: { groups: [{ groupId: 'g', topics: [{ topicName: 't', partitions: [0] }] }] },
    });
    expect(groups[0]!.topics[0]!.partitions).toMatchObject([{ startOffset: -1, errorCode: 0 }]);
  });

  it('has no lag in version 0', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await client.produce(['a', 'b']);
    await client.join();
    await client.take();
    expect(await shareOffsets(client, null, 0)).toEqual([['t', '0 --1']]);
  });
});
