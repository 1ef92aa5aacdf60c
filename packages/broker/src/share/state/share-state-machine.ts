import { ErrorCode } from '@millrace/protocol';
import { OpenWrites } from '../../coordinator/open-writes.ts';
import type {
  CoordinatorEffect,
  CoordinatorStateMachine,
  Instant,
  ReplayedRecord,
} from '../../coordinator/state-machine.ts';
import type {
  InitializeStateCall,
  ReadStateCall,
  ShareStateCall,
  ShareStateReply,
  SummaryReply,
  WriteStateCall,
} from './share-state-calls.ts';
import {
  decodeShareStateRecord,
  encodeShareStateRecord,
  type ShareStateRecord,
} from './share-state-records.ts';
import { refuseShareStateCall } from './share-state-refusal.ts';
import {
  applyShareStateRecord,
  snapshotOf,
  UNCHANGED,
  type ShareState,
  type ShareStates,
} from './share-state.ts';
import { coordinatorKey } from './share-partition-key.ts';
import { mergeStateBatches } from './state-batch.ts';

type Effects = readonly CoordinatorEffect<ShareStateReply>[];

export interface ShareStateMachineOptions {
  /** `share.coordinator.snapshot.update.records.per.snapshot` */
  readonly updatesPerSnapshot: () => number;
  /** Does the cluster have this partition? */
  readonly hasPartition: (topicId: string, partition: number) => boolean;
}

/** An append that is not durable yet. */
interface PendingWrite {
  /** What its records have replaced, by key. */
  readonly previous: ReadonlyMap<string, ShareState | undefined>;
  /** Who is answered with it; absent for all but the last append of a call. */
  readonly answer:
    | { readonly replyId: number; readonly call: ShareStateCall; readonly reply: ShareStateReply }
    | undefined;
  /** Reads that saw what it did to memory. */
  readonly reads: {
    readonly replyId: number;
    readonly call: ShareStateCall;
    readonly reply: ShareStateReply;
  }[];
}

const SUCCESS = { errorCode: ErrorCode.NONE, errorMessage: null };

/**
 * The share partitions of one `__share_group_state` partition, as a pure machine: what was delivered, as far as it is
 * done with. Who holds what right now is not written; a new leader gives it out again.
 */
export class ShareStateMachine implements CoordinatorStateMachine<ShareStateCall, ShareStateReply> {
  /** Open for tests and for the replay check; changed by steps only. */
  readonly states: ShareStates = new Map();
  readonly #options: ShareStateMachineOptions;
  readonly #writes = new OpenWrites<PendingWrite>();
  #effects: CoordinatorEffect<ShareStateReply>[] = [];
  #nowMs = 0;

  constructor(options: ShareStateMachineOptions) {
    this.#options = options;
  }

  replay(record: ReplayedRecord): void {
    const decoded = decodeShareStateRecord(record);
    if (decoded !== undefined) applyShareStateRecord(this.states, decoded);
  }

  /** This topic is not written in transactions. */
  replayMarker(): void {}

  loaded(): Effects {
    return [];
  }

  call(call: ShareStateCall, replyId: number, now: Instant): Effects {
    this.#nowMs = now.wallMs;
    this.#dispatch(call, replyId);
    return this.#takeEffects();
  }

  written(writeId: number): Effects {
    const { answer, reads } = this.#writes.takeOldest(writeId);
    if (answer !== undefined) this.#reply(answer.replyId, answer.reply);
    for (const { replyId, reply } of reads) this.#reply(replyId, reply);
    return this.#takeEffects();
  }

  writeFailed(writeIds: readonly number[], errorCode: number): Effects {
    const writes = this.#writes.takeNewest(writeIds);
    for (const { previous } of writes.toReversed()) this.#restore(previous);
    for (const { answer, reads } of writes) {
      if (answer !== undefined) this.#reply(answer.replyId, refuseShareStateCall(answer.call, errorCode));
      for (const { replyId, call } of reads) this.#reply(replyId, refuseShareStateCall(call, errorCode));
    }
    return this.#takeEffects();
  }

  expire(): Effects {
    return [];
  }

  nextDeadlineMs(): undefined {
    return undefined;
  }

