import { ErrorCode } from '@millrace/protocol';
import { EndQuorumEpochRequest, EndQuorumEpochResponse } from '@millrace/protocol/messages/end-quorum-epoch';
import { METADATA_TOPIC } from '@millrace/replication';
import { describe, expect, it } from 'vitest';
import { startController } from '../testing/controller-listener.ts';

describe('EndQuorumEpoch', () => {
  it.each([0, 1])('of an epoch that is over is fenced, in version %i', async (version) => {
    await using node = await startController();
    const successors = version >= 1 ? { preferredCandidates: [] } : { preferredSuccessors: [1] };
    const { topics } = await node.connection.send({
      request: EndQuorumEpochRequest,
      response: EndQuorumEpochResponse,
      version,
      message: {
        clusterId: node.server.broker.clusterId,
        topics: [
          {
            topicName: METADATA_TOPIC,
            partitions: [{ partitionIndex: 0, leaderId: 9, leaderEpoch: 0, ...successors }],
          },
        ],
      },
    });
    expect(topics[0]!.partitions[0]).toMatchObject({
      errorCode: ErrorCode.FENCED_LEADER_EPOCH,
      leaderId: 1,
      leaderEpoch: 1,
    });
    expect(node.quorum.isLeader).toBe(true);
  });
});
