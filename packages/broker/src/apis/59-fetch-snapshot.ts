import { ApiKey } from '@millrace/protocol';
import { FetchSnapshotRequest, FetchSnapshotResponse } from '@millrace/protocol/messages/fetch-snapshot';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A piece of a metadata snapshot, for a node that is too far behind for the log. */
export const fetchSnapshot = defineHandler({
  key: ApiKey.FETCH_SNAPSHOT,
  minVersion: 0,
  maxVersion: 1,
  request: FetchSnapshotRequest,
  response: FetchSnapshotResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  handle: (request, { broker, version }) =>
    broker.cluster.metadata.quorum.handleFetchSnapshot(request, version),

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode, topics: [] }),
});
