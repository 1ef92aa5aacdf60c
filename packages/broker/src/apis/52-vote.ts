import { ApiKey } from '@millrace/protocol';
import { VoteRequest, VoteResponse } from '@millrace/protocol/messages/vote';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A node asks this one for its vote, or whether it would get it (KIP-996). */
export const vote = defineHandler({
  key: ApiKey.VOTE,
  minVersion: 0,
  maxVersion: 2,
  request: VoteRequest,
  response: VoteResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker, version }) => broker.cluster.metadata.quorum.handleVote(request, version),

  fail: ({ errorCode }) => ({ errorCode, topics: [] }),
});
