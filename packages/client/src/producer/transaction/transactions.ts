import { ErrorCode, KafkaError, MillraceError } from '@millrace/protocol';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Committer, OffsetToCommit } from '../../consumer/offsets/commit-offsets.ts';
import { partitionKey, type TopicPartition } from '../../consumer/topic-partition.ts';
import { TransactionFatalError, TransactionStateError } from '../../errors.ts';
import type { ProducerIdentity } from '../partition-sequencer.ts';
import { CoordinatorCalls, type TransactionalIdentity } from './coordinator-calls.ts';
import { transactionFailure } from './transaction-errors.ts';

/** What the producer is at. */
export type ProducerTransactionState =
  | 'uninitialized'
  | 'initializing'
  | 'ready'
  | 'in transaction'
  | 'committing'
  | 'aborting'
  /** Nothing but an abort helps. */
  | 'abortable error'
  /** Nothing helps. */
  | 'fatal error';

/** What transactions need of the part that sends batches. */
export interface BatchFlow {
  /** Resolves when every batch has an outcome. */
  flush(): Promise<void>;
  /** The same, but what is not on the wire fails instead of being sent. */
  discard(): Promise<void>;
  /** Something may be sent now that could not before. */
  wakeUp(): void;
  /** Fails what is not on the wire. */
  failQueued(error: Error): void;
  failAll(error: Error): void;
}

const TRANSACTION_VERSION = 'transaction.version';
/** From this level on the broker adds partitions itself, and every end raises the epoch (KIP-890). */
const EPOCH_BUMP_LEVEL = 2;

type Call = 'init' | 'sendOffsets' | 'commit' | 'abort';

/**
 * The transactions of one producer: its state, its identity, and which partitions belong to the transaction. One of the
 * methods that wait runs at a time, also where nobody waits for it any more.
 */
export class Transactions {
  readonly #cluster: Cluster;
  readonly #settings: TransactionalIdentity;
  readonly #calls: CoordinatorCalls;
  readonly #flow: BatchFlow;
  #state: ProducerTransactionState = 'uninitialized';
  #error: Error | undefined;
  #identity: ProducerIdentity | undefined;
  /** Does this transaction speak the second generation? Decided before it begins, where the epoch may still be raised. */
  #bumps = false;
  /** The coordinator may know of this transaction: it must be ended there. */
  #isStarted = false;
  /** A batch failed, so sequences have a gap: only a new epoch makes it meaningless. */
  #needsNewEpoch = false;
  readonly #added = new Set<string>();
  readonly #groups = new Set<string>();
  #wanted = new Map<string, TopicPartition>();
  #isAdding = false;
  #underWay: { readonly call: Call; readonly done: Promise<void> } | undefined;

