import type { Host, Logger, Timer } from '@millrace/host';
import {
  buildBatch,
  endTxnMarker,
  ErrorCode,
  KafkaError,
  type BuildBatchOptions,
  type CompressionType,
} from '@millrace/protocol';
import {
  COORDINATOR_CLOSE_TIMEOUT_MS,
  MAX_COORDINATOR_BATCH_BYTES,
  MAX_OPEN_APPENDS,
} from './coordinator-limits.ts';
import { appendErrorForClient } from './append-error.ts';
import { AppendInDoubtError } from './append-in-doubt-error.ts';
import type { CoordinatorLog } from './coordinator-log.ts';
import { LateReplies } from './late-replies.ts';
import { replayLog } from './replay-log.ts';
import type {
  AppendEffect,
  AppendFrame,
  CoordinatorEffect,
  CoordinatorStateMachine,
  Instant,
} from './state-machine.ts';

export interface CoordinatorRuntimeOptions<Call, Reply, Request = never> {
  readonly host: Host;
  readonly logger: Logger;
  /** For log lines, for example `__consumer_offsets-12`. */
  readonly name: string;
  readonly log: CoordinatorLog;
  readonly machine: CoordinatorStateMachine<Call, Reply, Request>;
  /** Does what the machine wants done elsewhere; the result comes back by `callWhenLoaded`. */
  readonly onRequest?: (request: Request) => void;
  /**
   * The state was dropped, since an append may or may not last. Whoever owns the partition loads it again, into another
   * runtime, unless it is led elsewhere.
   */
  readonly onInDoubt?: () => void;
  /** Codec of the batches, asked for each. Default 'none'. */
  readonly compression?: () => CompressionType;
  /** Bounds how long calls wait for their records to be written. Default: they wait for as long as it takes. */
  readonly writeTimeout?: {
    readonly timeoutMs: () => number;
    /** Whether a reply that does not come at once waits for a write, and not for somebody else. */
    readonly holdsFor: (call: Call) => boolean;
  };
}

/** The writes of one batch. */
interface OpenAppend {
  readonly writes: readonly AppendEffect[];
  isDurable: boolean;
}

/** A call whose reply has yet to come. */
interface WaitingCall<Call, Reply> {
  readonly call: Call;
  readonly resolve: (reply: Reply) => void;
}

export type CoordinatorAvailability = 'loading' | 'failed' | 'available';

/** What the runtime is at: `failed` is final, the partition could not be read. */
type RuntimeState = 'loading' | 'active' | 'failed' | 'closing' | 'closed';

/**
 * Runs the state machine of one partition of an internal topic: hands it calls and the time, appends what it wants
 * appended, keeps replies until they may go.
 *
 * One append at a time is on its way into the log; what gathers meanwhile leaves as the next batch. So a busy partition
 * batches by itself, an idle one does not wait, and a refused append is known before anything is written that was computed
 * from it. Those that are in the log wait for their replicas side by side.
 */
export class CoordinatorRuntime<Call, Reply, Request = never> {
  readonly #host: Host;
  readonly #logger: Logger;
  readonly #name: string;
  readonly #log: CoordinatorLog;
  readonly #machine: CoordinatorStateMachine<Call, Reply, Request>;
  readonly #onRequest: ((request: Request) => void) | undefined;
  readonly #onInDoubt: (() => void) | undefined;
  readonly #compression: () => CompressionType;
  readonly #isTimed: (call: Call) => boolean;
  readonly #late: LateReplies<Call>;
  readonly #waiting = new Map<number, WaitingCall<Call, Reply>>();
  readonly #afterLoad: Call[] = [];
  #state: RuntimeState = 'loading';
  #lastReplyId = 0;
  /** The reply to the call that is being made right now, if it came at once. */
  #immediate: { readonly replyId: number; reply: Reply | undefined } | undefined;
  #queue: AppendEffect[] = [];
  /** Is an append on its way into the log? */
  #isAppending = false;
  /** Appends under way, in the log or not, oldest first. */
  readonly #open: OpenAppend[] = [];
  #timer: Timer | undefined;
  #timerDueMs = Infinity;
  #onIdle: (() => void) | undefined;

