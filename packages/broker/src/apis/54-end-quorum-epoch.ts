import { ApiKey } from '@millrace/protocol';
import { EndQuorumEpochRequest, EndQuorumEpochResponse } from '@millrace/protocol/messages/end-quorum-epoch';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** The leader of the metadata quorum goes, and says who should follow. */
export const endQuorumEpoch = defineHandler({
  key: ApiKey.END_QUORUM_EPOCH,
  minVersion: 0,
  maxVersion: 1,
  request: EndQuorumEpochRequest,
  response: EndQuorumEpochResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker, version }) =>
    broker.cluster.metadata.quorum.handleEndQuorumEpoch(request, version),

  fail: ({ errorCode }) => ({ errorCode, topics: [] }),
});
