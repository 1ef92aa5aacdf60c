import { ErrorCode } from '@millrace/protocol';
import {
  BeginQuorumEpochRequest,
  BeginQuorumEpochResponse,
} from '@millrace/protocol/messages/begin-quorum-epoch';
import { METADATA_TOPIC } from '@millrace/replication';
import { describe, expect, it } from 'vitest';
import { startController } from '../testing/controller-listener.ts';

describe('BeginQuorumEpoch', () => {
  it.each([0, 1])('of an epoch that is over is fenced, in version %i', async (version) => {
    await using node = await startController();
    const { topics } = await node.connection.send({
      request: BeginQuorumEpochRequest,
      response: BeginQuorumEpochResponse,
      version,
      message: {
        clusterId: node.server.broker.clusterId,
        topics: [
          { topicName: METADATA_TOPIC, partitions: [{ partitionIndex: 0, leaderId: 9, leaderEpoch: 0 }] },
        ],
        ...(version >= 1 ? { voterId: 1 } : {}),
      },
    });
    expect(topics[0]!.partitions[0]).toMatchObject({
      errorCode: ErrorCode.FENCED_LEADER_EPOCH,
      leaderId: 1,
      leaderEpoch: 1,
    });
  });
});
