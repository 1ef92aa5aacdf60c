import { ErrorCode } from '@millrace/protocol';
import type { AddPartitionsCall, VerifyCall, VerifyReply } from './transaction-calls.ts';
import { addPartitions, change, hasPartitions, noPartitions } from './transaction-metadata.ts';
import type { Transaction, TransactionShard, WaitingAdd } from './transaction-shard.ts';
import { isPrepared } from './transaction-state.ts';

/**
 * AddPartitionsToTxn and AddOffsetsToTxn: the transaction begins, or grows.
 *
 * A producer that writes to the partitions of several nodes is spoken for by all of them at once. Those that come while
 * the first is being written wait for it, and are written together.
 */
export function addPartitionsToTransaction(
  shard: TransactionShard,
  call: AddPartitionsCall,
  replyId: number,
): void {
  const transaction = shard.transactions.get(call.transactionalId);
  if (transaction !== undefined && isBeingAddedTo(transaction, call))
    shard.holdAdd(transaction, { call, replyId });
  else addAll(shard, transaction, [{ call, replyId }]);
}

/** The record of an addition is durable: those that have waited for it come next. */
export function addWaiting(shard: TransactionShard, transaction: Transaction): void {
  const waiting = shard.takeAdds(transaction);
  if (waiting.length > 0) addAll(shard, transaction, waiting);
}

function addAll(
  shard: TransactionShard,
  transaction: Transaction | undefined,
  adds: readonly WaitingAdd[],
): void {
  const written: WaitingAdd[] = [];
  for (const add of adds) {
    const errorCode = checkAdd(transaction, add.call);
    if (errorCode !== ErrorCode.NONE || isCovered(transaction!, add.call))
      shard.reply(add.replyId, { errorCode });
    else written.push(add);
  }
  if (written.length > 0) write(shard, transaction!, written);
}

function write(shard: TransactionShard, transaction: Transaction, adds: readonly WaitingAdd[]): void {
  const { metadata } = transaction;
  let { partitions } = metadata;
  for (const { call } of adds) partitions = addPartitions(partitions, call.partitions);
  const isRunning = metadata.state === 'Ongoing';
  const nowMs = shard.now.wallMs;
  const next = change(
    metadata,
    {
      state: 'Ongoing',
      partitions,
      startTimestampMs: isRunning ? metadata.startTimestampMs : nowMs,
      clientVersion: adds.at(-1)!.call.clientVersion,
    },
    nowMs,
  );
  shard.write(transaction, next, { type: 'added', adds });
}

/** Only an addition leaves a transaction open. */
function isBeingAddedTo({ pending }: Transaction, { producerId, producerEpoch }: AddPartitionsCall): boolean {
  return (
    pending?.state === 'Ongoing' &&
    pending.producerId === producerId &&
    pending.producerEpoch === producerEpoch
  );
}

/** AddPartitionsToTxn of a partition leader that only wants to know. */
export function verifyPartitions(shard: TransactionShard, call: VerifyCall): VerifyReply {
  const transaction = shard.transactions.get(call.transactionalId);
  const errorCode = checkProducer(transaction, call);
  if (errorCode !== ErrorCode.NONE) return { errorCode, missing: noPartitions };
  const { state, partitions } = transaction!.metadata;
  if (isPrepared(state)) return { errorCode: ErrorCode.CONCURRENT_TRANSACTIONS, missing: noPartitions };
  const missing = new Map<string, ReadonlySet<number>>();
  for (const [topic, wanted] of call.partitions) {
    const present = partitions.get(topic);
    const absent = [...wanted].filter((partition) => present?.has(partition) !== true);
    if (absent.length > 0) missing.set(topic, new Set(absent));
  }
  return { errorCode, missing };
}

/**
 * A change under way comes first: the producer may already use the id that only the pending state has.
 */
function checkAdd(transaction: Transaction | undefined, call: AddPartitionsCall): number {
  if (transaction?.pending !== undefined) return ErrorCode.CONCURRENT_TRANSACTIONS;
  const errorCode = checkProducer(transaction, call);
  if (errorCode !== ErrorCode.NONE) return errorCode;
  return isPrepared(transaction!.metadata.state) ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.NONE;
}

function checkProducer(
  transaction: Transaction | undefined,
  { producerId, producerEpoch }: { readonly producerId: number; readonly producerEpoch: number },
): number {
  if (transaction === undefined || transaction.metadata.producerId !== producerId) {
    return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
  }
  return transaction.metadata.producerEpoch === producerEpoch ? ErrorCode.NONE : ErrorCode.PRODUCER_FENCED;
}

function isCovered({ metadata }: Transaction, { partitions }: AddPartitionsCall): boolean {
  return metadata.state === 'Ongoing' && hasPartitions(metadata.partitions, partitions);
}
