import { ErrorCode } from '@millrace/protocol';
import { VoteRequest, VoteResponse } from '@millrace/protocol/messages/vote';
import { METADATA_TOPIC } from '@millrace/replication';
import { describe, expect, it } from 'vitest';
import { startController } from '../testing/controller-listener.ts';

describe('Vote', () => {
  it.each([0, 1, 2])('is refused to somebody from an epoch that is over, in version %i', async (version) => {
    await using node = await startController();
    const ask = async (clusterId: string) =>
      node.connection.send({
        request: VoteRequest,
        response: VoteResponse,
        version,
        message: {
          clusterId,
          topics: [
            {
              topicName: METADATA_TOPIC,
              partitions: [
                { partitionIndex: 0, replicaEpoch: 0, replicaId: 9, lastOffsetEpoch: 0, lastOffset: 0 },
              ],
            },
          ],
          ...(version >= 1 ? { voterId: 1 } : {}),
        },
      });
    const { topics } = await ask(node.server.broker.clusterId);
    expect(topics[0]!.partitions[0]).toMatchObject({ leaderId: 1, leaderEpoch: 1, voteGranted: false });
    expect(topics[0]!.partitions[0]!.errorCode).not.toBe(ErrorCode.NONE);
    expect((await ask('another')).errorCode).toBe(ErrorCode.INCONSISTENT_CLUSTER_ID);
  });
});
