import { ErrorCode } from '@millrace/protocol';
import type {
  AppendEffect,
  CoordinatorEffect,
  CoordinatorRecord,
  Instant,
} from '../../coordinator/state-machine.ts';
import type {
  MarkerRequest,
  ProducerReply,
  TransactionCall,
  TransactionReplies,
  TransactionReply,
} from '../transaction-calls.ts';
import type { TransactionMetadata } from '../transaction-metadata.ts';
import type { TransactionProperties } from '../transaction-properties.ts';
import { TransactionStateMachine } from '../transaction-state-machine.ts';

/** Wall time at the start: 2023-11-14T22:13:20Z. The monotonic clock starts at another origin, so that no code mixes them. */
const START_WALL_MS = 1_700_000_000_000;
const START_MONOTONIC_MS = 5000;

const properties: TransactionProperties = {
  'transaction.max.timeout.ms': 900_000,
  'transactional.id.expiration.ms': 604_800_000,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 10_000,
  'transaction.remove.expired.transaction.cleanup.interval.ms': 3_600_000,
};

/** Runs a transaction state machine on plain numbers: time, appends and markers do what the test says. */
export class TransactionDriver {
  readonly machine: TransactionStateMachine;
  readonly log: CoordinatorRecord[];
  /** Markers that are asked for and not written yet. */
  readonly markers: MarkerRequest[] = [];
  /** Are appends durable, and markers written, at once? */
  autoAppend = true;
  autoMarkers = true;
  elapsedMs: number;
  appends: AppendEffect[] = [];
  readonly #replies = new Map<number, TransactionReply>();
  #lastReplyId = 0;
  #nextProducerId = 100;
  readonly #level: number;

  constructor(
    options: {
      readonly level?: number;
      readonly log?: readonly CoordinatorRecord[];
      readonly elapsedMs?: number;
    } = {},
  ) {
    const { level = 2, log = [], elapsedMs = 0 } = options;
    this.elapsedMs = elapsedMs;
    this.#level = level;
    this.machine = new TransactionStateMachine({
      coordinatorEpoch: () => 3,
      properties: () => properties,
      transactionVersion: () => level,
    });
    this.log = [...log];
    for (const [offset, record] of log.entries()) this.machine.replay({ ...record, offset, producerId: -1 });
  }

  /** Ends loading; separate, so that a test may say first what becomes of markers. */
  load(): this {
    this.#take(this.machine.loaded(this.#now));
    return this;
  }

  /** A second machine that knows the log only; not loaded yet. */
  restarted(): TransactionDriver {
    return new TransactionDriver({ level: this.#level, log: this.log, elapsedMs: this.elapsedMs });
  }

  metadata(id = 't'): TransactionMetadata | undefined {
    return this.machine.shard.transactions.get(id)?.metadata;
  }

  /** Puts an id into a state no sequence of calls reaches quickly. */
  place(metadata: Partial<TransactionMetadata>, id = 't'): void {
    const transaction = this.machine.shard.transactions.get(id)!;
    transaction.metadata = { ...transaction.metadata, ...metadata };
  }

  start(call: TransactionCall): number {
    const replyId = ++this.#lastReplyId;
    this.#take(this.machine.call(call, replyId, this.#now));
    return replyId;
  }

  reply(replyId: number): TransactionReply | undefined {
    return this.#replies.get(replyId);
  }

  call<Call extends TransactionCall>(call: Call): TransactionReplies[Call['api']] {
    const reply = this.reply(this.start(call));
    if (reply === undefined) throw new Error(`${call.api} was not answered at once`);
    const answer = reply as TransactionReplies[Call['api']] & Partial<ProducerReply>;
    if (answer.needsProducerId !== true) return answer;
    return this.call({ ...call, newProducerId: this.#nextProducerId++ });
  }

  init(expected?: { readonly producerId: number; readonly producerEpoch: number }, timeoutMs = 60_000) {
    return this.call({ api: 'init', transactionalId: 't', timeoutMs, expected });
  }

  add(
    producer: { readonly producerId: number; readonly producerEpoch: number },
    clientVersion = 2,
    partition = 0,
  ) {
    const partitions = new Map([['orders', new Set([partition])]]);
    return this.call({ api: 'add', transactionalId: 't', ...idOf(producer), partitions, clientVersion })
      .errorCode;
  }

  end(
    producer: { readonly producerId: number; readonly producerEpoch: number },
    isCommit: boolean,
    clientVersion = 2,
  ): ProducerReply {
    return this.call({ api: 'end', transactionalId: 't', ...idOf(producer), isCommit, clientVersion });
  }

  /** Lets time pass in one step. */
  advance(elapsedMs: number): void {
    this.elapsedMs += elapsedMs;
    this.#take(this.machine.expire(this.#now));
  }

  writeAppends(): void {
    for (const { writeId, records } of this.appends.splice(0)) {
      this.log.push(...records);
      this.#take(this.machine.written(writeId, this.#now));
    }
  }

  loseAppends(errorCode: number = ErrorCode.COORDINATOR_NOT_AVAILABLE): void {
    const writeIds = this.appends.splice(0).map(({ writeId }) => writeId);
    this.#take(this.machine.writeFailed(writeIds, errorCode, this.#now));
  }

  writeMarkers(): void {
    for (const { transactionalId, producerId, producerEpoch } of this.markers.splice(0)) {
      this.start({ api: 'markersWritten', transactionalId, producerId, producerEpoch });
    }
  }

  get #now(): Instant {
    return { wallMs: START_WALL_MS + this.elapsedMs, monotonicMs: START_MONOTONIC_MS + this.elapsedMs };
  }

  #take(effects: readonly CoordinatorEffect<TransactionReply, MarkerRequest>[]): void {
    for (const effect of effects) {
      if (effect.type === 'append') this.appends.push(effect);
      if (effect.type === 'request') this.markers.push(effect.request);
      if (effect.type !== 'reply') continue;
      if (this.#replies.has(effect.replyId)) throw new Error(`call ${effect.replyId} was answered twice`);
      this.#replies.set(effect.replyId, effect.reply);
    }
    if (this.autoAppend && this.appends.length > 0) this.writeAppends();
    if (this.autoMarkers && this.markers.length > 0) this.writeMarkers();
  }
}

function idOf({
  producerId,
  producerEpoch,
}: {
  readonly producerId: number;
  readonly producerEpoch: number;
}) {
  return { producerId, producerEpoch };
}
