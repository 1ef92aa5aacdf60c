import type { Random } from '@millrace/host';
import type { ClusterWorld } from '../cluster/cluster-world.ts';

/** Something that goes wrong for a while. It resolves when its time is over; what it did to links may be left to `heal`. */
export interface Fault {
  readonly name: string;
  readonly strike: (world: ClusterWorld, random: Random) => Promise<void>;
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.uint32() % items.length] as Item;
}

/** All of them, in any order. */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const rest = [...items];
  return items.map(() => rest.splice(random.uint32() % rest.length, 1)[0] as Item);
}

export function between(random: Random, leastMs: number, mostMs: number): number {
  return leastMs + random.float() * (mostMs - leastMs);
}