  constructor(cluster: Cluster, settings: TransactionalIdentity, flow: BatchFlow) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#calls = new CoordinatorCalls(cluster, settings);
    this.#flow = flow;
  }

  get transactionalId(): string {
    return this.#settings.transactionalId;
  }

  get identity(): ProducerIdentity | undefined {
    return this.#identity;
  }

  /** Must requests keep to the versions of the first generation? */
  get isFirstGeneration(): boolean {
    return !this.#bumps;
  }

  /** @throws the error that the producer is in, or TransactionStateError outside of a transaction */
  assertOpen(call: string): void {
    this.#throwError();
    if (this.#state !== 'in transaction')
      throw new TransactionStateError(call, this.#state, 'in transaction');
  }

  init(): Promise<void> {
    return this.#oneAtATime('init', () => this.#init());
  }

  async #init(): Promise<void> {
    this.#throwFatal();
    this.#require('initTransactions', 'uninitialized', 'initializing');
    this.#state = 'initializing';
    this.#identity = await this.#coordinator(() => this.#calls.init(undefined));
    this.#bumps = this.#brokersBump();
    this.#state = 'ready';
  }

  begin(): void {
    this.#throwError();
    this.#require('beginTransaction', 'ready');
    this.#state = 'in transaction';
  }

  /** May a batch of the partition be written now? If not, it may when `wakeUp` was called. */
  mayWrite(partition: TopicPartition): boolean {
    if (this.#state !== 'in transaction' && this.#state !== 'committing') return false;
    if (this.#bumps) {
      this.#isStarted = true;
      return true;
    }
    const key = partitionKey(partition.topic, partition.partition);
    if (this.#added.has(key)) return true;
    this.#wanted.set(key, partition);
    if (!this.#isAdding) void this.#addWanted();
    return false;
  }

  /**
   * A batch of the transaction could not be written.
   * @param hadSequence It was numbered, so that the sequences of its partition have a gap now
   */
  batchFailed(error: Error, hadSequence: boolean): void {
    if (hadSequence && this.#state !== 'ready') this.#needsNewEpoch = true;
    if (this.#state === 'in transaction' || this.#state === 'committing') this.#fail(error, 'partition');
  }

  sendOffsets(offsets: readonly OffsetToCommit[], committer: Committer): Promise<void> {
    return this.#oneAtATime('sendOffsets', () => this.#sendOffsets(offsets, committer));
  }

  async #sendOffsets(offsets: readonly OffsetToCommit[], committer: Committer): Promise<void> {
    this.assertOpen('sendOffsets');
    const identity = this.#identity!;
    try {
      this.#isStarted = true;
      if (!this.#bumps && !this.#groups.has(committer.groupId)) {
        await this.#calls.addOffsets(identity, committer.groupId);
        this.#groups.add(committer.groupId);
      }
      await this.#calls.commitOffsets(identity, offsets, committer, this.#bumps);
    } catch (error) {
      throw this.#fail(error as Error, 'coordinator');
    }
  }

  /** After a TimeoutError the call may be repeated: it goes on where it was. */
  commit(): Promise<void> {
    return this.#oneAtATime('commit', () => this.#commit());
  }

  async #commit(): Promise<void> {
    this.#throwError();
    this.#require('commitTransaction', 'in transaction', 'committing');
    this.#state = 'committing';
    await this.#flow.flush();
    this.#throwError();
    await this.#end(true);
  }

  /** As `commit`. */
  abort(): Promise<void> {
    return this.#oneAtATime('abort', () => this.#abort());
  }

  async #abort(): Promise<void> {
    this.#throwFatal();
    this.#require('abortTransaction', 'in transaction', 'abortable error', 'aborting');
    this.#state = 'aborting';
    this.#error = undefined;
    await this.#flow.discard();
    await this.#end(false);
  }

  /**
   * 1. Somebody stops waiting for a commit, which is tried again in a while. 2. The commit is repeated, and the next
   * transaction begins. 3. The commit of 1 is done, or sent again: the next transaction ends by it, unfinished.
   *
   * So a repeated call is the one that is under way, and other calls wait for that.
   */
  #oneAtATime(call: Call, run: () => Promise<void>): Promise<void> {
    const before = this.#underWay;
    if (before?.call === call && call !== 'sendOffsets') return before.done;
    const done = before === undefined ? run() : before.done.then(run, run);
    const current = { call, done };
    this.#underWay = current;
    const over = (): void => {
      if (this.#underWay === current) this.#underWay = undefined;
    };
    done.then(over, over);
    return done;
  }

  /**
   * 1. A transaction of the first generation is ended, and its end is answered before its markers are written. 2. Brokers
   * are known to add partitions themselves from now on. 3. The next transaction writes to a partition in the same epoch;
   * the marker of 1 is not there, so the partition has a transaction under way and asks nobody. 4. The marker arrives and
   * decides about both.
   *
   * A new epoch before 3 is given out only when the markers of 1 are written, as Java's producer has it.
   */
  async #end(isCommit: boolean): Promise<void> {
    if (this.#isStarted) {
      this.#identity = await this.#coordinator(() => this.#endOnce(isCommit));
      // A call that runs out of time below goes on there: in an epoch that is over, the end would be that of a zombie.
      this.#isStarted = false;
      if (this.#bumps) this.#needsNewEpoch = false;
    }
    const willBump = this.#brokersBump();
    if (this.#needsNewEpoch || (willBump && !this.#bumps)) {
      this.#identity = await this.#coordinator(() => this.#calls.init(this.#identity));
    }
    this.#bumps = willBump;
    this.#needsNewEpoch = false;
    this.#added.clear();
    this.#groups.clear();
    this.#wanted.clear();
    this.#state = 'ready';
  }

  #brokersBump(): boolean {
    return (this.#cluster.feature(TRANSACTION_VERSION)?.maxLevel ?? 0) >= EPOCH_BUMP_LEVEL;
  }

  async #endOnce(isCommit: boolean): Promise<ProducerIdentity> {
    const identity = this.#identity!;
    try {
      return await this.#calls.end(identity, isCommit, this.#bumps);
    } catch (error) {
      // Whether the first partition was added is not known; if not, there is nothing to abort.
      const isNothing = error instanceof KafkaError && error.errorCode === ErrorCode.INVALID_TXN_STATE;
      if (!isCommit && !this.#bumps && isNothing) return identity;
      throw error;
    }
  }

  async #addWanted(): Promise<void> {
    this.#isAdding = true;
    try {
      // All partitions of this turn go in one request.
      while (await this.#takesMore()) {
        const partitions = this.#wanted;
        this.#wanted = new Map();
        await this.#calls.addPartitions(this.#identity!, [...partitions.values()]);
        for (const key of partitions.keys()) this.#added.add(key);
        this.#flow.wakeUp();
      }
    } catch (error) {
      this.#fail(error as Error, 'coordinator');
    } finally {
      this.#isAdding = false;
    }
  }

  async #takesMore(): Promise<boolean> {
    await Promise.resolve();
    const isOpen = this.#state === 'in transaction' || this.#state === 'committing';
    if (!isOpen || this.#wanted.size === 0) return false;
    this.#isStarted = true;
    return true;
  }

  /** A call that leaves the state as it is when it ran out of time, so that it may be repeated. */
  async #coordinator<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof MillraceError && error.retriable) throw error;
      throw this.#fail(error as Error, 'coordinator');
    }
  }

  #fail(error: Error, from: 'coordinator' | 'partition'): Error {
    if (this.#state === 'fatal error') return this.#error!;
    if (this.#cluster.isClosed) return error;
    const failure = transactionFailure(error, from);
    const isFatal = failure instanceof TransactionFatalError || this.#identity === undefined;
    this.#state = isFatal ? 'fatal error' : 'abortable error';
    this.#error ??= failure;
    if (isFatal) {
      this.#error = failure;
      this.#flow.failAll(failure);
    } else {
      // What is on the wire keeps its chance: the end of the transaction waits for its answer.
      this.#flow.failQueued(failure);
    }
    return failure;
  }

  #require(call: string, ...states: readonly ProducerTransactionState[]): void {
    if (!states.includes(this.#state)) throw new TransactionStateError(call, this.#state, states[0]!);
  }

  #throwError(): void {
    if (this.#error !== undefined) throw this.#error;
  }

  #throwFatal(): void {
    if (this.#state === 'fatal error') throw this.#error!;
  }
}
