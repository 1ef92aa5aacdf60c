import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentText, memberSubscription, partitionList } from '../testing/member-subscription.ts';
import { partitionKey } from '../topic-partition.ts';
import type { MemberSubscription } from './assignor.ts';
import { cooperativeStickyAssignor } from './cooperative-sticky-assignor.ts';

function owning(memberId: string, owned: string, generationId = 1): MemberSubscription {
  return memberSubscription(memberId, ['t'], { ownedPartitions: partitionList(owned), generationId });
}

describe('cooperative sticky assignor', () => {
  it('withholds a partition from its new owner until the old one has given it back', () => {
    const counts = new Map([['t', 4]]);
    const first = cooperativeStickyAssignor.assign(counts, [
      owning('a', 't-0 t-1 t-2 t-3'),
      memberSubscription('b', ['t']),
    ]);
    expect(assignmentText(first)).toEqual({ a: 't-0 t-1', b: '' });
    const second = cooperativeStickyAssignor.assign(counts, [owning('a', 't-0 t-1', 2), owning('b', '', 2)]);
    expect(assignmentText(second)).toEqual({ a: 't-0 t-1', b: 't-2 t-3' });
  });

  it('carries the generation in its user data for subscriptions that have no field for it', () => {
    const userData = cooperativeStickyAssignor.userData?.({ partitions: [], generationId: 7 }) ?? null;
    expect(userData?.toString('hex')).toBe('00000007');
    const old = memberSubscription('a', ['t'], { ownedPartitions: partitionList('t-0'), userData });
    const stale = memberSubscription('b', ['t'], {
      ownedPartitions: partitionList('t-0 t-1'),
      generationId: 6,
    });
    const assignment = cooperativeStickyAssignor.assign(new Map([['t', 2]]), [old, stale]);
    expect(assignmentText(assignment)).toEqual({ a: 't-0', b: 't-1' });
  });

  it('never lets two members own a partition, and settles within three rebalances of any change', () => {
    const change = fc.record({ join: fc.boolean(), member: fc.nat({ max: 5 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const group = new CooperativeGroup(7);
        for (const { join, member } of changes) {
          if (join) group.join(`m${member}`);
          else group.leave(`m${member}`);
          // Changes may come in the middle of a rebalance.
          group.rebalance();
        }
        let rounds = 1;
        while (group.rebalance()) rounds++;
        expect(rounds).toBeLessThanOrEqual(3);
        group.expectBalanced();
      }),
      { seed: 4, numRuns: 100 },
    );
  });
});

/** Members that do what KIP-429 says, over the assignor. */
class CooperativeGroup {
  readonly #partitionCount: number;
  readonly #owned = new Map<string, string[]>();
  #generationId = 0;

  constructor(partitionCount: number) {
    this.#partitionCount = partitionCount;
  }

  join(memberId: string): void {
    if (!this.#owned.has(memberId)) this.#owned.set(memberId, []);
  }

  leave(memberId: string): void {
    this.#owned.delete(memberId);
  }

  /** One generation. @returns whether somebody had to give something up, so that another one follows */
  rebalance(): boolean {
    if (this.#owned.size === 0) return false;
    const members = [...this.#owned].map(([id, owned]) => owning(id, owned.join(' '), this.#generationId));
    const assignment = cooperativeStickyAssignor.assign(new Map([['t', this.#partitionCount]]), members);
    this.#generationId++;
    let hasRevoked = false;
    const ownedBefore = new Map([...this.#owned].map(([id, owned]) => [id, new Set(owned)]));
    for (const [memberId, partitions] of assignment) {
      const keys = partitions.map(({ topic, partition }) => partitionKey(topic, partition));
      for (const [other, held] of ownedBefore) {
        if (other !== memberId) expect(keys.filter((key) => held.has(key))).toEqual([]);
      }
      hasRevoked ||= [...ownedBefore.get(memberId)!].some((key) => !keys.includes(key));
      this.#owned.set(memberId, keys);
    }
    return hasRevoked;
  }

  expectBalanced(): void {
    if (this.#owned.size === 0) return;
    const sizes = [...this.#owned.values()].map((keys) => keys.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(this.#partitionCount);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }
}
