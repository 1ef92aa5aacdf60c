import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ShareClient } from '../share/testing/share-client.ts';
import { alterShareOffsets, shareOffsets } from '../share/testing/share-offset-requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const { UNKNOWN_TOPIC_OR_PARTITION } = ErrorCode;

describe('AlterShareGroupOffsets', () => {
  it('sets where a group without members goes on', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await client.produce(['a', 'b', 'c']);
    await client.join();
    await client.take();
    expect(await alterShareOffsets(client, 2)).toMatchObject({ errorCode: ErrorCode.NON_EMPTY_GROUP });
    await client.heartbeat({ memberEpoch: -1 });
    const { responses } = await alterShareOffsets(client, 2);
    expect(responses).toMatchObject([
      { topicName: 't', partitions: [{ errorCode: 0 }, { errorCode: UNKNOWN_TOPIC_OR_PARTITION }] },
    ]);
    client.sessionEpoch = 0;
    await client.join();
    expect(await client.take()).toEqual(new Map([[2, 'c 1']]));
  });

  it('makes the group when there is none, and no topic', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await alterShareOffsets(client, 1);
    expect(await shareOffsets(client)).toEqual([['t', '1 --1']]);
    const { responses } = await alterShareOffsets(client, 1, 'unknown');
    expect(responses[0]?.partitions).toMatchObject([
      { errorCode: UNKNOWN_TOPIC_OR_PARTITION },
      { errorCode: UNKNOWN_TOPIC_OR_PARTITION },
    ]);
    const nameless = new ShareClient(client.connection, { groupId: '' });
    expect(await alterShareOffsets(nameless, 1)).toMatchObject({ errorCode: ErrorCode.INVALID_GROUP_ID });
  });
});
