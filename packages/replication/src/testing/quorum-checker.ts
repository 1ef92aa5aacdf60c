import { decodeRecords, recordBatches } from '@millrace/protocol';
import type { VoteRequest, VoteResponseInput } from '@millrace/protocol/messages/vote';
import type { QuorumLeader, QuorumListener, QuorumSnapshot } from '../quorum/quorum-listener.ts';

/** A statement that must hold does not. */
export class InvariantViolation extends Error {
  constructor(id: string, problem: string) {
    super(`${id}: ${problem}`);
    this.name = 'InvariantViolation';
  }
}

/**
 * What holds for the quorum as a whole, whatever happens to its nodes: K1 to K6 of the facts, and that nothing which
 * was acknowledged is ever missing. Told by each node of what it sees; the first violation is kept.
 */
export class QuorumChecker {
  violation: InvariantViolation | undefined;
  readonly #leaders = new Map<number, number>();
  readonly #epochs = new Map<number, number>();
  readonly #votes = new Map<string, string>();
  /** Of each committed batch, by its first offset. */
  readonly #batches = new Map<number, string>();
  /** State after everything before an offset. */
  readonly #states = new Map<number, string>();
  readonly #acknowledged = new Map<number, { readonly value: string; readonly epoch: number }>();

  #acknowledgedEnd = 0;

  get acknowledgedCount(): number {
    return this.#acknowledged.size;
  }

  /** Behind the last record that was acknowledged. */
  get acknowledgedEnd(): number {
    return this.#acknowledgedEnd;
  }

  get electionCount(): number {
    return this.#leaders.size;
  }

  fail(id: string, problem: string): void {
    this.violation ??= new InvariantViolation(id, problem);
  }

  /** K2: at most one leader for each epoch. K1: epochs never go back, across restarts too. */
  sawLeader(nodeId: number, { leaderId, epoch }: QuorumLeader): void {
    const before = this.#epochs.get(nodeId) ?? 0;
    if (epoch < before) this.fail('K1', `node ${nodeId} went from epoch ${before} back to ${epoch}`);
    this.#epochs.set(nodeId, Math.max(before, epoch));
    if (leaderId < 0) return;
    const known = this.#leaders.get(epoch);
    if (known !== undefined && known !== leaderId) {
      this.fail('K2', `nodes ${known} and ${leaderId} lead in epoch ${epoch}`);
    }
    this.#leaders.set(epoch, leaderId);
  }

  /** K5: one vote for each voter and epoch, across restarts. A candidate has voted for itself. */
  sawVote(voter: string, request: VoteRequest, response: VoteResponseInput): void {
    const asked = request.topics[0]?.partitions[0];
    const answer = response.topics[0]?.partitions[0];
    if (asked === undefined || answer === undefined || asked.preVote) return;
    const candidate = `${asked.replicaId}/${asked.replicaDirectoryId}`;
    this.#vote(candidate, asked.replicaEpoch, candidate);
    if (answer.voteGranted) this.#vote(voter, asked.replicaEpoch, candidate);
  }

  acknowledged(offset: number, value: string, epoch: number): void {
    this.#acknowledged.set(offset, { value, epoch });
    this.#acknowledgedEnd = Math.max(this.#acknowledgedEnd, offset + 1);
  }

  /** K3: all nodes have the same below what is committed. */
  sawBatch(nodeId: number, baseOffset: number, identity: string): void {
    const known = this.#batches.get(baseOffset);
    if (known !== undefined && known !== identity) {
      this.fail(
        'K3',
        `node ${nodeId} has ${identity} committed at offset ${baseOffset}, another one ${known}`,
      );
    }
    this.#batches.set(baseOffset, identity);
  }

  /** K6: replay, and snapshot with replay, lead to one state. */
  sawState(nodeId: number, endOffset: number, state: string, how: string): void {
    const known = this.#states.get(endOffset);
    if (known !== undefined && known !== state) {
      this.fail('K6', `node ${nodeId} has by ${how} another state at offset ${endOffset}`);
    }
    this.#states.set(endOffset, state);
  }

