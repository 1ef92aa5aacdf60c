import { ErrorCode } from '@millrace/protocol';
import { abortFenced } from './end-transaction.ts';
import { needProducerId, producerError } from './producer-reply.ts';
import type { InitCall } from './transaction-calls.ts';
import {
  change,
  isEpochExhausted,
  newTransactionMetadata,
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  noPartitions,
  type TransactionMetadata,
} from './transaction-metadata.ts';
import type { Transaction, TransactionShard } from './transaction-shard.ts';
import { isPrepared } from './transaction-state.ts';

/**
 * InitProducerId with a transactional id: a fresh epoch, which fences whoever had the id before. A transaction that is
 * open is aborted first; the client comes again until that is done.
 */
export function initProducer(shard: TransactionShard, call: InitCall, replyId: number): void {
  const known = shard.transactions.get(call.transactionalId);
  if (known === undefined) {
    initUnknown(shard, call, replyId);
    return;
  }
  if (known.pending !== undefined || isPrepared(known.metadata.state)) {
    shard.reply(replyId, producerError(ErrorCode.CONCURRENT_TRANSACTIONS));
  } else if (!isContinuation(known.metadata, call)) {
    shard.reply(replyId, producerError(ErrorCode.PRODUCER_FENCED));
  } else if (known.metadata.state === 'Ongoing') {
    const retry = producerError(ErrorCode.CONCURRENT_TRANSACTIONS);
    abortFenced(shard, known, { replyId, call, reply: retry });
  } else {
    raiseEpoch(shard, known, call, replyId);
  }
}

function initUnknown(shard: TransactionShard, call: InitCall, replyId: number): void {
  if (call.newProducerId === undefined) {
    shard.reply(replyId, needProducerId());
    return;
  }
  const { transactionalId, newProducerId, timeoutMs } = call;
  const metadata = newTransactionMetadata(newProducerId, timeoutMs, shard.now.wallMs);
  const transaction: Transaction = { id: transactionalId, metadata, pending: undefined };
  shard.transactions.set(transactionalId, transaction);
  raiseEpoch(shard, transaction, call, replyId);
}

/**
 * May a producer that names an id and an epoch go on with them? (The epoch is looked at when it is raised.)
 *
 * A previous id is fine when its epochs were used up: then this is a retry of the call that changed the id.
 */
function isContinuation(
  { producerId, previousProducerId, producerEpoch }: TransactionMetadata,
  { expected }: InitCall,
): boolean {
  if (expected === undefined || producerEpoch === NO_PRODUCER_EPOCH) return true;
  if (expected.producerId === producerId) return true;
  return expected.producerId === previousProducerId && isEpochExhausted(expected.producerEpoch);
}

function raiseEpoch(
  shard: TransactionShard,
  transaction: Transaction,
  call: InitCall,
  replyId: number,
): void {
  const { metadata } = transaction;
  const { expected, newProducerId, timeoutMs } = call;
  const isCurrent = expected === undefined || expected.producerEpoch === metadata.producerEpoch;
  const rotates = isEpochExhausted(metadata.producerEpoch) && isCurrent;
  if (rotates && newProducerId === undefined) {
    shard.reply(replyId, needProducerId());
    return;
  }
  const producer = rotates ? rotated(metadata, call) : nextEpoch(metadata, expected?.producerEpoch);
  if (producer === undefined) {
    shard.reply(replyId, producerError(ErrorCode.PRODUCER_FENCED));
    return;
  }
  const idle = {
    timeoutMs,
    state: 'Empty',
    partitions: noPartitions,
    nextProducerId: NO_PRODUCER_ID,
    startTimestampMs: -1,
  } as const;
  const next = change(metadata, { ...idle, ...producer }, shard.now.wallMs);
  const { producerId, producerEpoch } = next;
  const reply = { errorCode: ErrorCode.NONE, producerId, producerEpoch };
  shard.write(transaction, next, { type: 'reply', replyId, call, reply });
}

function rotated(metadata: TransactionMetadata, { expected, newProducerId }: InitCall) {
  const lastProducerEpoch = expected === undefined ? NO_PRODUCER_EPOCH : metadata.producerEpoch;
  return { producerId: newProducerId!, producerEpoch: 0, lastProducerEpoch };
}

/** `undefined` when `expected` is neither the current epoch nor the one before the last bump. */
function nextEpoch({ producerEpoch, lastProducerEpoch }: TransactionMetadata, expected: number | undefined) {
  const bumped = producerEpoch + 1;
  if (expected === undefined) return { producerEpoch: bumped, lastProducerEpoch: NO_PRODUCER_EPOCH };
  if (producerEpoch === NO_PRODUCER_EPOCH || expected === producerEpoch) {
    return { producerEpoch: bumped, lastProducerEpoch: producerEpoch };
  }
  // The answer to the same call was lost. Another producer would have set the last epoch to -1.
  return expected === lastProducerEpoch ? { producerEpoch, lastProducerEpoch } : undefined;
}
