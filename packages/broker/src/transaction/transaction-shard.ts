import type { LogFields } from '@millrace/host';
import { DeadlineQueue } from '../coordinator/deadline-queue.ts';
import { invariant } from '../coordinator/invariant.ts';
import type { CoordinatorEffect, Instant } from '../coordinator/state-machine.ts';
import type {
  AddPartitionsCall,
  MarkerRequest,
  TransactionCall,
  TransactionReply,
} from './transaction-calls.ts';
import type { TransactionMetadata } from './transaction-metadata.ts';
import type { TransactionProperties } from './transaction-properties.ts';
import { encodeTransactionRecord } from './transaction-records.ts';

/** One transactional id. */
export interface Transaction {
  readonly id: string;
  /** What the log says. */
  metadata: TransactionMetadata;
  /**
   * What it will be when a record is written, or when markers are; null when the id goes. Whoever asks for another
   * change meanwhile is told to come back.
   */
  pending: TransactionMetadata | null | undefined;
}

/** What follows when the record of a change is durable, or lost. */
export type TransactionOutcome =
  /** Sends the reply, or the error of the append. */
  | {
      readonly type: 'reply';
      readonly replyId: number;
      readonly call: TransactionCall;
      readonly reply: TransactionReply;
    }
  /** The partitions of these calls are part of the transaction. */
  | { readonly type: 'added'; readonly adds: readonly WaitingAdd[] }
  /** A transaction is decided: markers go out. */
  | { readonly type: 'prepared'; readonly ended?: EndedReply }
  | { readonly type: 'completed' }
  | { readonly type: 'removed' };

/** An addition of partitions, and whom to tell. */
export interface WaitingAdd {
  readonly call: AddPartitionsCall;
  readonly replyId: number;
}

/** The call that decided a transaction, and its reply; nobody's where a timeout did. */
export interface EndedReply {
  readonly replyId: number;
  readonly call: TransactionCall;
  readonly reply: TransactionReply;
}

export interface PendingChange {
  readonly transaction: Transaction;
  readonly outcome: TransactionOutcome;
}

/** What happens when its time has come. */
export type TransactionTimer =
  | { readonly type: 'timeouts' | 'expiry' }
  | { readonly type: 'complete'; readonly transactionalId: string };

type Effect = CoordinatorEffect<TransactionReply, MarkerRequest>;

/** The state of one `__transaction_state` partition while a step runs on it, and what a step can do. */
export class TransactionShard {
  readonly transactions = new Map<string, Transaction>();
  readonly deadlines = new DeadlineQueue<TransactionTimer>();
  readonly changes = new Map<number, PendingChange>();
  /** The moment of the step. */
  now: Instant = { wallMs: 0, monotonicMs: 0 };
  readonly #coordinatorEpoch: () => number;
  readonly #properties: () => TransactionProperties;
  readonly #transactionVersion: () => number;
  readonly #waitingAdds = new Map<Transaction, WaitingAdd[]>();
  #effects: Effect[] = [];
  #lastWriteId = 0;

  constructor(options: {
    /** Leader epoch of the partition: partitions refuse markers of an earlier coordinator. */
    readonly coordinatorEpoch: () => number;
    readonly properties: () => TransactionProperties;
    /** Finalized level of `transaction.version`. */
    readonly transactionVersion: () => number;
  }) {
    this.#coordinatorEpoch = options.coordinatorEpoch;
    this.#properties = options.properties;
    this.#transactionVersion = options.transactionVersion;
  }

  get properties(): TransactionProperties {
    return this.#properties();
  }

  get coordinatorEpoch(): number {
    return this.#coordinatorEpoch();
  }

  get transactionVersion(): number {
    return this.#transactionVersion();
  }

  reply(replyId: number, reply: TransactionReply): void {
    this.#effects.push({ type: 'reply', replyId, reply });
  }

  log(message: string, fields: LogFields): void {
    this.#effects.push({ type: 'log', message, fields });
  }

  sendMarkers(request: MarkerRequest): void {
    this.#effects.push({ type: 'request', request });
  }

  /** Writes what a transaction is to become; null removes it. It changes when the record is durable. */
  write(transaction: Transaction, next: TransactionMetadata | null, outcome: TransactionOutcome): void {
    invariant(
      transaction.pending === undefined || transaction.pending === next,
      `transaction ${transaction.id} changes while it changes`,
    );
    transaction.pending = next;
    const writeId = ++this.#lastWriteId;
    this.changes.set(writeId, { transaction, outcome });
    const record = encodeTransactionRecord(
      { transactionalId: transaction.id, metadata: next },
      this.transactionVersion,
    );
    this.#effects.push({ type: 'append', writeId, records: [record] });
  }

  /** Keeps an addition until the one that is being written is durable, or lost. */
  holdAdd(transaction: Transaction, add: WaitingAdd): void {
    const waiting = this.#waitingAdds.get(transaction);
    if (waiting === undefined) this.#waitingAdds.set(transaction, [add]);
    else waiting.push(add);
  }

  takeAdds(transaction: Transaction): readonly WaitingAdd[] {
    const waiting = this.#waitingAdds.get(transaction) ?? [];
    this.#waitingAdds.delete(transaction);
    return waiting;
  }

  setTimer(key: string, delayMs: number, timer: TransactionTimer): void {
    this.deadlines.set(key, this.now.monotonicMs + delayMs, timer);
  }

  /** Ends a step: what it wants done. */
  takeEffects(): readonly Effect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }
}
