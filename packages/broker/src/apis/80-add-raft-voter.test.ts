import { ErrorCode } from '@millrace/protocol';
import {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponse,
} from '@millrace/protocol/messages/remove-raft-voter';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

describe('a node alone', () => {
  it('neither takes voters in nor lets them go', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const voter = { voterId: 7, voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ' };
    const answers = await Promise.all(
      [null, 'another'].map(async (clusterId) => {
        const added = await connection.send({
          request: AddRaftVoterRequest,
          response: AddRaftVoterResponse,
          version: 1,
          message: { ...voter, clusterId, timeoutMs: 100, listeners: [] },
        });
        return added.errorCode;
      }),
    );
    expect(answers).toEqual([ErrorCode.INVALID_REQUEST, ErrorCode.INCONSISTENT_CLUSTER_ID]);
    const removed = await connection.send({
      request: RemoveRaftVoterRequest,
      response: RemoveRaftVoterResponse,
      version: 0,
      message: { ...voter, clusterId: null },
    });
    expect(removed.errorCode).toBe(ErrorCode.UNSUPPORTED_VERSION);
  });
});
