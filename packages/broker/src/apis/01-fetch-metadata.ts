import { ApiKey } from '@millrace/protocol';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** Fetch on listeners for controllers: the metadata log, for the nodes that follow it. */
export const fetchMetadata = defineHandler({
  key: ApiKey.FETCH,
  minVersion: 12,
  maxVersion: 18,
  request: FetchRequest,
  response: FetchResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle(request, context) {
    context.isOfNode = true;
    return context.broker.cluster.metadata.quorum.handleFetch(request, context.version);
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode, sessionId: 0, responses: [] }),
});
