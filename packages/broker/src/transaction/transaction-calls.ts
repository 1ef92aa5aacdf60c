import type { DescribeTransactionsResponseTransactionState } from '@millrace/protocol/messages/describe-transactions';
import type { ListTransactionsResponseTransactionState } from '@millrace/protocol/messages/list-transactions';
import type { TransactionPartitions } from './transaction-metadata.ts';

interface ProducerCall {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface InitCall {
  readonly api: 'init';
  readonly transactionalId: string;
  readonly timeoutMs: number;
  /** Id and epoch of a producer that goes on after an error (KIP-360). */
  readonly expected?: { readonly producerId: number; readonly producerEpoch: number } | undefined;
  /** An id nobody has. The state machine asks for it, see `ProducerReply`. */
  readonly newProducerId?: number;
}

export interface AddPartitionsCall extends ProducerCall {
  readonly api: 'add';
  readonly partitions: TransactionPartitions;
  readonly clientVersion: number;
}

/** A partition leader asks whether a transaction covers its partitions. */
export interface VerifyCall extends ProducerCall {
  readonly api: 'verify';
  readonly partitions: TransactionPartitions;
}

export interface EndCall extends ProducerCall {
  readonly api: 'end';
  readonly isCommit: boolean;
  /** 2 for clients that get id and epoch of their next transaction with the answer, otherwise 0. */
  readonly clientVersion: number;
  readonly newProducerId?: number;
}

/** All markers of a prepared transaction are in their partitions. */
export interface MarkersWrittenCall extends ProducerCall {
  readonly api: 'markersWritten';
}

export interface DescribeCall {
  readonly api: 'describe';
  readonly transactionalId: string;
}

export interface ListCall {
  readonly api: 'list';
  readonly states: ReadonlySet<string>;
  readonly producerIds: ReadonlySet<number>;
  /** Only transactions that run for longer; -1 for all. */
  readonly minDurationMs: number;
  /** The whole id must match. */
  readonly pattern: { matches(transactionalId: string): boolean } | undefined;
}

/** Everything that the state machine of one `__transaction_state` partition can be asked. */
export type TransactionCall =
  | InitCall
  | AddPartitionsCall
  | VerifyCall
  | EndCall
  | MarkersWrittenCall
  | DescribeCall
  | ListCall;

/** Answers `init` and `end`. */
export interface ProducerReply {
  readonly errorCode: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Nothing was done: the call is to be made again with a `newProducerId`. */
  readonly needsProducerId?: boolean;
}

export interface ErrorReply {
  readonly errorCode: number;
}

export interface VerifyReply {
  /** Of the call as a whole; otherwise see the partitions. */
  readonly errorCode: number;
  /** Those of the call that are not in the transaction. */
  readonly missing: TransactionPartitions;
}

export interface ListReply {
  readonly errorCode: number;
  readonly transactions: readonly ListTransactionsResponseTransactionState[];
}

/** What each call is answered with. */
export interface TransactionReplies {
  readonly init: ProducerReply;
  readonly add: ErrorReply;
  readonly verify: VerifyReply;
  readonly end: ProducerReply;
  readonly markersWritten: ErrorReply;
  readonly describe: DescribeTransactionsResponseTransactionState;
  readonly list: ListReply;
}

export type TransactionReply = TransactionReplies[TransactionCall['api']];

/** Markers that a decided transaction needs: what the state machine wants sent to partition leaders. */
export interface MarkerRequest {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly isCommit: boolean;
  /** Level of `transaction.version` the transaction was decided by: what epochs the marker may follow. */
  readonly transactionVersion: number;
  readonly partitions: TransactionPartitions;
}
