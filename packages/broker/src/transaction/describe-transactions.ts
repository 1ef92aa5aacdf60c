import { ErrorCode } from '@millrace/protocol';
import type { DescribeTransactionsResponseTransactionState } from '@millrace/protocol/messages/describe-transactions';
import type { ListTransactionsResponseTransactionState } from '@millrace/protocol/messages/list-transactions';
import type { ListCall, ListReply } from './transaction-calls.ts';
import type { Transaction, TransactionShard } from './transaction-shard.ts';

/** DescribeTransactions of one id. */
export function describeTransaction(
  shard: TransactionShard,
  transactionalId: string,
): DescribeTransactionsResponseTransactionState {
  const transaction = shard.transactions.get(transactionalId);
  if (transaction === undefined || transaction.pending === null) {
    return describeError(transactionalId, ErrorCode.TRANSACTIONAL_ID_NOT_FOUND);
  }
  const { metadata } = transaction;
  return {
    errorCode: ErrorCode.NONE,
    transactionalId,
    transactionState: metadata.state,
    transactionTimeoutMs: metadata.timeoutMs,
    transactionStartTimeMs: metadata.startTimestampMs,
    producerId: metadata.producerId,
    producerEpoch: metadata.producerEpoch,
    topics: Array.from(metadata.partitions, ([topic, partitions]) => ({
      topic,
      partitions: [...partitions],
    })),
  };
}

export function describeError(
  transactionalId: string,
  errorCode: number,
): DescribeTransactionsResponseTransactionState {
  return {
    errorCode,
    transactionalId,
    transactionState: '',
    transactionTimeoutMs: 0,
    transactionStartTimeMs: 0,
    producerId: 0,
    producerEpoch: 0,
    topics: [],
  };
}

/** ListTransactions: those that pass every filter. */
export function listTransactions(shard: TransactionShard, call: ListCall): ListReply {
  const transactions: ListTransactionsResponseTransactionState[] = [];
  for (const transaction of shard.transactions.values()) {
    if (transaction.pending === null || !isWanted(transaction, call, shard.now.wallMs)) continue;
    const { producerId, state } = transaction.metadata;
    transactions.push({ transactionalId: transaction.id, producerId, transactionState: state });
  }
  return { errorCode: ErrorCode.NONE, transactions };
}

function isWanted({ id, metadata }: Transaction, call: ListCall, nowMs: number): boolean {
  const { states, producerIds, minDurationMs, pattern } = call;
  if (states.size > 0 && !states.has(metadata.state)) return false;
  if (producerIds.size > 0 && !producerIds.has(metadata.producerId)) return false;
  if (minDurationMs >= 0 && nowMs - metadata.startTimestampMs <= minDurationMs) return false;
  return pattern === undefined || pattern.matches(id);
}
