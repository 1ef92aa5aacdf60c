import { ErrorCode } from '@millrace/protocol';
import {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponse,
} from '@millrace/protocol/messages/remove-raft-voter';
import { expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

it('lets no voter go, least of all one of another cluster', async () => {
  await using server = await TestBroker.start();
  const connection = await server.connect();
  const remove = async (clusterId: string | null) => {
    const { errorCode } = await connection.send({
      request: RemoveRaftVoterRequest,
      response: RemoveRaftVoterResponse,
      version: 0,
      message: { clusterId, voterId: 7, voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ' },
    });
    return errorCode;
  };
  expect(await remove(null)).toBe(ErrorCode.UNSUPPORTED_VERSION);
  expect(await remove('another')).toBe(ErrorCode.INCONSISTENT_CLUSTER_ID);
});
