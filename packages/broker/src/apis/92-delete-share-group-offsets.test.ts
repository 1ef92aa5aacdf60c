import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  DeleteShareGroupOffsetsRequest,
  DeleteShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/delete-share-group-offsets';
import { describe, expect, it } from 'vitest';
import { ShareClient } from '../share/testing/share-client.ts';
import { alterShareOffsets, shareOffsets } from '../share/testing/share-offset-requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

function deleteOffsets({ connection }: ShareClient, groupId: string) {
  return connection.send({
    request: DeleteShareGroupOffsetsRequest,
    response: DeleteShareGroupOffsetsResponse,
    version: 0,
    message: { groupId, topics: [{ topicName: 't' }, { topicName: 'unknown' }] },
  });
}

describe('DeleteShareGroupOffsets', () => {
  it('makes a group forget topics', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    await alterShareOffsets(client, 1);
    expect((await deleteOffsets(client, 'g')).responses).toMatchObject([
      { topicName: 't', errorCode: ErrorCode.NONE },
      { topicName: 'unknown', errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
    ]);
    expect(await shareOffsets(client)).toEqual([]);
    expect((await deleteOffsets(client, 'g')).responses).toMatchObject([
      { topicName: 't', topicId: ZERO_UUID, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
      { topicName: 'unknown', errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
    ]);
  });

  it('is refused for a group that there is not, or that has members', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    // Nothing was set by this.
    await alterShareOffsets(client, 1, 'unknown');
    expect(await deleteOffsets(client, 'g')).toMatchObject({ errorCode: ErrorCode.GROUP_ID_NOT_FOUND });
    await client.join();
    expect(await deleteOffsets(client, 'nobody')).toMatchObject({ errorCode: ErrorCode.GROUP_ID_NOT_FOUND });
    expect(await deleteOffsets(client, 'g')).toMatchObject({ errorCode: ErrorCode.NON_EMPTY_GROUP });
  });
});
