import { ApiKey } from '@millrace/protocol';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

/** A controller becomes a voter of the quorum (KIP-853). */
export const addRaftVoter = defineHandler({
  key: ApiKey.ADD_RAFT_VOTER,
  minVersion: 0,
  maxVersion: 1,
  isForwarded: always,
  request: AddRaftVoterRequest,
  response: AddRaftVoterResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  handle: (request, { broker }) => broker.cluster.metadata.quorum.handleAddVoter(request),

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, errorMessage: error.message }),
});
