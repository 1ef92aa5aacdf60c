import { controlRecordType, decodeRecords, recordBatches, WireReader } from '@millrace/protocol';
import { LeaderChangeMessage } from '@millrace/protocol/messages/control-records';
import type { QuorumLeader } from '@millrace/replication';
import type { ClusterPlan } from '../config/cluster-plan.ts';
import { ClusterError } from '../errors.ts';

export interface VoterCheckOptions {
  readonly nodeId: number;
  readonly onDisagreement: (error: Error) => void;
  /** Whether lists of voters count at all: `kraft.version` 1 puts the one in the log in their place. */
  readonly areFixed: () => boolean;
}

/**
 * Compares the voters that this node was told of with those that the leader was told of, which its first record of an
 * epoch names. Two lists of voters may have two majorities: this node stops before it adds to one of them.
 */
export class VoterCheck {
  readonly #nodeId: number;
  readonly #own: readonly number[];
  readonly #onDisagreement: (error: Error) => void;
  readonly #areFixed: () => boolean;
  #newest: LeaderChangeMessage | undefined;
  #newestEpoch = -1;
  #epoch = -1;

  private constructor(own: readonly number[], { nodeId, onDisagreement, areFixed }: VoterCheckOptions) {
    this.#nodeId = nodeId;
    this.#own = own;
    this.#onDisagreement = onDisagreement;
    this.#areFixed = areFixed;
  }

  /** `undefined` where the node was told of no voters. */
  static of({ voters }: ClusterPlan, options: VoterCheckOptions): VoterCheck | undefined {
    return voters.size === 0 ? undefined : new VoterCheck(sorted([...voters.keys()]), options);
  }

  onCommitted(batches: Buffer): void {
    for (const batch of recordBatches(batches)) {
      if (!batch.isControl) continue;
      const [record] = decodeRecords(batch);
      if (record?.value === undefined || record.value === null) continue;
      if (controlRecordType(record) !== 'LEADER_CHANGE') continue;
      this.#newest = LeaderChangeMessage.read(new WireReader(record.value), record.value.readInt16BE(0));
      this.#newestEpoch = batch.partitionLeaderEpoch;
    }
    this.#compare();
  }

  onLeaderChange({ epoch }: QuorumLeader): void {
    this.#epoch = epoch;
    this.#compare();
  }

  /** Leaders of the past may have had other voters. */
  #compare(): void {
    if (this.#newest === undefined || this.#newestEpoch !== this.#epoch) return;
    const { leaderId, voters } = this.#newest;
    this.#newest = undefined;
    if (!this.#areFixed()) return;
    const theirs = sorted(voters.map(({ voterId }) => voterId));
    if (theirs.join() === this.#own.join()) return;
    this.#onDisagreement(
      new ClusterError(
        `Node ${this.#nodeId} has the voters ${this.#own.join(', ')} in "controller.quorum.voters", but node ${leaderId}, ` +
          `which leads the quorum, has ${theirs.join(', ')}; make the lists equal on all nodes`,
      ),
    );
  }
}

function sorted(ids: readonly number[]): number[] {
  return ids.toSorted((left, right) => left - right);
}
