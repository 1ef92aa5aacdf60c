import { ErrorCode } from '@millrace/protocol';
import { decideEnd } from './end-decision.ts';
import { needProducerId, producerError } from './producer-reply.ts';
import type { EndCall } from './transaction-calls.ts';
import {
  change,
  completed,
  EPOCH_BUMP_VERSION,
  isEpochExhausted,
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  type TransactionMetadata,
} from './transaction-metadata.ts';
import type { EndedReply, Transaction, TransactionShard } from './transaction-shard.ts';

/** EndTxn: the decision is written, the client is told, and markers go out. */
export function endTransaction(shard: TransactionShard, call: EndCall, replyId: number): void {
  const transaction = shard.transactions.get(call.transactionalId);
  const decision = decideEnd(transaction, call);
  if (decision.type === 'refuse') {
    shard.reply(replyId, producerError(decision.errorCode));
    return;
  }
  const { metadata } = transaction!;
  if (decision.type === 'repeat') {
    const { producerId, producerEpoch } = metadata;
    shard.reply(replyId, { errorCode: ErrorCode.NONE, producerId, producerEpoch });
    return;
  }
  const bumps = call.clientVersion >= EPOCH_BUMP_VERSION;
  const rotates = bumps && isEpochExhausted(metadata.producerEpoch);
  if (rotates && call.newProducerId === undefined) {
    shard.reply(replyId, needProducerId());
    return;
  }
  const nowMs = shard.now.wallMs;
  const next = change(
    metadata,
    {
      state: call.isCommit ? 'PrepareCommit' : 'PrepareAbort',
      nextProducerId: rotates ? call.newProducerId! : NO_PRODUCER_ID,
      startTimestampMs: decision.isEmpty ? nowMs : metadata.startTimestampMs,
      clientVersion: call.clientVersion,
      ...(bumps ? bumpedEpoch(metadata) : {}),
    },
    nowMs,
  );
  const { producerId, producerEpoch } = completed(next, nowMs);
  const reply = { errorCode: ErrorCode.NONE, producerId, producerEpoch };
  shard.write(transaction!, next, { type: 'prepared', ended: { replyId, call, reply } });
}

/**
 * Aborts an open transaction in a higher epoch, so that its producer cannot go on: it took too long, or another one
 * has its id now.
 */
export function abortFenced(shard: TransactionShard, transaction: Transaction, ended?: EndedReply): void {
  const { metadata } = transaction;
  const level = shard.transactionVersion;
  const next = change(
    metadata,
    {
      state: 'PrepareAbort',
      producerEpoch: metadata.producerEpoch + 1,
      lastProducerEpoch: level >= EPOCH_BUMP_VERSION ? metadata.producerEpoch : NO_PRODUCER_EPOCH,
      nextProducerId: NO_PRODUCER_ID,
      clientVersion: level >= EPOCH_BUMP_VERSION ? EPOCH_BUMP_VERSION : 0,
    },
    shard.now.wallMs,
  );
  shard.write(transaction, next, ended === undefined ? { type: 'prepared' } : { type: 'prepared', ended });
}

function bumpedEpoch({ producerEpoch }: TransactionMetadata): Partial<TransactionMetadata> {
  return { producerEpoch: producerEpoch + 1, lastProducerEpoch: producerEpoch };
}
