import { ErrorCode } from '@millrace/protocol';
import {
  UpdateRaftVoterRequest,
  UpdateRaftVoterResponse,
} from '@millrace/protocol/messages/update-raft-voter';
import { expect, it } from 'vitest';
import { startController } from '../testing/controller-listener.ts';

it('a voter of another cluster is not updated', async () => {
  await using node = await startController();
  const { errorCode } = await node.connection.send({
    request: UpdateRaftVoterRequest,
    response: UpdateRaftVoterResponse,
    version: 0,
    message: {
      clusterId: 'another',
      currentLeaderEpoch: node.quorum.epoch,
      voterId: 1,
      voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ',
      listeners: [],
      kRaftVersionFeature: { minSupportedVersion: 0, maxSupportedVersion: 1 },
    },
  });
  expect(errorCode).toBe(ErrorCode.INCONSISTENT_CLUSTER_ID);
});
