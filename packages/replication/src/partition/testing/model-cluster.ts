import { expect } from 'vitest';
import { truncationOnDivergence, type EpochEnd } from '../follower-divergence.ts';
import type { CommittedIsr, IsrChange } from '../isr-change.ts';
import { LeaderState, type ReplicaNodes } from '../leader-state.ts';

/** One thing that happens in the model. */
export type ModelStep =
  | { readonly type: 'append' | 'learn' | 'scan' | 'kill' | 'restart'; readonly node: number }
  | { readonly type: 'fetch' | 'controller'; readonly node: number; readonly isAnswerLost: boolean }
  | { readonly type: 'wait'; readonly ms: number };

/** Planted, so that the invariants are seen to fail. */
export type ModelMistake = 'highWatermarkIgnoresFollowers' | 'noTruncation' | 'expandAtOnce';

interface ModelRecord {
  readonly epoch: number;
  readonly value: number;
}

interface ControllerState extends CommittedIsr {
  /** -1 without. */
  readonly leader: number;
  readonly brokerEpochs: readonly number[];
  readonly fenced: readonly boolean[];
}

interface ModelNode {
  readonly log: ModelRecord[];
  highWatermark: number;
  isRunning: boolean;
  brokerEpoch: number;
  known: ControllerState;
  leading: LeaderState | undefined;
}

const MAX_LAG_MS = 30;
const NODES = [0, 1, 2];

/**
 * A leader, two followers and a controller with the real rules of this folder, and everything that lies between them
 * reduced to a step: what was known when, which answers were lost, who died.
 */