  unload(errorCode: number): Effects {
    const effects = this.writeFailed(this.#writes.ids, errorCode);
    this.states.clear();
    return effects;
  }

  refuse(call: ShareStateCall, errorCode: number): ShareStateReply {
    return refuseShareStateCall(call, errorCode);
  }

  #dispatch(call: ShareStateCall, replyId: number): void {
    if (call.api === 'checkpoint') return this.#checkpoint(call, replyId);
    if (call.api === 'forgetTopics') return this.#forgetTopics(call.topicIds, call, replyId);
    const problem = this.#check(call);
    if (problem !== undefined) return this.#reply(replyId, problem);
    const state = this.states.get(coordinatorKey(call.key));
    switch (call.api) {
      case 'initialize':
        return this.#append([initialRecord(call, state, this.#nowMs)], { replyId, call, reply: SUCCESS });
      case 'write':
        return this.#append([this.#writeRecord(call, state!)], { replyId, call, reply: SUCCESS });
      case 'read':
        return this.#read(call, state!, replyId);
      case 'delete':
        if (state === undefined) return this.#replyWhenDurable(replyId, call, SUCCESS);
        return this.#append([tombstone(state)], { replyId, call, reply: SUCCESS });
      case 'summary':
        return this.#replyWhenDurable(replyId, call, summaryOf(state));
    }
  }

  /** Texts are those of Apache Kafka. */
  #check(call: Exclude<ShareStateCall, { api: 'checkpoint' | 'forgetTopics' }>): ShareStateReply | undefined {
    const refuse = (code: keyof typeof ErrorCode, text: string) =>
      refuseShareStateCall(call, ErrorCode[code], text);
    const { topicId, partition } = call.key;
    if (partition < 0) return refuse('INVALID_REQUEST', 'The partition id cannot be a negative number.');
    const state = this.states.get(coordinatorKey(call.key));
    if (state === undefined && call.api === 'read')
      return refuse('INVALID_REQUEST', 'Read operation on uninitialized share partition not allowed.');
    if (state === undefined && call.api === 'write')
      return refuse('INVALID_REQUEST', 'Write operation on uninitialized share partition not allowed.');
    if (state !== undefined && isFenced(call, state, 'leaderEpoch'))
      return refuse('FENCED_LEADER_EPOCH', FENCED_LEADER_TEXT);
    if (state !== undefined && isFenced(call, state, 'stateEpoch'))
      return refuse('FENCED_STATE_EPOCH', FENCED_STATE_TEXT);
    // What is gone may be deleted.
    if (call.api === 'delete' || this.#options.hasPartition(topicId, partition)) return undefined;
    return refuse('UNKNOWN_TOPIC_OR_PARTITION', 'This server does not host this topic-partition.');
  }

