import type {
  AppendEffect,
  CoordinatorEffect,
  CoordinatorRecord,
  Instant,
} from '../../coordinator/state-machine.ts';
import type { ShareStateCall, ShareStateReplies, ShareStateReply } from '../state/share-state-calls.ts';
import { ShareStateMachine } from '../state/share-state-machine.ts';

export const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAKg';
export const GONE_TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAKw';

/** Runs a machine of share states by hand: an append is durable when the test says so. */
export class ShareMachineDriver {
  readonly machine: ShareStateMachine;
  /** Every record that became durable, in order. */
  readonly log: CoordinatorRecord[] = [];
  readonly replies = new Map<number, ShareStateReply>();
  /** Appends that are neither durable nor lost yet. */
  appends: AppendEffect[] = [];
  /** Are appends durable at once? */
  autoCommit = true;
  wallMs = 1_700_000_000_000;
  readonly #updatesPerSnapshot: number;
  #lastReplyId = 0;

  constructor(updatesPerSnapshot = 500, log: readonly CoordinatorRecord[] = []) {
    this.#updatesPerSnapshot = updatesPerSnapshot;
    this.machine = new ShareStateMachine({
      updatesPerSnapshot: () => updatesPerSnapshot,
      hasPartition: (topicId, partition) => topicId === TOPIC_ID && partition < 2,
    });
    for (const [offset, record] of log.entries()) this.machine.replay({ ...record, offset, producerId: -1 });
    this.log.push(...log);
  }

  get now(): Instant {
    return { wallMs: this.wallMs, monotonicMs: 0 };
  }

  start(call: ShareStateCall): number {
    const replyId = ++this.#lastReplyId;
    this.#take(this.machine.call(call, replyId, this.now));
    return replyId;
  }

  /** Makes a call that must be answered at once. */
  call<Call extends ShareStateCall>(call: Call): ShareStateReplies[Call['api']] {
    const reply = this.replies.get(this.start(call));
    if (reply === undefined) throw new Error(`${call.api} was not answered at once`);
    return reply as ShareStateReplies[Call['api']];
  }

  /** The oldest append becomes durable. */
  commitOne(): void {
    const { writeId, records } = this.appends.shift()!;
    this.log.push(...records);
    this.#take(this.machine.written(writeId));
  }

  /** Everything appended and not yet durable is lost, but for the oldest `kept`. */
  loseAppends(errorCode: number, kept = 0): void {
    const writeIds = this.appends.splice(kept).map(({ writeId }) => writeId);
    if (writeIds.length > 0) this.#take(this.machine.writeFailed(writeIds, errorCode));
  }

  /** Refused, while those before them are in the log and wait for replicas. */
  loseNewestAppends(errorCode: number): void {
    this.loseAppends(errorCode, Math.ceil(this.appends.length / 2));
  }

  /** A second machine that knows the log only. */
  restarted(): ShareMachineDriver {
    return new ShareMachineDriver(this.#updatesPerSnapshot, this.log);
  }

  #take(effects: readonly CoordinatorEffect<ShareStateReply>[]): void {
    for (const effect of effects) {
      if (effect.type === 'append') this.appends.push(effect);
      if (effect.type !== 'reply') continue;
      if (this.replies.has(effect.replyId)) throw new Error(`call ${effect.replyId} was answered twice`);
      this.replies.set(effect.replyId, effect.reply);
    }
    while (this.autoCommit && this.appends.length > 0) this.commitOne();
  }
}
