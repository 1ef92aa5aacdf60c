import { ApiKey } from '@millrace/protocol';
import {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
} from '@millrace/protocol/messages/describe-transactions';
import { describeError } from '../transaction/describe-transactions.ts';
import { defineHandler } from './handler.ts';

export const describeTransactions = defineHandler({
  key: ApiKey.DESCRIBE_TRANSACTIONS,
  minVersion: 0,
  maxVersion: 0,
  request: DescribeTransactionsRequest,
  response: DescribeTransactionsResponse,

  async handle({ transactionalIds }, { broker }) {
    const states = transactionalIds.map(async (transactionalId) =>
      broker.transactions.call({ api: 'describe', transactionalId }),
    );
    return { throttleTimeMs: 0, transactionStates: await Promise.all(states) };
  },

  fail: ({ errorCode }, { transactionalIds }) => ({
    throttleTimeMs: 0,
    transactionStates: transactionalIds.map((transactionalId) => describeError(transactionalId, errorCode)),
  }),
});
