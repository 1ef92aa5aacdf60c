import type { FaultSetName } from '../faults/fault-sets.ts';

/** One place of the product's source, and what stands there instead. */
export interface Patch {
  /** From the root of the repository. */
  readonly file: string;
  /** Is in the file once. */
  readonly find: string;
  readonly replace: string;
}

/** A mistake that is easy to make. The simulation is worth what it finds of these. */
export interface PlantedBug {
  readonly name: string;
  /** Why it is one. */
  readonly why: string;
  readonly patches: readonly Patch[];
  /** Under which it is looked for. */
  readonly workload: string;
  readonly faults: FaultSetName;
}

const LEADER_STATE = 'packages/replication/src/partition/leader-state.ts';
const LEADER_PROGRESS = 'packages/replication/src/quorum/leader-progress.ts';

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'high-watermark-early',
    why: 'the leader commits what only it has',
    patches: [
      {
        file: LEADER_STATE,
        find: 'if (this.#maximalIsr.includes(follower.replicaId)) return true;',
        replace: 'if (this.#maximalIsr.includes(follower.replicaId)) return false;',
      },
    ],
    workload: 'append-lists',
    faults: 'unsynced',
  },
  {
    name: 'leader-epoch-not-checked',
    why: 'a follower goes on with the leader before, which answers whoever asks',
    patches: [
      {
        file: 'packages/replication/src/fetcher/replica-fetcher.ts',
        find: 'this.#session.remove(progress);\n    progress.leave();',
        replace: '',
      },
      {
        file: 'packages/broker/src/partitions/hosted-replica.ts',
        find: "const code = currentLeaderEpoch < this.leaderEpoch ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';",
        replace: "if (currentLeaderEpoch >= 0) return; const code = 'UNKNOWN_LEADER_EPOCH';",
      },
    ],
    workload: 'append-lists',
    faults: 'unsynced',
  },
  {
    name: 'vote-not-persisted',
    why: 'a voter that was restarted votes again in the same epoch',
    patches: [
      {
        file: 'packages/replication/src/quorum/quorum-rules.ts',
        find: 'saveElection: writeQuorumState,',
        replace: 'saveElection: async () => void writeQuorumState,',
      },
    ],
    workload: 'create-topics',
    faults: 'kills',
  },
  {
    name: 'truncation-skipped',
    why: 'a follower keeps what the leader does not have',
    patches: [
      {
        file: 'packages/replication/src/partition/follower-divergence.ts',
        find: 'return truncateTo(Math.min(agreed, log.logEndOffset), log);',
        replace: 'return void agreed ?? truncateTo(log.logEndOffset, log);',
      },
    ],
    workload: 'append-lists',
    faults: 'unsynced',
  },
  {
    name: 'isr-joined-early',
    why: 'a follower is in sync before it has what was committed before it came',
    patches: [
      {
        file: LEADER_STATE,
        find: 'if (logEndOffset < this.#highWatermark || logEndOffset < this.#leaderEpochStartOffset) return false;',
        replace: 'if (logEndOffset < 0) return false;',
      },
    ],
    workload: 'append-lists',
    faults: 'kills',
  },
  {
    name: 'leader-out-of-sync',
    why: 'anybody alive becomes leader, in sync or not',
    patches: [
      {
        file: 'packages/broker/src/controller/elect-leader.ts',
        find: 'const isValid = (id: number) => safe.includes(id) && isAcceptableLeader(id);',
        replace: 'const isValid = (id: number) => safe.length > 0 && isAcceptableLeader(id);',
      },
    ],
    workload: 'append-lists',
    faults: 'kills',
  },
  {
    name: 'stale-broker-epoch',
    why: 'what a replica had before it lost its disk counts for the one that came back',
    patches: [
      {
        file: LEADER_STATE,
        find: 'if (fetch.brokerEpoch !== -1 && fetch.brokerEpoch < this.#nodes.epochOf(fetch.replicaId))',
        replace: 'if (fetch.brokerEpoch < -1)',
      },
      {
        file: LEADER_STATE,
        find: 'return brokerEpoch === -1 || brokerEpoch === this.#nodes.epochOf(replicaId);',
        replace: 'return brokerEpoch >= -1;',
      },
      {
        file: 'packages/broker/src/controller/alter-partition.ts',
        find: 'return member.brokerEpoch === UNKNOWN_BROKER_EPOCH || member.brokerEpoch === broker.epoch;',
        replace: 'return member.brokerEpoch >= UNKNOWN_BROKER_EPOCH;',
      },
    ],
    workload: 'append-lists',
    faults: 'lossy',
  },
  {
    name: 'late-end-of-transaction',
    why: 'an EndTxn that comes late ends the next transaction',
    patches: [
      {
        file: 'packages/broker/src/transaction/end-decision.ts',
        find: 'return isCurrent;',
        replace: 'return isCurrent || isRetry;',
      },
    ],
    workload: 'bank-transfers',
    faults: 'late',
  },
  {
    name: 'unflushed-leader',
    why: 'the quorum leader counts what its own disk does not have yet',
    patches: [
      {
        file: LEADER_PROGRESS,
        find: 'sameReplica(voter, this.#self) ? this.#flushedOffset : (this.of(voter)?.endOffset ?? -1),',
        replace: 'sameReplica(voter, this.#self) ? Infinity : (this.of(voter)?.endOffset ?? -1),',
      },
    ],
    workload: 'create-topics',
    faults: 'power',
  },
  {
    name: 'committed-before-majority',
    why: 'one voter is enough to commit',
    patches: [
      {
        file: LEADER_PROGRESS,
        find: 'const offset = offsets[Math.floor(offsets.length / 2)] ?? -1;',
        replace: 'const offset = offsets[0] ?? -1;',
      },
    ],
    workload: 'create-topics',
    faults: 'network',
  },
];
