import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
} from '@millrace/protocol/messages/describe-transactions';
import { describeError } from '../transaction/describe-transactions.ts';
import { isAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

export const describeTransactions = defineHandler({
  key: ApiKey.DESCRIBE_TRANSACTIONS,
  minVersion: 0,
  maxVersion: 0,
  request: DescribeTransactionsRequest,
  response: DescribeTransactionsResponse,

  async handle({ transactionalIds }, context) {
    const states = transactionalIds.map(async (transactionalId) => describe(transactionalId, context));
    return { throttleTimeMs: 0, transactionStates: await Promise.all(states) };
  },

  fail: ({ errorCode }, { transactionalIds }) => ({
    throttleTimeMs: 0,
    transactionStates: transactionalIds.map((transactionalId) => describeError(transactionalId, errorCode)),
  }),
});

async function describe(transactionalId: string, context: RequestContext) {
  if (!isAllowed(context, 'DESCRIBE', 'TRANSACTIONAL_ID', transactionalId)) {
    return describeError(transactionalId, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  }
  if (transactionalId === '') return describeError(transactionalId, ErrorCode.INVALID_REQUEST);
  const state = await context.broker.transactions.call({ api: 'describe', transactionalId });
  const topics = state.topics.filter(({ topic }) => isAllowed(context, 'DESCRIBE', 'TOPIC', topic));
  return { ...state, topics };
}
