import { ApiKey } from '@millrace/protocol';
import {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponse,
} from '@millrace/protocol/messages/remove-raft-voter';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

/** A voter of the quorum becomes an observer, or goes (KIP-853). */
export const removeRaftVoter = defineHandler({
  key: ApiKey.REMOVE_RAFT_VOTER,
  minVersion: 0,
  maxVersion: 0,
  isForwarded: always,
  request: RemoveRaftVoterRequest,
  response: RemoveRaftVoterResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  handle: (request, { broker }) => broker.cluster.metadata.quorum.handleRemoveVoter(request),

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, errorMessage: error.message }),
});
