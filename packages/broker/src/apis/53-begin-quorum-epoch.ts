import { ApiKey } from '@millrace/protocol';
import {
  BeginQuorumEpochRequest,
  BeginQuorumEpochResponse,
} from '@millrace/protocol/messages/begin-quorum-epoch';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A node says that it leads the metadata quorum. */
export const beginQuorumEpoch = defineHandler({
  key: ApiKey.BEGIN_QUORUM_EPOCH,
  minVersion: 0,
  maxVersion: 1,
  request: BeginQuorumEpochRequest,
  response: BeginQuorumEpochResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker, version }) =>
    broker.cluster.metadata.quorum.handleBeginQuorumEpoch(request, version),

  fail: ({ errorCode }) => ({ errorCode, topics: [] }),
});
