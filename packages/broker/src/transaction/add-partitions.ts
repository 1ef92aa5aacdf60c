import { ErrorCode } from '@millrace/protocol';
import type { AddPartitionsCall, VerifyCall, VerifyReply } from './transaction-calls.ts';
import { addPartitions, change, hasPartitions, noPartitions } from './transaction-metadata.ts';
import type { Transaction, TransactionShard } from './transaction-shard.ts';
import { isPrepared } from './transaction-state.ts';

/** AddPartitionsToTxn and AddOffsetsToTxn: the transaction begins, or grows. */
export function addPartitionsToTransaction(
  shard: TransactionShard,
  call: AddPartitionsCall,
  replyId: number,
): void {
  const transaction = shard.transactions.get(call.transactionalId);
  const errorCode = checkAdd(transaction, call);
  const { partitions, clientVersion } = call;
  if (errorCode !== ErrorCode.NONE || isCovered(transaction!, call)) {
    shard.reply(replyId, { errorCode });
    return;
  }
  const { metadata } = transaction!;
  const isRunning = metadata.state === 'Ongoing';
  const nowMs = shard.now.wallMs;
  const next = change(
    metadata,
    {
      state: 'Ongoing',
      partitions: addPartitions(metadata.partitions, partitions),
      startTimestampMs: isRunning ? metadata.startTimestampMs : nowMs,
      clientVersion,
    },
    nowMs,
  );
  shard.write(transaction!, next, { type: 'reply', replyId, call, reply: { errorCode } });
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
