import { SeededRandom } from '@millrace/host';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StripedPlacement } from './striped-placement.ts';

const broker = (id: number, rack: string | null = null, isFenced = false) => ({ id, rack, isFenced });
const brokersOf = (count: number) => Array.from({ length: count }, (_, id) => broker(id));

function place(
  brokers: readonly ReturnType<typeof broker>[],
  count: number,
  replicationFactor: number,
  seed = 'x',
) {
  const placement = new StripedPlacement(brokers, new SeededRandom(seed));
  return Array.from({ length: count }, () => placement.next(replicationFactor));
}

function tally(ids: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

describe('placement', () => {
  it('puts the one replica on the one broker', () => {
    expect(place([broker(1)], 3, 1)).toEqual([[1], [1], [1]]);
  });

  it('gives every broker the same share of leaders and replicas', () => {
    const placed = place(brokersOf(5), 50, 3);
    expect([...tally(placed.map(([leader]) => leader!)).values()]).toEqual([10, 10, 10, 10, 10]);
    expect([...tally(placed.flat()).values()]).toEqual([30, 30, 30, 30, 30]);
  });

  it('begins anywhere', () => {
    const leaders = new Set(
      Array.from({ length: 40 }, (_, seed) => place(brokersOf(3), 1, 1, String(seed))[0]![0]!),
    );
    expect([...leaders].toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
  });

  it('puts the replicas of a partition into as many racks as there are', () => {
    const rackOf = (id: number) => ['a', 'b', 'c'][id % 3]!;
    const brokers = Array.from({ length: 9 }, (_, id) => broker(id, rackOf(id)));
    for (const replicas of place(brokers, 60, 3)) {
      expect(new Set(replicas.map(rackOf)).size).toBe(3);
    }
  });

  it('lets brokers that are up lead, and uses others only when it must', () => {
    const brokers = [broker(0), broker(1), broker(2, null, true)];
    for (const [leader, follower] of place(brokers, 20, 2))
      expect([leader! + follower!, leader! < 2]).toEqual([1, true]);
    for (const [leader, ...followers] of place(brokers, 20, 3)) {
      expect(leader).toBeLessThan(2);
      expect(followers).toContain(2);
    }
  });

  it('finds places for any cluster, each broker at most once, leaders up', () => {
    const anyBroker = fc.record({
      rack: fc.constantFrom(null, 'a', 'b', 'c'),
      isFenced: fc.boolean(),
    });
    const cluster = fc
      .array(anyBroker, { minLength: 1, maxLength: 8 })
      .map((list) => list.map((each, id) => ({ id, ...each })))
      .filter((list) => list.some(({ isFenced }) => !isFenced));
    fc.assert(
      fc.property(cluster, fc.nat(7), fc.string({ maxLength: 4 }), (brokers, wanted, seed) => {
        const replicationFactor = 1 + (wanted % brokers.length);
        for (const replicas of place(brokers, 12, replicationFactor, seed)) {
          expect(new Set(replicas).size).toBe(replicationFactor);
          expect(brokers[replicas[0]!]!.isFenced).toBe(false);
        }
      }),
      { seed: 20260702, numRuns: 200 },
    );
  });
});
