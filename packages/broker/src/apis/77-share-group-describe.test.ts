import { ErrorCode } from '@millrace/protocol';
import { DeleteGroupsRequest, DeleteGroupsResponse } from '@millrace/protocol/messages/delete-groups';
import {
  ShareGroupDescribeRequest,
  ShareGroupDescribeResponse,
} from '@millrace/protocol/messages/share-group-describe';
import { expect, it } from 'vitest';
import { ShareClient } from '../share/testing/share-client.ts';
import { TestBroker } from '../testing/test-broker.ts';

it('ShareGroupDescribe shows members and what they read, and says which groups there are not', async () => {
  await using server = await TestBroker.start();
  const client = new ShareClient(await server.connect());
  await client.prepare();
  await client.join();
  const describe = (groupIds: readonly string[]) =>
    client.connection.send({
      request: ShareGroupDescribeRequest,
      response: ShareGroupDescribeResponse,
      version: 1,
      message: { groupIds, includeAuthorizedOperations: true },
    });
  const { groups } = await describe(['g', 'nobody']);
  expect(groups).toMatchObject([
    {
      groupState: 'Stable',
      groupEpoch: 3,
      assignorName: 'simple',
      members: [
        {
          memberId: client.memberId,
          clientHost: '/127.0.0.1',
          subscribedTopicNames: ['t'],
          assignment: { topicPartitions: [{ topicName: 't', partitions: [0] }] },
        },
      ],
      authorizedOperations: 3400,
    },
    { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: 'Group nobody not found.' },
  ]);
  await client.heartbeat({ memberEpoch: -1 });
  const deleted = await client.connection.send({
    request: DeleteGroupsRequest,
    response: DeleteGroupsResponse,
    version: 2,
    message: { groupsNames: ['g'] },
  });
  expect(deleted.results).toMatchObject([{ errorCode: ErrorCode.NONE }]);
  expect((await describe(['g'])).groups).toMatchObject([{ errorCode: ErrorCode.GROUP_ID_NOT_FOUND }]);
});
