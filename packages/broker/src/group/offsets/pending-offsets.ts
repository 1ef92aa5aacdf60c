import type { CommittedOffset } from './committed-offset.ts';
import type { OffsetKey } from './offset-store.ts';

/** An offset committed in a transaction that has not ended. */
export interface PendingOffset extends OffsetKey {
  readonly value: CommittedOffset;
}

/** Those of one transaction, by what they are for. Never changed, only replaced. */
export type TransactionOffsets = ReadonlyMap<string, PendingOffset>;

/** The offsets of open transactions, by producer id. */
export class PendingOffsets {
  readonly #byProducer = new Map<number, TransactionOffsets>();
  /** How many open transactions have an offset for the same partition, or for a group at all. */
  readonly #counts = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#byProducer.size === 0;
  }

  of(producerId: number): TransactionOffsets | undefined {
    return this.#byProducer.get(producerId);
  }

  /** Puts other offsets, or none, in the place of those of a transaction. @returns what was there before */
  replace(producerId: number, offsets: TransactionOffsets | undefined): TransactionOffsets | undefined {
    const previous = this.#byProducer.get(producerId);
    for (const offset of previous?.values() ?? []) this.#count(offset, -1);
    if (offsets === undefined || offsets.size === 0) this.#byProducer.delete(producerId);
    else this.#byProducer.set(producerId, offsets);
    for (const offset of offsets?.values() ?? []) this.#count(offset, 1);
    return previous;
  }

  /** Adds to the offsets of a transaction. @returns what they were before */
  add(producerId: number, added: readonly PendingOffset[]): TransactionOffsets | undefined {
    const offsets = new Map(this.#byProducer.get(producerId));
    for (const offset of added) offsets.set(partitionKey(offset), offset);
    return this.replace(producerId, offsets);
  }

  /** Does an open transaction have an offset for this partition? */
  has(key: OffsetKey): boolean {
    return this.#counts.has(partitionKey(key));
  }

  /** Does an open transaction have an offset of this group? */
  hasGroup(groupId: string): boolean {
    return this.#counts.has(groupKey(groupId));
  }

  /** The transactions that have an offset for this partition, without it. */
  without(key: OffsetKey): readonly (readonly [producerId: number, rest: TransactionOffsets])[] {
    if (!this.has(key)) return [];
    const name = partitionKey(key);
    return [...this.#byProducer]
      .filter(([, offsets]) => offsets.has(name))
      .map(([producerId, offsets]) => [
        producerId,
        new Map([...offsets].filter(([other]) => other !== name)),
      ]);
  }

  #count(key: OffsetKey, change: number): void {
    for (const name of [partitionKey(key), groupKey(key.groupId)]) {
      const count = (this.#counts.get(name) ?? 0) + change;
      if (count === 0) this.#counts.delete(name);
      else this.#counts.set(name, count);
    }
  }
}

// A group id may hold any character, so its length is part of the key.
const partitionKey = ({ groupId, topic, partition }: OffsetKey): string =>
  `p${groupId.length}:${groupId}:${partition}:${topic}`;
const groupKey = (groupId: string): string => `g${groupId}`;
