import { ApiKey } from '@millrace/protocol';
import {
  UpdateRaftVoterRequest,
  UpdateRaftVoterResponse,
} from '@millrace/protocol/messages/update-raft-voter';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A voter of the quorum has other addresses, or can do more (KIP-853). */
export const updateRaftVoter = defineHandler({
  key: ApiKey.UPDATE_RAFT_VOTER,
  minVersion: 0,
  maxVersion: 0,

  request: UpdateRaftVoterRequest,
  response: UpdateRaftVoterResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker }) => broker.cluster.metadata.quorum.handleUpdateVoter(request),

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode }),
});
