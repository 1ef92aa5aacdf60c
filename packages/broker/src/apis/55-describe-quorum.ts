import { ApiKey } from '@millrace/protocol';
import { DescribeQuorumRequest, DescribeQuorumResponse } from '@millrace/protocol/messages/describe-quorum';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

const FIRST_WITH_MESSAGES = 2;

/** Who votes on the metadata, who follows, and how far they are. */
export const describeQuorum = defineHandler({
  key: ApiKey.DESCRIBE_QUORUM,
  minVersion: 0,
  maxVersion: 2,
  isForwarded: always,
  request: DescribeQuorumRequest,
  response: DescribeQuorumResponse,

  authorize: (_request, context) => requireAllowed(context, 'DESCRIBE', 'CLUSTER'),

  handle: (request, { broker, version }) =>
    broker.cluster.metadata.quorum.handleDescribeQuorum(request, version),

  fail: (error, _request, { version }) => ({
    errorCode: error.errorCode,
    ...(version >= FIRST_WITH_MESSAGES ? { errorMessage: error.message } : {}),
    topics: [],
  }),
});
