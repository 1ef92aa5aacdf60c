import { ErrorCode } from '@millrace/protocol';
import { invariant } from '../coordinator/invariant.ts';
import type {
  CoordinatorEffect,
  CoordinatorStateMachine,
  Instant,
  ReplayedRecord,
} from '../coordinator/state-machine.ts';
import { addPartitionsToTransaction, addWaiting, verifyPartitions } from './add-partitions.ts';
import { complete, onCompletionLost, onMarkersWritten, startCompletion } from './complete-transaction.ts';
import { describeTransaction, listTransactions } from './describe-transactions.ts';
import { endTransaction } from './end-transaction.ts';
import { initProducer } from './init-producer.ts';
import type { MarkerRequest, TransactionCall, TransactionReply } from './transaction-calls.ts';
import { abortTimedOut, removeExpired, scheduleExpiry, scheduleTimeouts } from './transaction-expiry.ts';
import { NO_PRODUCER_EPOCH } from './transaction-metadata.ts';
import { decodeTransactionRecord } from './transaction-records.ts';
import { refuseTransactionCall } from './transaction-refusal.ts';
import {
  TransactionShard,
  type PendingChange,
  type Transaction,
  type TransactionTimer,
} from './transaction-shard.ts';
import { isPrepared } from './transaction-state.ts';

type Effects = readonly CoordinatorEffect<TransactionReply, MarkerRequest>[];

/**
 * The transactional ids of one `__transaction_state` partition, as a pure machine. A change is pending until its record
 * is durable, and while it is, further changes of the same id are told to come back; so nothing is ever taken back.
 */
export class TransactionStateMachine implements CoordinatorStateMachine<
  TransactionCall,
  TransactionReply,
  MarkerRequest
> {
  /** Open for tests and for the replay check; changed by steps only. */
  readonly shard: TransactionShard;

  constructor(options: ConstructorParameters<typeof TransactionShard>[0]) {
    this.shard = new TransactionShard(options);
  }

  replay(record: ReplayedRecord): void {
    const decoded = decodeTransactionRecord(record);
    if (decoded === undefined) return;
    const { transactionalId: id, metadata } = decoded;
    if (metadata === null) this.shard.transactions.delete(id);
    else this.shard.transactions.set(id, { id, metadata, pending: undefined });
  }

  /** This topic is not written in transactions. */
  replayMarker(): void {}

  loaded(now: Instant): Effects {
    return this.#step(now, () => {
      scheduleTimeouts(this.shard);
      scheduleExpiry(this.shard);
      for (const transaction of this.shard.transactions.values()) {
        if (isPrepared(transaction.metadata.state)) startCompletion(this.shard, transaction);
      }
    });
  }

  call(call: TransactionCall, replyId: number, now: Instant): Effects {
    return this.#step(now, () => this.#dispatch(call, replyId));
  }

  written(writeId: number, now: Instant): Effects {
    return this.#step(now, () => this.#onWritten(this.#takeChange(writeId)));
  }

  writeFailed(writeIds: readonly number[], errorCode: number, now: Instant): Effects {
    return this.#step(now, () => {
      for (const writeId of writeIds) this.#onLost(this.#takeChange(writeId), errorCode);
    });
  }

  expire(now: Instant): Effects {
    return this.#step(now, () => {
      for (;;) {
        const timer = this.shard.deadlines.popDue(now.monotonicMs);
        if (timer === undefined) return;
        this.#onTimer(timer);
      }
    });
  }

  nextDeadlineMs(): number | undefined {
    return this.shard.deadlines.nextMs();
  }

  unload(errorCode: number): Effects {
    return this.#step(this.shard.now, () => {
      const { shard } = this;
      for (const writeId of shard.changes.keys()) this.#onLost(this.#takeChange(writeId), errorCode);
      shard.deadlines.clear();
      shard.transactions.clear();
    });
  }

  refuse(call: TransactionCall, errorCode: number): TransactionReply {
    return refuseTransactionCall(call, errorCode);
  }

  #step(now: Instant, step: () => void): Effects {
    this.shard.now = now;
    step();
    return this.shard.takeEffects();
  }

  #dispatch(call: TransactionCall, replyId: number): void {
    const { shard } = this;
    switch (call.api) {
      case 'init':
        return initProducer(shard, call, replyId);
      case 'add':
        return addPartitionsToTransaction(shard, call, replyId);
      case 'verify':
        return shard.reply(replyId, verifyPartitions(shard, call));
      case 'end':
        return endTransaction(shard, call, replyId);
      case 'markersWritten':
        return onMarkersWritten(shard, call, replyId);
      case 'describe':
        return shard.reply(replyId, describeTransaction(shard, call.transactionalId));
      case 'list':
        return shard.reply(replyId, listTransactions(shard, call));
    }
  }

  #onTimer(timer: TransactionTimer): void {
    switch (timer.type) {
      case 'timeouts':
        return abortTimedOut(this.shard);
      case 'expiry':
        return removeExpired(this.shard);
      case 'complete': {
        const transaction = this.shard.transactions.get(timer.transactionalId);
        if (transaction !== undefined) complete(this.shard, transaction);
      }
    }
  }

  #takeChange(writeId: number): PendingChange {
    const change = this.shard.changes.get(writeId);
    invariant(change !== undefined, `append ${writeId} ended twice or never began`);
    this.shard.changes.delete(writeId);
    return change;
  }

  #onWritten({ transaction, outcome }: PendingChange): void {
    const { shard } = this;
    apply(shard, transaction);
    switch (outcome.type) {
      case 'reply':
        shard.reply(outcome.replyId, outcome.reply);
        break;
      case 'added':
        for (const { replyId } of outcome.adds) shard.reply(replyId, { errorCode: ErrorCode.NONE });
        addWaiting(shard, transaction);
        break;
      case 'prepared':
        startCompletion(shard, transaction);
        if (outcome.ended !== undefined) shard.reply(outcome.ended.replyId, outcome.ended.reply);
        break;
      case 'completed':
      case 'removed':
        break;
    }
  }

  #onLost({ transaction, outcome }: PendingChange, errorCode: number): void {
    const { shard } = this;
    if (outcome.type === 'completed') {
      // What is decided stays so, and so does the pending state.
      onCompletionLost(shard, transaction);
      return;
    }
    transaction.pending = undefined;
    // Its first record: there is no such id after all.
    if (transaction.metadata.producerEpoch === NO_PRODUCER_EPOCH) shard.transactions.delete(transaction.id);
    if (outcome.type === 'added') {
      for (const { replyId } of [...outcome.adds, ...shard.takeAdds(transaction)])
        shard.reply(replyId, { errorCode });
      return;
    }
    const ended =
      outcome.type === 'prepared' ? outcome.ended : outcome.type === 'reply' ? outcome : undefined;
    if (ended !== undefined) shard.reply(ended.replyId, refuseTransactionCall(ended.call, errorCode));
  }
}

/** The record is durable: what was pending is what is. */
function apply(shard: TransactionShard, transaction: Transaction): void {
  const { pending } = transaction;
  invariant(pending !== undefined, `transaction ${transaction.id} changed without a change`);
  transaction.pending = undefined;
  if (pending === null) shard.transactions.delete(transaction.id);
  else transaction.metadata = pending;
}
