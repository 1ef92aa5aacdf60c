import type { Random } from '@millrace/host';
import type { BrokerImage } from '../metadata/cluster-image.ts';

type PlacedBroker = Pick<BrokerImage, 'id' | 'rack' | 'isFenced'>;

/**
 * Spreads the replicas of partitions: over racks first, then over the brokers of a rack, and over brokers that are up
 * before those that are not. The first replica of each partition, its leader, is one that is up.
 *
 * Racks take turns, and so do the brokers in each rack; both begin anywhere, and one further with each partition:
 *
 * ```
 * partition 0: A0 B0 C0
 * partition 1: B1 C1 A1
 * partition 2: C2 A2 B2
 * ```
 *
 * After as many partitions as there are brokers that are up the orders are shuffled, so that not the same brokers are
 * together again and again.
 */
export class StripedPlacement {
  readonly #random: Random;
  readonly #racks: Rack[];
  readonly #upCount: number;
  #round = 0;
  #firstRack: number;

  /** @param brokers at least one that is up */
  constructor(brokers: readonly PlacedBroker[], random: Random) {
    this.#random = random;
    this.#upCount = brokers.filter(({ isFenced }) => !isFenced).length;
    const byRack = Map.groupBy(brokers, ({ rack }) => rack ?? '');
    this.#racks = [...byRack]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, members]) => ({
        up: new Rotation(idsOf(members, false), random),
        down: new Rotation(idsOf(members, true), random),
      }));
    this.#firstRack = below(random, this.#racks.length);
  }

  /** Replicas of the next partition. @param replicationFactor at most the number of brokers */
  next(replicationFactor: number): number[] {
    if (this.#round === this.#upCount && this.#upCount > 1) this.#shuffle();
    const round = this.#round++;
    const racks = this.#racks;
    const start = this.#firstRack;
    this.#firstRack = (start + 1) % racks.length;
    let leaderRack = start;
    let leader = racks[leaderRack]!.up.next(round);
    while (leader === undefined) {
      leaderRack = (leaderRack + 1) % racks.length;
      leader = racks[leaderRack]!.up.next(round);
    }
    const replicas = [leader];
    let isLeaderRackNext = true;
    for (let rack = start; replicas.length < replicationFactor; rack = (rack + 1) % racks.length) {
      if (rack === leaderRack && isLeaderRackNext) {
        // It has had its turn.
        isLeaderRackNext = false;
        continue;
      }
      const { up, down } = racks[rack]!;
      const replica = up.next(round) ?? down.next(round);
      if (replica !== undefined) replicas.push(replica);
    }
    return replicas;
  }

  #shuffle(): void {
    this.#round = 0;
    shuffle(this.#racks, this.#random);
    for (const { up, down } of this.#racks) {
      up.shuffle(this.#random);
      down.shuffle(this.#random);
    }
  }
}

interface Rack {
  readonly up: Rotation;
  readonly down: Rotation;
}

/** Brokers that take turns; each is given out once in a round. */
class Rotation {
  readonly #ids: number[];
  #offset: number;
  #taken = 0;
  #round = 0;

  constructor(ids: number[], random: Random) {
    this.#ids = ids;
    this.#offset = below(random, ids.length);
  }

  next(round: number): number | undefined {
    const { length } = this.#ids;
    if (round !== this.#round) {
      this.#round = round;
      this.#taken = 0;
      this.#offset++;
    }
    if (this.#taken >= length) return undefined;
    return this.#ids[(this.#offset + this.#taken++) % length];
  }

  shuffle(random: Random): void {
    shuffle(this.#ids, random);
  }
}

function idsOf(brokers: readonly PlacedBroker[], isFenced: boolean): number[] {
  return brokers
    .filter((broker) => broker.isFenced === isFenced)
    .map(({ id }) => id)
    .toSorted((a, b) => a - b);
}

function below(random: Random, end: number): number {
  return end <= 1 ? 0 : random.uint32() % end;
}

function shuffle(items: unknown[], random: Random): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = below(random, last + 1);
    [items[last], items[other]] = [items[other], items[last]];
  }
}
