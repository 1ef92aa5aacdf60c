import type { GroupCall, GroupReplies, GroupReply } from '../group-calls.ts';
import type { GroupProperties } from '../group-properties.ts';
import type { GroupClusterImage, GroupEvent } from '../group-shard.ts';
import { GroupStateMachine } from '../group-state-machine.ts';
import type {
  AppendEffect,
  CoordinatorEffect,
  CoordinatorRecord,
  Instant,
} from '../../coordinator/state-machine.ts';
import { emptyImage } from '../../metadata/image-builder.ts';
import { testGroupProperties } from './test-group-properties.ts';

/** Wall time at the start: 2023-11-14T22:13:20Z. The monotonic clock starts at another origin, so that no code mixes them. */
const START_WALL_MS = 1_700_000_000_000;
const START_MONOTONIC_MS = 5000;

/**
 * Runs a group state machine on plain numbers: time stands still until `advance`, and an append is durable when the
 * test says so. What the runtime does with promises and timers is done by hand here.
 */
export class GroupDriver {
  readonly machine: GroupStateMachine;
  readonly properties: GroupProperties;
  /** The cluster as the groups see it; may be replaced at any time. */
  image: GroupClusterImage;
  /** Every record that became durable, in order. */
  readonly log: CoordinatorRecord[] = [];
  /** Replies by the id of the call. */
  readonly replies = new Map<number, GroupReply>();
  /** Appends that are neither durable nor lost yet. */
  appends: AppendEffect[] = [];
  /** Are appends durable at once? */
  autoCommit = true;
  /** What the rest of the broker was told. */
  readonly events: GroupEvent[] = [];
  elapsedMs: number;
  #lastReplyId = 0;

  constructor(
    properties: Partial<GroupProperties> = {},
    log: readonly CoordinatorRecord[] = [],
    elapsedMs = 0,
    image: GroupClusterImage = emptyImage,
  ) {
    this.image = image;
    this.elapsedMs = elapsedMs;
    this.properties = { ...testGroupProperties, ...properties };
    this.machine = new GroupStateMachine(
      () => this.properties,
      () => this.image,
    );
    for (const [offset, record] of log.entries()) this.machine.replay({ ...record, offset, producerId: -1 });
    this.log.push(...log);
    this.#take(this.machine.loaded(this.now));
  }

  get now(): Instant {
    return { wallMs: START_WALL_MS + this.elapsedMs, monotonicMs: START_MONOTONIC_MS + this.elapsedMs };
  }

  /** How many calls were started; their ids are 1 to this. */
  get callCount(): number {
    return this.#lastReplyId;
  }

  /** Starts a call. @returns its id, for `reply`. */
  start(call: GroupCall): number {
    const replyId = ++this.#lastReplyId;
    this.#take(this.machine.call(call, replyId, this.now));
    return replyId;
  }

  /** Makes a call that must be answered at once. */
  call<Call extends GroupCall>(call: Call): GroupReplies[Call['api']] {
    const reply = this.reply(this.start(call));
    if (reply === undefined) throw new Error(`${call.api} was not answered at once`);
    return reply as GroupReplies[Call['api']];
  }

  /** The reply to a call, `undefined` while it waits. */
  reply(replyId: number): GroupReply | undefined {
    return this.replies.get(replyId);
  }

  /** Lets time pass, through every deadline on the way. */
  advance(byMs: number): void {
    const end = this.elapsedMs + byMs;
    for (;;) {
      const dueMs = (this.machine.nextDeadlineMs() ?? Infinity) - START_MONOTONIC_MS;
      if (dueMs > end) break;
      this.elapsedMs = Math.max(this.elapsedMs, dueMs);
      this.#take(this.machine.expire(this.now));
    }
    this.elapsedMs = end;
  }

  /** Everything appended so far becomes durable. */
  commit(): void {
    while (this.appends.length > 0) {
      const { writeId, records } = this.appends.shift()!;
      this.log.push(...records);
      this.#take(this.machine.written(writeId, this.now));
    }
  }

  /** Everything appended and not yet durable is lost, but for the oldest `kept`. */
  loseAppends(errorCode: number, kept = 0): void {
    const writeIds = this.appends.splice(kept).map(({ writeId }) => writeId);
    this.#take(this.machine.writeFailed(writeIds, errorCode, this.now));
  }

  /** Refused, while those before them are in the log and wait for replicas. */
  loseNewestAppends(errorCode: number): void {
    this.loseAppends(errorCode, Math.ceil(this.appends.length / 2));
  }

  unload(errorCode: number): void {
    this.#take(this.machine.unload(errorCode));
  }

  /** A second machine that knows the log only. */
  restarted(): GroupDriver {
    return new GroupDriver(this.properties, this.log, this.elapsedMs, this.image);
  }

  #take(effects: readonly CoordinatorEffect<GroupReply, GroupEvent>[]): void {
    for (const effect of effects) {
      if (effect.type === 'request') this.events.push(effect.request);
      if (effect.type === 'log' || effect.type === 'request') continue;
      if (effect.type === 'append') {
        this.appends.push(effect);
        continue;
      }
      if (this.replies.has(effect.replyId)) throw new Error(`call ${effect.replyId} was answered twice`);
      this.replies.set(effect.replyId, effect.reply);
    }
    if (this.autoCommit) this.commit();
  }
}
