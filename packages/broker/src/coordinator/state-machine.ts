import type { LogFields } from '@millrace/host';
import type { VerificationGuard } from '../partitions/verification-guard.ts';

/**
 * The moment at which an event happens. Stamps that are stored or shown come from the wall clock; deadlines from the
 * monotonic one, so that a clock that is set does not expire every session.
 */
export interface Instant {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** A record of an internal topic to be written; `value` null is a tombstone. */
export interface CoordinatorRecord {
  readonly key: Buffer;
  readonly value: Buffer | null;
}

/** A record of an internal topic as the log has it. */
export interface ReplayedRecord extends CoordinatorRecord {
  readonly offset: number;
  /** Of the transaction that the record is part of; -1 when it is in none. */
  readonly producerId: number;
}

/** The end of a transaction, as the log has it. */
export interface ReplayedMarker {
  readonly producerId: number;
  readonly isCommit: boolean;
}

/** What a state machine wants done. Plain data: the runtime performs it. */
export type CoordinatorEffect<Reply, Request = never> =
  | ReplyEffect<Reply>
  | AppendEffect
  | LogEffect
  | RequestEffect<Request>;

export interface ReplyEffect<Reply> {
  readonly type: 'reply';
  /** Of the call that is answered. Each is answered exactly once. */
  readonly replyId: number;
  readonly reply: Reply;
}

export interface AppendEffect {
  readonly type: 'append';
  /** Rises with every append; `written` or `writeFailed` comes back with it. */
  readonly writeId: number;
  /** Land in one batch, so that they become durable together. Empty for a marker only. */
  readonly records: readonly CoordinatorRecord[];
  /** Default: a plain batch, which appends share. */
  readonly frame?: AppendFrame;
}

/** A batch of its own for an append. */
export type AppendFrame = TransactionalFrame | MarkerFrame;

/** The records are part of a client's transaction. */
export interface TransactionalFrame {
  readonly type: 'transactional';
  readonly producerId: number;
  readonly producerEpoch: number;
  /** That the transaction coordinator knows of it; not needed where the transaction has records already. */
  readonly verification: VerificationGuard | undefined;
}

/** The batch is the end of a client's transaction. */
export interface MarkerFrame {
  readonly type: 'marker';
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly isCommit: boolean;
  /** Level of `transaction.version` the end was decided by. */
  readonly transactionVersion: number;
}

/** Something to be done elsewhere; its result comes back as a call. */
export interface RequestEffect<Request> {
  readonly type: 'request';
  readonly request: Request;
}

/** Something an operator may want to read; level info. */
export interface LogEffect {
  readonly type: 'log';
  /** Constant text; what varies goes into `fields`. */
  readonly message: string;
  readonly fields: LogFields;
}

/**
 * The state that one partition of an internal topic holds, as a pure machine: (state, event) -> effects. No I/O, clock,
 * timer or promise inside. Groups and transactions are machines of this shape.
 *
 * The contract that lets replay equal live state: what an append says is applied to memory in the same step, the reply
 * that depends on it waits for `written`, and `writeFailed` takes all of it back.
 */
export interface CoordinatorStateMachine<Call, Reply, Request = never> {
  /** Loading: one record of the log, oldest first. No event comes before the last of them. */
  replay(record: ReplayedRecord): void;
  /** Loading: the end of a transaction, in its place among the records. */
  replayMarker(marker: ReplayedMarker): void;
  /** Loading is over; timers start. */
  loaded(now: Instant): readonly CoordinatorEffect<Reply, Request>[];
  call(call: Call, replyId: number, now: Instant): readonly CoordinatorEffect<Reply, Request>[];
  /** The append is durable. Comes in the order of the ids. */
  written(writeId: number, now: Instant): readonly CoordinatorEffect<Reply, Request>[];
  /** These appends, ascending and to the newest one, are lost: take them back. Earlier ones may still be open. */
  writeFailed(
    writeIds: readonly number[],
    errorCode: number,
    now: Instant,
  ): readonly CoordinatorEffect<Reply, Request>[];
  /** Handles every deadline that has passed. */
  expire(now: Instant): readonly CoordinatorEffect<Reply, Request>[];
  /** The monotonic time `expire` is wanted at, or earlier; `undefined` when nothing waits. */
  nextDeadlineMs(): number | undefined;
  /** The partition is no longer coordinated here: answers everything that waits. Nothing comes after it. */
  unload(errorCode: number): readonly CoordinatorEffect<Reply, Request>[];
  /** The answer to a call that cannot be handed to the machine, for example while it is loading. */
  refuse(call: Call, errorCode: number): Reply;
}