  /** Everything that was acknowledged in epochs before `epoch` is in what a node has before `endOffset`. */
  hasEverything(
    nodeId: number,
    { endOffset, values }: { readonly endOffset: number; readonly values: ReadonlyMap<number, string> },
    beforeEpoch: number,
  ): void {
    for (const [offset, { value, epoch }] of this.#acknowledged) {
      if (epoch >= beforeEpoch) continue;
      const found = values.get(offset);
      if (offset >= endOffset || (found !== undefined && found !== value)) {
        this.fail(
          'acknowledged',
          `"${value}" at offset ${offset} is not on node ${nodeId}, which has ${found}`,
        );
      }
    }
  }

  #vote(voter: string, epoch: number, candidate: string): void {
    const key = `${voter} ${epoch}`;
    const known = this.#votes.get(key);
    if (known !== undefined && known !== candidate) {
      this.fail('K5', `${voter} voted in epoch ${epoch} for ${known} and for ${candidate}`);
    }
    this.#votes.set(key, candidate);
  }
}

/** The state machine of one life of a node: a digest of all values, which a snapshot carries over. */
export class CheckedListener implements QuorumListener {
  readonly nodeId: number;
  readonly values = new Map<number, string>();
  endOffset = 0;
  leader: QuorumLeader = { leaderId: -1, epoch: 0 };
  readonly #checker: QuorumChecker;
  #state = '';

  constructor(nodeId: number, checker: QuorumChecker) {
    this.nodeId = nodeId;
    this.#checker = checker;
  }

  /** What a snapshot at `endOffset` has to say. */
  get state(): string {
    return this.#state;
  }

  onCommitted(batches: Buffer): void {
    for (const batch of recordBatches(batches)) {
      if (batch.baseOffset !== this.endOffset) {
        this.#checker.fail('K3', `node ${this.nodeId} got ${batch.baseOffset} after ${this.endOffset}`);
      }
      const identity = `${batch.partitionLeaderEpoch}:${batch.crc}:${batch.nextOffset}`;
      this.#checker.sawBatch(this.nodeId, batch.baseOffset, identity);
      this.endOffset = batch.nextOffset;
      if (!batch.isControl) this.#apply(batch);
      this.#checker.sawState(this.nodeId, this.endOffset, this.#state, 'replay');
    }
  }

  onSnapshot({ endOffset, bytes }: QuorumSnapshot): void {
    if (this.leader.leaderId === this.nodeId) {
      this.#checker.fail('K6', `node ${this.nodeId} loads a snapshot while it leads`);
    }
    const data = recordBatches(bytes).find((batch) => !batch.isControl);
    const [record] = data === undefined ? [] : decodeRecords(data);
    this.#state = String(record?.value ?? '');
    this.values.clear();
    this.endOffset = endOffset;
    this.#checker.sawState(this.nodeId, endOffset, this.#state, 'snapshot');
  }

  onLeaderChange(leader: QuorumLeader): void {
    this.leader = leader;
    this.#checker.sawLeader(this.nodeId, leader);
    if (leader.leaderId === this.nodeId) this.check(leader.epoch);
  }

  /** To be called when the node has everything that earlier epochs have committed. */
  check(beforeEpoch: number = Infinity): void {
    this.#checker.hasEverything(this.nodeId, this, beforeEpoch);
  }

  #apply(batch: Parameters<typeof decodeRecords>[0]): void {
    for (const { offset, value } of decodeRecords(batch)) {
      const text = String(value);
      this.values.set(offset, text);
      this.#state = digest(`${this.#state}${offset}=${text};`);
    }
  }
}

/** Short, and different where anything is. */
function digest(text: string): string {
  let [left, right] = [0x811c9dc5, 0x01000193];
  for (let index = 0; index < text.length; index++) {
    left = Math.imul(left ^ text.charCodeAt(index), 0x01000193);
    right = Math.imul(right + text.charCodeAt(index), 0x85ebca6b) ^ (left >>> 7);
  }
  return `${(left >>> 0).toString(16)}${(right >>> 0).toString(16)};`;
}
