import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { decideEnd, type EndDecision } from './end-decision.ts';
import { newTransactionMetadata } from './transaction-metadata.ts';
import type { Transaction } from './transaction-shard.ts';
import type { TransactionState } from './transaction-state.ts';

const PRODUCER_ID = 7;
const EPOCH = 5;

function transaction(state: TransactionState, isPending = false): Transaction {
  const metadata = { ...newTransactionMetadata(PRODUCER_ID, 1000, 0), state, producerEpoch: EPOCH };
  return { id: 't', metadata, pending: isPending ? metadata : undefined };
}

function text(decision: EndDecision): string {
  switch (decision.type) {
    case 'refuse':
      return kafkaErrorName(decision.errorCode);
    case 'repeat':
      return 'same answer';
    case 'prepare':
      return decision.isEmpty ? 'raise epoch' : 'prepare';
  }
}

function decide(
  of: Transaction | undefined,
  request: {
    readonly epoch?: number;
    readonly isCommit?: boolean;
    readonly producerId?: number;
    readonly version?: number;
  },
): string {
  const { epoch = EPOCH, isCommit = true, producerId = PRODUCER_ID, version = 2 } = request;
  return text(decideEnd(of, { producerId, producerEpoch: epoch, isCommit, clientVersion: version }));
}

const fenced = 'PRODUCER_FENCED';
const invalid = 'INVALID_TXN_STATE';
const concurrent = 'CONCURRENT_TRANSACTIONS';

describe('EndTxn of the second generation', () => {
  // Columns: commit with the current epoch, commit with the one before, abort with either.
  it.each<[TransactionState, string, string, string, string]>([
    ['Empty', invalid, fenced, 'raise epoch', fenced],
    ['Ongoing', 'prepare', fenced, 'prepare', fenced],
    ['CompleteCommit', invalid, 'same answer', 'raise epoch', invalid],
    ['CompleteAbort', invalid, invalid, 'raise epoch', 'same answer'],
    ['PrepareCommit', fenced, concurrent, fenced, invalid],
    ['PrepareAbort', fenced, invalid, fenced, concurrent],
  ])('in state %s', (state, commit, commitAgain, abort, abortAgain) => {
    const of = transaction(state);
    expect(decide(of, { isCommit: true })).toBe(commit);
    expect(decide(of, { isCommit: true, epoch: EPOCH - 1 })).toBe(commitAgain);
    expect(decide(of, { isCommit: false })).toBe(abort);
    expect(decide(of, { isCommit: false, epoch: EPOCH - 1 })).toBe(abortAgain);
    for (const epoch of [EPOCH - 2, EPOCH + 1]) {
      expect(decide(of, { epoch })).toBe(fenced);
      expect(decide(of, { epoch, isCommit: false })).toBe(fenced);
    }
    expect(decide(of, { producerId: 99 })).toBe('INVALID_PRODUCER_ID_MAPPING');
    // A change under way is looked at before anything that may not be true any more when it is done.
    expect(decide(transaction(state, true), { producerId: 99, epoch: 1 })).toBe(concurrent);
  });

  it('knows the repetition of a call that used up the epochs', () => {
    const of = transaction('CompleteCommit');
    of.metadata = { ...of.metadata, previousProducerId: 6, producerEpoch: 0 };
    expect(decide(of, { producerId: 6, epoch: 32_766 })).toBe('same answer');
    expect(decide(of, { producerId: 6, epoch: 32_766, isCommit: false })).toBe(invalid);
    expect(decide(of, { producerId: 6, epoch: 32_765 })).toBe('INVALID_PRODUCER_ID_MAPPING');
  });
});

describe('EndTxn of the first generation', () => {
  it.each<[TransactionState, string, string]>([
    ['Empty', invalid, invalid],
    ['Ongoing', 'prepare', 'prepare'],
    ['CompleteCommit', 'same answer', invalid],
    ['CompleteAbort', invalid, 'same answer'],
    ['PrepareCommit', concurrent, invalid],
    ['PrepareAbort', invalid, concurrent],
  ])('in state %s', (state, commit, abort) => {
    const of = transaction(state);
    expect(decide(of, { version: 0, isCommit: true })).toBe(commit);
    expect(decide(of, { version: 0, isCommit: false })).toBe(abort);
    for (const epoch of [EPOCH - 1, EPOCH + 1]) expect(decide(of, { version: 0, epoch })).toBe(fenced);
    expect(decide(of, { version: 0, producerId: 99, epoch: 1 })).toBe('INVALID_PRODUCER_ID_MAPPING');
    expect(decide(transaction(state, true), { version: 0 })).toBe(concurrent);
    expect(decide(transaction(state, true), { version: 0, epoch: 1 })).toBe(fenced);
  });
});

it('an id that is not known has no transaction to end', () => {
  for (const version of [0, 2])
    expect(decide(undefined, { version })).toBe(kafkaErrorName(ErrorCode.INVALID_PRODUCER_ID_MAPPING));
});
