import type { LogFields } from '@millrace/host';

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
  /** -1 when the batch has no producer. */
  readonly producerId: number;
}

/** What a state machine wants done. Plain data: the runtime performs it. */
export type CoordinatorEffect<Reply> = ReplyEffect<Reply> | AppendEffect | LogEffect;

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
  /** Land in one batch, so that they become durable together. Never empty. */
  readonly records: readonly CoordinatorRecord[];
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
 * timer or promise inside. Groups today; transactions and share groups are machines of the same shape.
 *
 * The contract that lets replay equal live state: what an append says is applied to memory in the same step, the reply
 * that depends on it waits for `written`, and `writeFailed` takes all of it back.
 */
export interface CoordinatorStateMachine<Call, Reply> {
  /** Loading: one record of the log, oldest first. No event comes before the last of them. */
  replay(record: ReplayedRecord): void;
  /** Loading is over; timers start. */
  loaded(now: Instant): readonly CoordinatorEffect<Reply>[];
  call(call: Call, replyId: number, now: Instant): readonly CoordinatorEffect<Reply>[];
  /** The append is durable. Comes in the order of the ids. */
  written(writeId: number, now: Instant): readonly CoordinatorEffect<Reply>[];
  /** These appends, ascending and including every one that is still open, are lost: take them back. */
  writeFailed(
    writeIds: readonly number[],
    errorCode: number,
    now: Instant,
  ): readonly CoordinatorEffect<Reply>[];
  /** Handles every deadline that has passed. */
  expire(now: Instant): readonly CoordinatorEffect<Reply>[];
  /** The monotonic time `expire` is wanted at, or earlier; `undefined` when nothing waits. */
  nextDeadlineMs(): number | undefined;
  /** The partition is no longer coordinated here: answers everything that waits. Nothing comes after it. */
  unload(errorCode: number): readonly CoordinatorEffect<Reply>[];
  /** The answer to a call that cannot be handed to the machine, for example while it is loading. */
  refuse(call: Call, errorCode: number): Reply;
}
