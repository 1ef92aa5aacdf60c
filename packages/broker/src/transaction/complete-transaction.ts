import { ErrorCode } from '@millrace/protocol';
import type { MarkersWrittenCall } from './transaction-calls.ts';
import { completed } from './transaction-metadata.ts';
import type { Transaction, TransactionShard } from './transaction-shard.ts';
import { COMPLETION_RETRY_MS } from './transaction-limits.ts';
import { isPrepared } from './transaction-state.ts';

/** A transaction is decided and its record durable: markers go to its partitions. Also after loading. */
export function startCompletion(shard: TransactionShard, transaction: Transaction): void {
  const { metadata } = transaction;
  // From here to the end of the completion nobody may change it.
  transaction.pending = completed(metadata, shard.now.wallMs);
  shard.sendMarkers({
    transactionalId: transaction.id,
    producerId: metadata.producerId,
    producerEpoch: metadata.producerEpoch,
    coordinatorEpoch: shard.coordinatorEpoch,
    isCommit: metadata.state === 'PrepareCommit',
    transactionVersion: metadata.clientVersion,
    partitions: metadata.partitions,
  });
}

/** All markers are written. */
export function onMarkersWritten(shard: TransactionShard, call: MarkersWrittenCall, replyId: number): void {
  const transaction = shard.transactions.get(call.transactionalId);
  shard.reply(replyId, { errorCode: ErrorCode.NONE });
  // A message of the past: whoever sent the markers was too slow.
  if (transaction === undefined || !isAwaited(transaction, call)) return;
  complete(shard, transaction);
}

/** Writes that a transaction is complete; tried again until it succeeds. */
export function complete(shard: TransactionShard, transaction: Transaction): void {
  const { pending } = transaction;
  if (!isPrepared(transaction.metadata.state) || pending === undefined || pending === null) return;
  shard.write(transaction, pending, { type: 'completed' });
}

/** The record of the completion is lost; the markers are not. */
export function onCompletionLost(shard: TransactionShard, { id }: Transaction): void {
  shard.setTimer(`c${id}`, COMPLETION_RETRY_MS, { type: 'complete', transactionalId: id });
}

function isAwaited({ metadata }: Transaction, call: MarkersWrittenCall): boolean {
  return (
    isPrepared(metadata.state) &&
    metadata.producerId === call.producerId &&
    metadata.producerEpoch === call.producerEpoch
  );
}
