import type { PartitionReassignment } from '@millrace/client';

/** A partition as it is. */
export interface PlacedPartition {
  readonly topic: string;
  readonly partition: number;
  /** Preferred leader first. */
  readonly replicas: readonly number[];
}

/** A broker that may hold replicas. */
export interface TargetBroker {
  readonly id: number;
  readonly rack: string | null;
}

/** One partition that changes places. */
export interface PartitionMove extends PartitionReassignment {
  readonly replicas: readonly number[];
  readonly from: readonly number[];
}

/**
 * Spreads partitions evenly over `targets`: replicas stay where they are as long as their broker has no more than its
 * share; the others go to the broker with the fewest, on another rack where there is one. Preferred leaders are spread
 * in the same way. Partitions that end up where they were are left out.
 *
 * @param replicationFactor default: each keeps its own; not more than there are targets
 */
export function planMoves(
  partitions: readonly PlacedPartition[],
  targets: readonly TargetBroker[],
  replicationFactor?: number,
): PartitionMove[] {
  const factorOf = ({ replicas }: PlacedPartition): number => replicationFactor ?? replicas.length;
  const total = partitions.reduce((sum, each) => sum + factorOf(each), 0);
  const load = new Load(
    targets,
    Math.ceil(total / targets.length),
    Math.ceil(partitions.length / targets.length),
  );
  // Who may stay is decided for all first: a replica that stays must not lose its place to one that comes.
  const kept = partitions.map((each) => load.keep(each.replicas, factorOf(each)));
  const moves = partitions.map((each, index): PartitionMove => {
    const chosen = load.fill(kept[index]!, factorOf(each));
    const replicas = load.leaderFirst(chosen);
    return { topic: each.topic, partition: each.partition, from: each.replicas, replicas };
  });
  return moves.filter(({ from, replicas }) => from.join() !== replicas.join());
}

/** How much each broker has been given so far. */
class Load {
  readonly #rackOf: ReadonlyMap<number, string | null>;
  readonly #maxReplicas: number;
  readonly #maxLeaders: number;
  readonly #replicas = new Map<number, number>();
  readonly #leaders = new Map<number, number>();

  constructor(targets: readonly TargetBroker[], maxReplicas: number, maxLeaders: number) {
    this.#rackOf = new Map(targets.map(({ id, rack }) => [id, rack]));
    this.#maxReplicas = maxReplicas;
    this.#maxLeaders = maxLeaders;
    for (const { id } of targets) {
      this.#replicas.set(id, 0);
      this.#leaders.set(id, 0);
    }
  }

  keep(replicas: readonly number[], count: number): number[] {
    const kept: number[] = [];
    for (const id of replicas) {
      const held = this.#replicas.get(id);
      if (held === undefined || held >= this.#maxReplicas || kept.length === count) continue;
      this.#replicas.set(id, held + 1);
      kept.push(id);
    }
    return kept;
  }

  fill(kept: readonly number[], count: number): number[] {
    const chosen = [...kept];
    while (chosen.length < count) {
      const id = this.#fewest(chosen);
      this.#replicas.set(id, this.#replicas.get(id)! + 1);
      chosen.push(id);
    }
    return chosen;
  }

  leaderFirst(replicas: readonly number[]): number[] {
    const isFree = (id: number): boolean => this.#leaders.get(id)! < this.#maxLeaders;
    const fewest = replicas.toSorted((a, b) => this.#leaders.get(a)! - this.#leaders.get(b)!)[0]!;
    const leader = isFree(replicas[0]!) ? replicas[0]! : fewest;
    this.#leaders.set(leader, this.#leaders.get(leader)! + 1);
    return [leader, ...replicas.filter((id) => id !== leader)];
  }

  #fewest(taken: readonly number[]): number {
    const racks = new Set(taken.map((id) => this.#rackOf.get(id)));
    const hasTakenRack = (id: number): number => {
      const rack = this.#rackOf.get(id);
      return rack !== null && racks.has(rack) ? 1 : 0;
    };
    const candidates = [...this.#replicas.keys()].filter((id) => !taken.includes(id));
    return candidates.toSorted(
      (a, b) => hasTakenRack(a) - hasTakenRack(b) || this.#replicas.get(a)! - this.#replicas.get(b)! || a - b,
    )[0]!;
  }
}
