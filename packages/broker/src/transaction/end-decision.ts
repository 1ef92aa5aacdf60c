import { ErrorCode } from '@millrace/protocol';
import type { EndCall } from './transaction-calls.ts';
import { EPOCH_BUMP_VERSION, type TransactionMetadata } from './transaction-metadata.ts';
import type { Transaction } from './transaction-shard.ts';

/** What an EndTxn means in the state it finds. */
export type EndDecision =
  | { readonly type: 'refuse'; readonly errorCode: number }
  /** It is a repetition of the call that ended the transaction: the answer is that of then. */
  | { readonly type: 'repeat' }
  /** The transaction is decided. `isEmpty`: it never had a partition, only its epoch rises. */
  | { readonly type: 'prepare'; readonly isEmpty: boolean };

type Request = Pick<EndCall, 'producerId' | 'producerEpoch' | 'isCommit' | 'clientVersion'>;

const LAST_EPOCH_BEFORE_ROTATION = 0x7fff - 1;

const repeat: EndDecision = { type: 'repeat' };
const invalid = refusal(ErrorCode.INVALID_TXN_STATE);
const concurrent = refusal(ErrorCode.CONCURRENT_TRANSACTIONS);
const fenced = refusal(ErrorCode.PRODUCER_FENCED);
const unknown = refusal(ErrorCode.INVALID_PRODUCER_ID_MAPPING);

/** Decides on an EndTxn, for clients of either generation. */
export function decideEnd(transaction: Transaction | undefined, request: Request): EndDecision {
  if (transaction === undefined) return unknown;
  return request.clientVersion >= EPOCH_BUMP_VERSION
    ? decideWithBump(transaction, request)
    : decideWithoutBump(transaction, request);
}

/**
 * The first generation: the epoch stays, so a delayed EndTxn cannot be told from one of the next transaction while
 * that one is open. Nothing but the client's own order protects it.
 */
function decideWithoutBump({ metadata, pending }: Transaction, request: Request): EndDecision {
  const { isCommit } = request;
  if (metadata.producerId !== request.producerId) return unknown;
  if (metadata.producerEpoch !== request.producerEpoch) return fenced;
  if (pending !== undefined) return concurrent;
  switch (metadata.state) {
    case 'Ongoing':
      return { type: 'prepare', isEmpty: false };
    case 'CompleteCommit':
      return isCommit ? repeat : invalid;
    case 'CompleteAbort':
      return isCommit ? invalid : repeat;
    case 'PrepareCommit':
      return isCommit ? concurrent : invalid;
    case 'PrepareAbort':
      return isCommit ? invalid : concurrent;
    case 'Empty':
    case 'Dead':
    case 'PrepareEpochFence':
      break;
  }
  return invalid;
}

/**
 * The second generation: the epoch tells a repetition (one below the server's) from the end of the next transaction
 * (equal to it), so a delayed EndTxn is recognised whatever happened since.
 */
function decideWithBump({ metadata, pending }: Transaction, request: Request): EndDecision {
  // First of all: the producer may already use the id that only the pending state has.
  if (pending !== undefined) return concurrent;
  const isOverflowRetry = isRetryAfterRotation(metadata, request);
  if (metadata.producerId !== request.producerId && !isOverflowRetry) return unknown;
  const isRetry = isOverflowRetry || metadata.producerEpoch === request.producerEpoch + 1;
  if (!isLegalEpoch(metadata, request, isRetry)) return fenced;
  return decideByState(metadata, request, isRetry);
}

/** The epochs of the id were used up by the transaction that this call ended; the server has switched since. */
function isRetryAfterRotation(metadata: TransactionMetadata, request: Request): boolean {
  return (
    metadata.previousProducerId === request.producerId &&
    request.producerEpoch === LAST_EPOCH_BEFORE_ROTATION &&
    metadata.producerEpoch === 0
  );
}

function isLegalEpoch(metadata: TransactionMetadata, request: Request, isRetry: boolean): boolean {
  const isCurrent = metadata.producerEpoch === request.producerEpoch;
  switch (metadata.state) {
    case 'PrepareCommit':
    case 'PrepareAbort':
      return isRetry;
    case 'CompleteCommit':
    case 'CompleteAbort':
      return isRetry || isCurrent;
    case 'Empty':
    case 'Ongoing':
    case 'Dead':
    case 'PrepareEpochFence':
      break;
  }
  return isCurrent;
}

function decideByState(metadata: TransactionMetadata, { isCommit }: Request, isRetry: boolean): EndDecision {
  const { state } = metadata;
  const hasEndedSo = isCommit === (state === 'PrepareCommit' || state === 'CompleteCommit');
  switch (state) {
    case 'PrepareCommit':
    case 'PrepareAbort':
      return hasEndedSo ? concurrent : invalid;
    case 'Ongoing':
      return { type: 'prepare', isEmpty: false };
    case 'CompleteCommit':
    case 'CompleteAbort':
      if (isRetry) return hasEndedSo ? repeat : invalid;
      return isCommit ? invalid : { type: 'prepare', isEmpty: true };
    case 'Empty':
      return isCommit ? invalid : { type: 'prepare', isEmpty: true };
    case 'Dead':
    case 'PrepareEpochFence':
      break;
  }
  return invalid;
}

function refusal(errorCode: number): EndDecision {
  return { type: 'refuse', errorCode };
}