  constructor(options: CoordinatorRuntimeOptions<Call, Reply, Request>) {
    const { host, logger, name, log, machine, onRequest, onInDoubt, compression, writeTimeout } = options;
    this.#host = host;
    this.#logger = logger;
    this.#name = name;
    this.#log = log;
    this.#machine = machine;
    this.#onRequest = onRequest;
    this.#onInDoubt = onInDoubt;
    this.#compression = compression ?? (() => 'none');
    this.#isTimed = writeTimeout?.holdsFor ?? (() => false);
    this.#late = new LateReplies(host, writeTimeout?.timeoutMs ?? (() => Infinity), (replyId, call) =>
      this.#replyLate(replyId, call),
    );
  }

  /** What there is to say about it from outside: calls are refused while it is loading, and after that has failed. */
  get availability(): CoordinatorAvailability {
    if (this.#state === 'loading' || this.#state === 'failed') return this.#state;
    return 'available';
  }

  /**
   * Replays the log. Never rejects: a partition that cannot be read refuses its calls. A load that is overtaken, because
   * the partition is led elsewhere or anew, stops where it is.
   */
  async load(): Promise<void> {
    const startMs = this.#host.clock.monotonicMs();
    try {
      const records = await replayLog(this.#log, this.#machine, () => this.#state === 'loading');
      if (this.#state !== 'loading') return;
      this.#state = 'active';
      this.#perform(this.#machine.loaded(this.#now()));
      for (const call of this.#afterLoad.splice(0)) this.callWhenLoaded(call);
      const elapsedMs = Math.round(this.#host.clock.monotonicMs() - startMs);
      if (records > 0) this.#logger.info('Coordinator loaded', { partition: this.#name, records, elapsedMs });
    } catch (cause) {
      if (this.#state !== 'loading') return;
      this.#state = 'failed';
      if (cause instanceof KafkaError && cause.code === 'NOT_LEADER_OR_FOLLOWER') return;
      this.#logger.error('Coordinator could not be loaded', { partition: this.#name, cause });
    }
  }

  /** Makes a call. The reply comes without a promise when the machine has it at once. */
  call(call: Call): Reply | Promise<Reply> {
    const refusal = this.#refusal();
    if (refusal !== undefined) return this.#machine.refuse(call, refusal);
    const replyId = ++this.#lastReplyId;
    const immediate = { replyId, reply: undefined as Reply | undefined };
    this.#immediate = immediate;
    try {
      this.#perform(this.#machine.call(call, replyId, this.#now()));
    } finally {
      this.#immediate = undefined;
    }
    if (immediate.reply !== undefined) return immediate.reply;
    if (this.#isTimed(call)) this.#late.watch(replyId, call);
    return new Promise((resolve) => this.#waiting.set(replyId, { call, resolve }));
  }

  /** Makes a call whose reply nobody waits for, after loading if need be. */
  callWhenLoaded(call: Call): void {
    if (this.#state === 'loading') this.#afterLoad.push(call);
    else void this.call(call);
  }

  /** Drops the state; whoever waits is refused with `errorCode`. Appends under way end unseen. */
  unload(errorCode: number): void {
    if (this.#state === 'closed') return;
    const wasLoaded = this.#state === 'active' || this.#state === 'closing';
    this.#state = 'closed';
    this.#timer?.cancel();
    // Not with what the machine knows: somebody else may have answered for longer than this node knows of.
    for (const [replyId, { call }] of this.#waiting)
      this.#resolve(replyId, this.#machine.refuse(call, errorCode));
    if (wasLoaded) this.#performReplies(this.#machine.unload(errorCode));
    this.#late.stop();
    this.#queue = [];
    this.#onIdle?.();
  }

  /** Takes no more calls, waits for appends (not for ever), then unloads. */
  async close(): Promise<void> {
    if (this.#state === 'active') {
      this.#state = 'closing';
      await this.#idle();
    }
    this.unload(ErrorCode.NOT_COORDINATOR);
  }

  #refusal(): number | undefined {
    if (this.#state === 'active') return undefined;
    return this.#state === 'loading' ? ErrorCode.COORDINATOR_LOAD_IN_PROGRESS : ErrorCode.NOT_COORDINATOR;
  }

  #now(): Instant {
    return { wallMs: this.#host.clock.nowMs(), monotonicMs: this.#host.clock.monotonicMs() };
  }

  #perform(effects: readonly CoordinatorEffect<Reply, Request>[]): void {
    this.#performReplies(effects);
    for (const effect of effects) {
      if (effect.type === 'append') this.#queue.push(effect);
      if (effect.type === 'request') this.#onRequest?.(effect.request);
    }
    this.#flush();
    this.#armTimer();
  }

  /** Replies and log lines. */
  #performReplies(effects: readonly CoordinatorEffect<Reply, Request>[]): void {
    for (const effect of effects) {
      if (effect.type === 'log') this.#logger.info(effect.message, effect.fields);
      if (effect.type !== 'reply') continue;
      const { replyId, reply } = effect;
      if (this.#immediate?.replyId === replyId) {
        this.#immediate.reply = reply;
        continue;
      }
      this.#resolve(replyId, reply);
    }
  }

  #resolve(replyId: number, reply: Reply): void {
    this.#late.forget(replyId);
    this.#waiting.get(replyId)?.resolve(reply);
    this.#waiting.delete(replyId);
  }

  /**
   * 1. A call has changed the state, and its records are on their way. 2. The disk takes long: the client is told to try
   * again. 3. The write ends, either way, and the state goes on as if somebody had listened.
   */
  #replyLate(replyId: number, call: Call): void {
    this.#logger.warn('A write of a coordinator takes too long', { partition: this.#name });
    this.#resolve(replyId, this.#machine.refuse(call, ErrorCode.COORDINATOR_NOT_AVAILABLE));
  }

  #flush(): void {
    if (this.#isAppending || this.#open.length >= MAX_OPEN_APPENDS) return;
    if (this.#queue.length > 0) void this.#append(this.#takeBatch());
    else if (this.#open.length === 0) this.#onIdle?.();
  }

  /** The oldest writes that fit into one batch; at least one, and never half of one. What has a frame goes alone. */
  #takeBatch(): AppendEffect[] {
    let bytes = 0;
    let count = 0;
    for (const { records, frame } of this.#queue) {
      if (count > 0 && frame !== undefined) break;
      for (const { key, value } of records) bytes += key.length + (value?.length ?? 0);
      if (count > 0 && bytes > MAX_COORDINATOR_BATCH_BYTES) break;
      count++;
      if (frame !== undefined) break;
    }
    return this.#queue.splice(0, count);
  }

  /** Never rejects. */
  async #append(writes: readonly AppendEffect[]): Promise<void> {
    let isLogged = false;
    const onLogged = (): void => {
      isLogged = true;
      this.#isAppending = false;
      if (this.#state !== 'closed') this.#flush();
    };
    const open: OpenAppend = { writes, isDurable: false };
    this.#isAppending = true;
    this.#open.push(open);
    try {
      await this.#log.append(this.#batchOf(writes), writes[0]!.frame, onLogged);
    } catch (cause) {
      this.#open.splice(this.#open.indexOf(open), 1);
      this.#onAppendFailed(writes, cause);
      return;
    }
    if (!isLogged) this.#isAppending = false;
    open.isDurable = true;
    while (this.#open[0]?.isDurable === true) this.#onDurable(this.#open.shift()!);
  }

  #onDurable({ writes }: OpenAppend): void {
    if (this.#state === 'closed') return;
    this.#guard(() => {
      const now = this.#now();
      this.#perform(writes.flatMap(({ writeId }) => this.#machine.written(writeId, now)));
    });
  }

  #batchOf(writes: readonly AppendEffect[]): Buffer {
    const timestampMs = this.#host.clock.nowMs();
    const frame = writes[0]?.frame;
    if (frame?.type === 'marker') {
      return endTxnMarker({ ...frame, type: frame.isCommit ? 'COMMIT' : 'ABORT', timestampMs });
    }
    const records = writes.flatMap((write) => write.records);
    return buildBatch(
      records.map(({ key, value }) => ({ timestampMs, key, value })),
      { compression: this.#compression(), ...transactional(frame) },
    );
  }

  #onAppendFailed(writes: readonly AppendEffect[], cause: unknown): void {
    if (this.#state === 'closed') return;
    if (cause instanceof AppendInDoubtError) {
      this.#dropState();
      return;
    }
    this.#logger.warn('Append of a coordinator failed', { partition: this.#name, cause });
    // What is queued was computed from state that is taken back now. What is in the log was there before.
    const writeIds = [...writes, ...this.#queue].map(({ writeId }) => writeId);
    this.#queue = [];
    this.#isAppending = false;
    this.#guard(() =>
      this.#perform(this.#machine.writeFailed(writeIds, appendErrorForClient(cause), this.#now())),
    );
  }

  /**
   * Taking back would be wrong if the batch lasts, going on would be wrong if it does not. So nobody is told that it
   * succeeded, and nobody is served from this state any more.
   */
  #dropState(): void {
    this.#logger.info('Coordinator lost its partition during a write', { partition: this.#name });
    this.unload(ErrorCode.NOT_COORDINATOR);
    this.#onInDoubt?.();
  }

  #armTimer(): void {
    const dueMs = this.#state === 'active' ? (this.#machine.nextDeadlineMs() ?? Infinity) : Infinity;
    if (dueMs >= this.#timerDueMs) return;
    this.#timer?.cancel();
    this.#timerDueMs = dueMs;
    const delayMs = dueMs - this.#host.clock.monotonicMs();
    this.#timer = this.#host.timers.schedule(delayMs, () => this.#onTimer(), { background: true });
  }

  #onTimer(): void {
    this.#timerDueMs = Infinity;
    if (this.#state !== 'active') return;
    this.#guard(() => this.#perform(this.#machine.expire(this.#now())));
  }

  /** A defect in one step must not take the broker down, nor stop the other timers of the partition. */
  #guard(step: () => void): void {
    try {
      step();
    } catch (cause) {
      this.#logger.error('Defect in a coordinator', { partition: this.#name, cause });
      this.#armTimer();
    }
  }

  async #idle(): Promise<void> {
    if (this.#open.length === 0 && this.#queue.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      this.#timer?.cancel();
      this.#timer = this.#host.timers.schedule(COORDINATOR_CLOSE_TIMEOUT_MS, resolve, { background: true });
    });
  }
}

function transactional(frame: AppendFrame | undefined): BuildBatchOptions {
  if (frame?.type !== 'transactional') return {};
  const { producerId, producerEpoch } = frame;
  return { producerId, producerEpoch, isTransactional: true };
}
