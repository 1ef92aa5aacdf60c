import { ErrorCode } from '@millrace/protocol';
import {
  DeleteShareGroupStateRequest,
  DeleteShareGroupStateResponse,
} from '@millrace/protocol/messages/delete-share-group-state';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import {
  InitializeShareGroupStateRequest,
  InitializeShareGroupStateResponse,
} from '@millrace/protocol/messages/initialize-share-group-state';
import {
  ReadShareGroupStateRequest,
  ReadShareGroupStateResponse,
} from '@millrace/protocol/messages/read-share-group-state';
import {
  ReadShareGroupStateSummaryRequest,
  ReadShareGroupStateSummaryResponse,
} from '@millrace/protocol/messages/read-share-group-state-summary';
import {
  WriteShareGroupStateRequest,
  WriteShareGroupStateResponse,
} from '@millrace/protocol/messages/write-share-group-state';
import { describe, expect, it } from 'vitest';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

async function prepared(server: TestBroker) {
  const connection = await server.connect();
  const topicId = await createTopic(connection, 't');
  const of = <Partition>(partition: Partition, groupId = 'g') => ({
    groupId,
    topics: [{ topicId, partitions: [{ partition: 0, ...partition }] }],
  });
  await connection.send({
    request: FindCoordinatorRequest,
    response: FindCoordinatorResponse,
    version: 6,
    message: { keyType: 2, coordinatorKeys: [`g:${topicId}:0`] },
  });
  const initialize = (groupId = 'g') =>
    connection.send({
      request: InitializeShareGroupStateRequest,
      response: InitializeShareGroupStateResponse,
      version: 0,
      message: of({ stateEpoch: 1, startOffset: 5 }, groupId),
    });
  return { connection, of, initialize };
}

const first = <Result>(response: {
  readonly results: readonly { readonly partitions: readonly Result[] }[];
}) => response.results[0]?.partitions[0];

describe('the requests that brokers send to share coordinators', () => {
  it('initialize, write, read and delete the state of a share partition', async () => {
    await using server = await TestBroker.start();
    const { connection, of, initialize } = await prepared(server);
    expect(first(await initialize())).toMatchObject({ errorCode: ErrorCode.NONE });
    const stateBatches = [{ firstOffset: 6, lastOffset: 8, deliveryState: 2, deliveryCount: 1 }];
    const write = { stateEpoch: 1, leaderEpoch: 2, startOffset: 5, deliveryCompleteCount: 3, stateBatches };
    const written = await connection.send({
      request: WriteShareGroupStateRequest,
      response: WriteShareGroupStateResponse,
      version: 1,
      message: of(write),
    });
    expect(first(written)).toMatchObject({ errorCode: ErrorCode.NONE });
    const read = await connection.send({
      request: ReadShareGroupStateRequest,
      response: ReadShareGroupStateResponse,
      version: 0,
      message: of({ leaderEpoch: 2 }),
    });
    expect(first(read)).toMatchObject({
      errorCode: ErrorCode.NONE,
      stateEpoch: 1,
      startOffset: 5,
      stateBatches,
    });
    const summary = () =>
      connection.send({
        request: ReadShareGroupStateSummaryRequest,
        response: ReadShareGroupStateSummaryResponse,
        version: 1,
        message: of({ leaderEpoch: 2 }),
      });
    expect(first(await summary())).toMatchObject({
      leaderEpoch: 2,
      startOffset: 5,
      deliveryCompleteCount: 3,
    });
    const deleted = await connection.send({
      request: DeleteShareGroupStateRequest,
      response: DeleteShareGroupStateResponse,
      version: 0,
      message: of({}),
    });
    expect(first(deleted)).toMatchObject({ errorCode: ErrorCode.NONE });
    expect(first(await summary())).toMatchObject({ errorCode: ErrorCode.NONE, startOffset: -1 });
  });

  it('answer a group without a name with nothing', async () => {
    await using server = await TestBroker.start();
    const { initialize } = await prepared(server);
    expect((await initialize('')).results).toEqual([]);
  });
});
