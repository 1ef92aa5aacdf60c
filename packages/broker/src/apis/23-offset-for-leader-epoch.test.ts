import { ErrorCode } from '@millrace/protocol';
import {
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
} from '@millrace/protocol/messages/offset-for-leader-epoch';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

async function endOf(connection: RawConnection, leaderEpoch: number, version = 4, currentLeaderEpoch = -1) {
  const partitions = [{ partition: 0, currentLeaderEpoch, leaderEpoch }];
  const { topics } = await connection.send({
    request: OffsetForLeaderEpochRequest,
    response: OffsetForLeaderEpochResponse,
    version,
    message: { replicaId: -1, topics: [{ topic: 'orders', partitions }] },
  });
  return topics[0]!.partitions[0]!;
}

/** Epoch 0 ends at offset 2, epoch 1 has no record, epoch 2 goes from 2 to 3. */
async function brokerWithThreeEpochs(): Promise<TestBroker> {
  let host;
  {
    await using server = await TestBroker.start();
    ({ host } = server);
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await append(connection, 'orders', ['a', 'b']);
  }
  await (await TestBroker.start({}, host)).broker.close();
  const server = await TestBroker.start({}, host);
  await append(await server.connect(), 'orders', ['c']);
  return server;
}

describe('OffsetForLeaderEpoch', () => {
  it.each([2, 3, 4])('says where each epoch ended, in version %i', async (version) => {
    await using server = await brokerWithThreeEpochs();
    const connection = await server.connect();
    const ends = [];
    for (const epoch of [0, 1, 2, 3]) {
      const { leaderEpoch, endOffset } = await endOf(connection, epoch, version);
      ends.push([leaderEpoch, endOffset]);
    }
    expect(ends).toEqual([
      [0, 2],
      [0, 2],
      [2, 3],
      [-1, -1],
    ]);
  });

  it('refuses clients with an older or newer idea of the leader', async () => {
    await using server = await brokerWithThreeEpochs();
    const connection = await server.connect();
    expect((await endOf(connection, 0, 4, 1)).errorCode).toBe(ErrorCode.FENCED_LEADER_EPOCH);
    expect((await endOf(connection, 0, 4, 3)).errorCode).toBe(ErrorCode.UNKNOWN_LEADER_EPOCH);
  });
});