export class ModelCluster {
  readonly #nodes: ModelNode[];
  readonly #minIsr: number;
  readonly #mistake: ModelMistake | undefined;
  readonly #committed: number[] = [];
  #controller: ControllerState = {
    leader: 0,
    leaderEpoch: 0,
    partitionEpoch: 0,
    inSyncReplicas: NODES,
    brokerEpochs: [0, 0, 0],
    fenced: [false, false, false],
  };
  #nowMs = 0;
  #nextValue = 0;

  constructor(minIsr: number, mistake?: ModelMistake) {
    this.#minIsr = minIsr;
    this.#mistake = mistake;
    this.#nodes = NODES.map(() => ({
      log: [],
      highWatermark: 0,
      isRunning: true,
      brokerEpoch: 0,
      known: { ...this.#controller, leader: -1, leaderEpoch: -1, partitionEpoch: -1 },
      leading: undefined,
    }));
  }

  get committedCount(): number {
    return this.#committed.length;
  }

  get leaderEpoch(): number {
    return this.#controller.leaderEpoch;
  }

  step(step: ModelStep): void {
    switch (step.type) {
      case 'append':
        return this.#append(step.node);
      case 'fetch':
        return this.#fetch(step.node, step.isAnswerLost);
      case 'learn':
        return this.#learn(step.node);
      case 'scan':
        return void this.#leading(step.node)?.proposeShrink(this.#nowMs);
      case 'controller':
        return this.#alterPartition(step.node, step.isAnswerLost);
      case 'wait':
        this.#nowMs += step.ms;
        return undefined;
      case 'kill':
        return this.#kill(step.node);
      case 'restart':
        return this.#restart(step.node);
    }
  }

  /** Everybody runs, and everything arrives: then nothing may stay open. */
  heal(): void {
    for (const id of NODES) this.#restart(id);
    for (let round = 0; round < 12; round++) {
      for (const id of NODES) this.#learn(id);
      for (const id of NODES) this.#fetch(id, false);
      for (const id of NODES) this.#alterPartition(id, false);
    }
    const ends = this.#nodes.map(({ log }) => log.map(({ value }) => value));
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
    expect(this.#controller.inSyncReplicas.toSorted((a, b) => a - b)).toEqual(NODES);
    expect(this.#nodes[this.#controller.leader]!.highWatermark).toBe(ends[0]!.length);
  }

  /** L1, L2, R1 to R5 of what can be seen here. */
  check(): void {
    for (const node of this.#nodes) {
      expect(node.highWatermark).toBeLessThanOrEqual(node.log.length);
      for (let at = 1; at < node.log.length; at++) {
        expect(node.log[at]!.epoch).toBeGreaterThanOrEqual(node.log[at - 1]!.epoch);
      }
    }
    this.#checkCommitted();
    this.#checkLeaders();
  }

  #checkCommitted(): void {
    for (const { log, highWatermark } of this.#nodes) {
      for (let offset = 0; offset < highWatermark; offset++) {
        this.#committed[offset] ??= log[offset]!.value;
        expect(log[offset]!.value, `offset ${offset} has one value`).toBe(this.#committed[offset]);
      }
    }
    const { leader } = this.#controller;
    if (leader === -1) return;
    const values = this.#nodes[leader]!.log.slice(0, this.#committed.length).map(({ value }) => value);
    expect(values, 'the elected leader has what is committed').toEqual(this.#committed);
  }

  #checkLeaders(): void {
    const epochs = new Set<number>();
    for (const { leading } of this.#nodes) {
      if (leading === undefined) continue;
      expect(epochs.has(leading.leaderEpoch), 'one leader in an epoch').toBe(false);
      epochs.add(leading.leaderEpoch);
      if (leading.leaderEpoch !== this.#controller.leaderEpoch) continue;
      if (leading.pending === undefined)
        expect(leading.maximalInSyncReplicas).toEqual(leading.inSyncReplicas);
      if (leading.isUnderMinInSyncReplicas) continue;
      for (const id of this.#controller.inSyncReplicas) {
        // What the controller has taken away the leader may not know; what it has added the leader has asked for.
        expect(leading.maximalInSyncReplicas, 'the maximal ISR covers the committed one').toContain(id);
      }
    }
  }

  #leading(id: number): LeaderState | undefined {
    const node = this.#nodes[id]!;
    return node.isRunning ? node.leading : undefined;
  }

  #append(id: number): void {
    const leading = this.#leading(id);
    if (leading === undefined) return;
    const node = this.#nodes[id]!;
    node.log.push({ epoch: leading.leaderEpoch, value: this.#nextValue++ });
    if (leading.onAppended(node.log.length, this.#nowMs)) this.#raise(node, leading);
    if (this.#mistake === 'highWatermarkIgnoresFollowers') node.highWatermark = node.log.length;
  }

  #raise(node: ModelNode, { highWatermark }: LeaderState): void {
    node.highWatermark = Math.max(node.highWatermark, highWatermark);
  }

  #fetch(id: number, isAnswerLost: boolean): void {
    const follower = this.#nodes[id]!;
    const { leader: leaderId, leaderEpoch } = follower.known;
    if (!follower.isRunning || leaderId === -1 || leaderId === id) return;
    const leading = this.#leading(leaderId);
    if (leading === undefined || leading.leaderEpoch !== leaderEpoch) return;
    const leader = this.#nodes[leaderId]!;
    const fetchOffset = follower.log.length;
    const lastEpoch = follower.log.at(-1)?.epoch ?? -1;
    const end = endOffsetIn(leader.log, lastEpoch);
    if (this.#mistake !== 'noTruncation' && lastEpoch !== -1) {
      if (end.leaderEpoch !== lastEpoch || end.endOffset < fetchOffset) {
        if (!isAnswerLost) truncate(follower, end);
        return;
      }
    }
    const { brokerEpoch } = follower;
    const fetch = { replicaId: id, brokerEpoch, fetchOffset, logStartOffset: 0, nowMs: this.#nowMs };
    if (leading.onFetch({ ...fetch, leaderEndOffset: leader.log.length }) === true)
      this.#raise(leader, leading);
    if (this.#mistake === 'expandAtOnce' && leading.pending === undefined) this.#joinAtOnce(id);
    else leading.proposeExpand(id);
    if (isAnswerLost) return;
    follower.log.push(...leader.log.slice(fetchOffset, fetchOffset + 2));
    follower.highWatermark = Math.max(
      follower.highWatermark,
      Math.min(leader.highWatermark, follower.log.length),
    );
  }

  /** The controller takes a follower in that fetches, wherever it is. */
  #joinAtOnce(id: number): void {
    const { inSyncReplicas, partitionEpoch } = this.#controller;
    if (inSyncReplicas.includes(id)) return;
    this.#change({ inSyncReplicas: [...inSyncReplicas, id], partitionEpoch: partitionEpoch + 1 });
  }

  #learn(id: number): void {
    const node = this.#nodes[id]!;
    if (!node.isRunning) return;
    const known = this.#controller;
    const isNewEpoch = known.leaderEpoch > node.known.leaderEpoch;
    node.known = known;
    const partition = { ...known, replicas: NODES };
    if (known.leader !== id) {
      node.leading = undefined;
    } else if (node.leading === undefined && isNewEpoch) {
      node.leading = this.#newLeader(id, node);
      this.#raise(node, node.leading);
    } else if (node.leading?.onMetadata(partition, node.log.length, this.#nowMs) === true) {
      this.#raise(node, node.leading);
    }
  }

  #newLeader(id: number, node: ModelNode): LeaderState {
    return new LeaderState({
      nodeId: id,
      partition: { ...node.known, replicas: NODES },
      nodes: nodesKnownTo(node),
      logEndOffset: node.log.length,
      highWatermark: node.highWatermark,
      minInSyncReplicas: this.#minIsr,
      maxLagMs: MAX_LAG_MS,
      nowMs: this.#nowMs,
    });
  }

  #alterPartition(id: number, isAnswerLost: boolean): void {
    const leading = this.#leading(id);
    const change = leading?.pending;
    if (leading === undefined || change === undefined) return;
    const error = this.#refusal(id, change);
    if (error === undefined) {
      const { partitionEpoch } = this.#controller;
      const inSyncReplicas = change.inSyncReplicas.map(({ brokerId }) => brokerId);
      this.#change({ inSyncReplicas, partitionEpoch: partitionEpoch + 1 });
    }
    if (isAnswerLost) return;
    leading.onIsrChangeResult(change, error === undefined ? this.#controller : { error }, this.#nowMs);
    this.#raise(this.#nodes[id]!, leading);
  }

  #refusal(id: number, { leaderEpoch, partitionEpoch, inSyncReplicas }: IsrChange): string | undefined {
    const { leader, brokerEpochs, fenced, ...now } = this.#controller;
    if (this.#nodes[id]!.brokerEpoch !== brokerEpochs[id]) return 'STALE_BROKER_EPOCH';
    if (leaderEpoch < now.leaderEpoch) return 'FENCED_LEADER_EPOCH';
    if (leader !== id) return 'INVALID_REQUEST';
    if (partitionEpoch < now.partitionEpoch) return 'INVALID_UPDATE_VERSION';
    const isRefused = inSyncReplicas.some(
      ({ brokerId, brokerEpoch }) => fenced[brokerId] === true || brokerEpochs[brokerId] !== brokerEpoch,
    );
    return isRefused ? 'INELIGIBLE_REPLICA' : undefined;
  }

  #kill(id: number): void {
    const node = this.#nodes[id]!;
    if (!node.isRunning) return;
    node.isRunning = false;
    node.leading = undefined;
    // The checkpoint is a little behind.
    node.highWatermark = Math.max(0, node.highWatermark - 2);
    const fenced = this.#controller.fenced.with(id, true);
    const others = this.#controller.inSyncReplicas.filter((each) => each !== id);
    this.#elect(others.length === 0 ? this.#controller.inSyncReplicas : others, fenced);
  }

  #restart(id: number): void {
    const node = this.#nodes[id]!;
    if (node.isRunning) return;
    node.isRunning = true;
    node.brokerEpoch++;
    node.known = { ...this.#controller, leader: -1, leaderEpoch: -1, partitionEpoch: -1 };
    const brokerEpochs = this.#controller.brokerEpochs.with(id, node.brokerEpoch);
    this.#change({ brokerEpochs });
    this.#elect(this.#controller.inSyncReplicas, this.#controller.fenced.with(id, false));
  }

  #elect(inSyncReplicas: readonly number[], fenced: readonly boolean[]): void {
    const { leader, leaderEpoch, partitionEpoch, inSyncReplicas: before } = this.#controller;
    const live = inSyncReplicas.filter((id) => fenced[id] !== true);
    const next = leader !== -1 && live.includes(leader) ? leader : (live[0] ?? -1);
    if (next === leader && before.length === inSyncReplicas.length) return this.#change({ fenced });
    return this.#change({
      fenced,
      inSyncReplicas,
      leader: next,
      leaderEpoch: next === leader ? leaderEpoch : leaderEpoch + 1,
      partitionEpoch: partitionEpoch + 1,
    });
  }

  #change(change: Partial<ControllerState>): void {
    this.#controller = { ...this.#controller, ...change };
  }
}

function nodesKnownTo(node: ModelNode): ReplicaNodes {
  return {
    isEligible: (id) => node.known.fenced[id] !== true,
    isAlive: (id) => node.known.fenced[id] !== true,
    epochOf: (id) => node.known.brokerEpochs[id]!,
  };
}

function truncate(follower: ModelNode, end: EpochEnd): void {
  const { offset, isBelowHighWatermark } = truncationOnDivergence(end, {
    logEndOffset: follower.log.length,
    highWatermark: follower.highWatermark,
    latestEpoch: follower.log.at(-1)?.epoch ?? -1,
    endOffsetForEpoch: (epoch) => endOffsetIn(follower.log, epoch),
  });
  expect(isBelowHighWatermark, 'no committed record is cut off').toBe(false);
  follower.log.length = offset;
}

/** As a leader answers: of the largest epoch that is not above, and an end for those it has nothing of. */
function endOffsetIn(log: readonly ModelRecord[], epoch: number): EpochEnd {
  const next = log.findIndex((record) => record.epoch > epoch);
  const endOffset = next === -1 ? log.length : next;
  return { leaderEpoch: log[endOffset - 1]?.epoch ?? epoch, endOffset };
}
