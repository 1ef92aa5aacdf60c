import { ApiKey, KafkaError } from '@millrace/protocol';
import {
  ListTransactionsRequest,
  ListTransactionsResponse,
} from '@millrace/protocol/messages/list-transactions';
import { RE2JS } from 're2js';
import { isTransactionState } from '../transaction/transaction-state.ts';
import { isAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A longer pattern is no filter; compiling takes time and memory that grow with its length. */
const MAX_PATTERN_CHARACTERS = 256;

export const listTransactions = defineHandler({
  key: ApiKey.LIST_TRANSACTIONS,
  minVersion: 0,
  maxVersion: 2,
  request: ListTransactionsRequest,
  response: ListTransactionsResponse,

  async handle({ stateFilters, producerIdFilters, durationFilter, transactionalIdPattern }, context) {
    const known = stateFilters.filter(isTransactionState);
    const unknownStateFilters = stateFilters.filter((name) => !isTransactionState(name));
    // A filter of unknown states only lets nothing through.
    const states = new Set<string>(known.length === 0 ? unknownStateFilters : known);
    const { errorCode, transactions } = await context.broker.transactions.list({
      api: 'list',
      states,
      producerIds: new Set(producerIdFilters),
      minDurationMs: durationFilter,
      pattern: compile(transactionalIdPattern),
    });
    const isVisible = ({ transactionalId }: { readonly transactionalId: string }) =>
      isAllowed(context, 'DESCRIBE', 'TRANSACTIONAL_ID', transactionalId);
    return {
      throttleTimeMs: 0,
      errorCode,
      unknownStateFilters,
      transactionStates: transactions.filter(isVisible),
    };
  },

  fail: ({ errorCode }) => ({
    throttleTimeMs: 0,
    errorCode,
    unknownStateFilters: [],
    transactionStates: [],
  }),
});

/** RE2, as in Apache Kafka: linear time whatever the pattern says. The whole id must match. @throws KafkaError INVALID_REGULAR_EXPRESSION */
function compile(pattern: string | null): RE2JS | undefined {
  if (pattern === null || pattern === '') return undefined;
  if (pattern.length > MAX_PATTERN_CHARACTERS) {
    throw new KafkaError(
      'INVALID_REGULAR_EXPRESSION',
      `The pattern has ${pattern.length} characters, at most ${MAX_PATTERN_CHARACTERS} are taken`,
    );
  }
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw new KafkaError('INVALID_REGULAR_EXPRESSION', `"${pattern}" is no regular expression`, { cause });
  }
}
