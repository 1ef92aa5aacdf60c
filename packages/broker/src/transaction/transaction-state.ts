/** The states of a transaction, with the numbers that records carry. */
export const TransactionState = {
  /** An id that has a producer but no transaction. */
  Empty: 0,
  Ongoing: 1,
  /** Decided; markers are being written. */
  PrepareCommit: 2,
  PrepareAbort: 3,
  /** All markers are written. */
  CompleteCommit: 4,
  CompleteAbort: 5,
  /** The id is being removed. */
  Dead: 6,
  /** Named by Kafka, never written to the log. */
  PrepareEpochFence: 7,
} as const;

/** Name of a state, as DescribeTransactions and ListTransactions say it. */
export type TransactionState = keyof typeof TransactionState;

const names = Object.keys(TransactionState) as TransactionState[];

/** @throws Error for a number that no version has written */
export function transactionStateOf(id: number): TransactionState {
  const name = names[id];
  if (name === undefined) throw new Error(`A transaction has the unknown state ${id}`);
  return name;
}

export function isTransactionState(name: string): name is TransactionState {
  return Object.hasOwn(TransactionState, name);
}

/** Decided, and not completed yet. */
export function isPrepared(state: TransactionState): boolean {
  return state === 'PrepareCommit' || state === 'PrepareAbort';
}