  #read(call: ReadStateCall, state: ShareState, replyId: number): void {
    const { stateEpoch, startOffset, batches } = state;
    const reply = { ...SUCCESS, stateEpoch, startOffset, batches };
    if (call.leaderEpoch <= state.leaderEpoch) {
      this.#replyWhenDurable(replyId, call, reply);
      return;
    }
    const { key, leaderEpoch } = call;
    const { deliveryCompleteCount } = state;
    const write = { key, stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount, batches: [] };
    this.#append([this.#writeRecord({ api: 'write', ...write }, state)], { replyId, call, reply });
  }

  /** What has changed, or once in a while all of it. */
  #writeRecord(call: WriteStateCall, state: ShareState): ShareStateRecord {
    // -1 as well as an earlier write that comes once more, after a later one: what is done with stays so.
    const startOffset = Math.max(state.startOffset, call.startOffset);
    const leaderEpoch = call.leaderEpoch === UNCHANGED ? state.leaderEpoch : call.leaderEpoch;
    const { deliveryCompleteCount, key } = call;
    if (state.updates >= this.#options.updatesPerSnapshot()) {
      return snapshotOf({
        ...state,
        snapshotEpoch: state.snapshotEpoch + 1,
        leaderEpoch,
        startOffset,
        deliveryCompleteCount,
        batches: mergeStateBatches(state.batches, call.batches, startOffset),
        writtenAtMs: this.#nowMs,
      });
    }
    const stateBatches = mergeStateBatches([], call.batches, startOffset).map((batch) => ({ ...batch }));
    const { snapshotEpoch } = state;
    const value = { snapshotEpoch, leaderEpoch, startOffset, deliveryCompleteCount, stateBatches };
    return { type: 'update', key, value };
  }

  #checkpoint(call: ShareStateCall, replyId: number): void {
    const records = [...this.states.values()].map((state) =>
      snapshotOf({ ...state, snapshotEpoch: state.snapshotEpoch + 1, writtenAtMs: this.#nowMs }),
    );
    this.#appendEach(records, call, replyId);
  }

  #forgetTopics(topicIds: readonly string[], call: ShareStateCall, replyId: number): void {
    const gone = new Set(topicIds);
    const states = [...this.states.values()].filter(({ key }) => gone.has(key.topicId));
    this.#appendEach(states.map(tombstone), call, replyId);
  }

  /** Each as an append of its own: together they may be more than a batch can hold. */
  #appendEach(records: readonly ShareStateRecord[], call: ShareStateCall, replyId: number): void {
    if (records.length === 0) return this.#replyWhenDurable(replyId, call, SUCCESS);
    for (const record of records.slice(0, -1)) this.#append([record], undefined);
    this.#append([records.at(-1)!], { replyId, call, reply: SUCCESS });
  }

  #append(records: readonly ShareStateRecord[], answer: PendingWrite['answer']): void {
    const previous = new Map<string, ShareState | undefined>();
    for (const record of records) {
      const id = coordinatorKey(record.key);
      if (!previous.has(id)) previous.set(id, this.states.get(id));
      applyShareStateRecord(this.states, record);
    }
    const writeId = this.#writes.add({ previous, answer, reads: [] });
    this.#effects.push({ type: 'append', writeId, records: records.map(encodeShareStateRecord) });
  }

  #restore(previous: ReadonlyMap<string, ShareState | undefined>): void {
    for (const [id, state] of previous) {
      if (state === undefined) this.states.delete(id);
      else this.states.set(id, state);
    }
  }

  /** Together with the newest append, whose change the reply may tell of. */
  #replyWhenDurable(replyId: number, call: ShareStateCall, reply: ShareStateReply): void {
    const { newest } = this.#writes;
    if (newest === undefined) this.#reply(replyId, reply);
    else newest.reads.push({ replyId, call, reply });
  }

  #reply(replyId: number, reply: ShareStateReply): void {
    this.#effects.push({ type: 'reply', replyId, reply });
  }

  #takeEffects(): Effects {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }
}

const FENCED_LEADER_TEXT = 'The leader epoch in the request is older than the epoch on the broker.';
const FENCED_STATE_TEXT =
  'The share coordinator rejected the request because the share-group state epoch did not match.';

/** Is the caller of the past? */
function isFenced(call: ShareStateCall, state: ShareState, epoch: 'leaderEpoch' | 'stateEpoch'): boolean {
  const received = (call as Partial<Record<typeof epoch, number>>)[epoch] ?? UNCHANGED;
  return received !== UNCHANGED && received < state[epoch];
}

function initialRecord(
  { key, stateEpoch, startOffset }: InitializeStateCall,
  before: ShareState | undefined,
  nowMs: number,
): ShareStateRecord {
  return snapshotOf({
    key,
    snapshotEpoch: before === undefined ? 0 : before.snapshotEpoch + 1,
    stateEpoch,
    leaderEpoch: before?.leaderEpoch ?? 0,
    startOffset,
    deliveryCompleteCount: startOffset === UNCHANGED ? UNCHANGED : 0,
    batches: [],
    createdAtMs: nowMs,
    writtenAtMs: nowMs,
    updates: 0,
  });
}

function tombstone({ key }: ShareState): ShareStateRecord {
  return { type: 'snapshot', key, value: null };
}

function summaryOf(state: ShareState | undefined): SummaryReply {
  return {
    ...SUCCESS,
    stateEpoch: state?.stateEpoch ?? 0,
    leaderEpoch: state?.leaderEpoch ?? 0,
    startOffset: state?.startOffset ?? UNCHANGED,
    deliveryCompleteCount: state?.deliveryCompleteCount ?? UNCHANGED,
  };
}
