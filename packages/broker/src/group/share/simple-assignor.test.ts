import { array, assert, integer, property, record, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TopicPartitions } from '../consumer/topic-partitions.ts';
import { assignSimply, type SharingMember } from './simple-assignor.ts';

function member(
  memberId: string,
  topicIds: readonly string[],
  previous: TopicPartitions = new Map(),
): SharingMember {
  return { memberId, topicIds: new Set(topicIds), previous };
}

function partitions(counts: Readonly<Record<string, number>>): TopicPartitions {
  return new Map(
    Object.entries(counts).map(([topic, count]) => [topic, Array.from({ length: count }, (_, at) => at)]),
  );
}

const sizeOf = (target: TopicPartitions | undefined) =>
  [...(target?.values() ?? [])].reduce((sum, indexes) => sum + indexes.length, 0);

describe('the simple assignor', () => {
  it('divides partitions where there are enough of them', () => {
    const assigned = assignSimply([member('a', ['t']), member('b', ['t'])], partitions({ t: 4 }));
    expect([sizeOf(assigned.get('a')), sizeOf(assigned.get('b'))]).toEqual([2, 2]);
  });

  it('gives a partition to several members where there are not', () => {
    const members = ['a', 'b', 'c', 'd', 'e'].map((id) => member(id, ['t']));
    const assigned = assignSimply(members, partitions({ t: 2 }));
    for (const { memberId } of members) expect(sizeOf(assigned.get(memberId))).toBeGreaterThanOrEqual(1);
  });

  it('lets members keep what they have when another comes', () => {
    const before = assignSimply([member('a', ['t'])], partitions({ t: 4 }));
    const after = assignSimply(
      [member('a', ['t'], before.get('a')), member('b', ['t'])],
      partitions({ t: 4 }),
    );
    expect(after.get('a')?.get('t')).toEqual([0, 1]);
    expect(after.get('b')?.get('t')).toEqual([2, 3]);
  });

  it('looks at each topic alone where members subscribe differently', () => {
    const members = [member('a', ['t']), member('b', ['u']), member('c', ['t', 'u'])];
    const assigned = assignSimply(members, partitions({ t: 2, u: 2 }));
    expect(sizeOf(assigned.get('c'))).toBe(2);
    expect([...assigned.get('a')!.keys(), ...assigned.get('b')!.keys()]).toEqual(['t', 'u']);
  });

  const topics = ['t', 'u', 'v'];
  const group = record({
    counts: record({
      t: integer({ min: 0, max: 7 }),
      u: integer({ min: 0, max: 5 }),
      v: integer({ min: 0, max: 2 }),
    }),
    members: array(subarray(topics), { minLength: 1, maxLength: 6 }),
    later: array(subarray(topics), { minLength: 1, maxLength: 6 }),
  });

  it('gives every partition that is subscribed to somebody, nothing to others, and the same for the same', () => {
    assert(
      property(group, ({ counts, members: first, later }) => {
        const all = partitions(counts);
        const before = assignSimply(
          first.map((ids, at) => member(`m${at}`, ids)),
          all,
        );
        const members = later.map((ids, at) => member(`m${at}`, ids, before.get(`m${at}`) ?? new Map()));
        const assigned = assignSimply(members, all);
        expect(assignSimply(members, all)).toEqual(assigned);
        for (const { memberId, topicIds } of members)
          for (const topicId of assigned.get(memberId)!.keys()) expect(topicIds).toContain(topicId);
        for (const [topicId, indexes] of all) {
          const isWanted = members.some(({ topicIds }) => topicIds.has(topicId));
          for (const index of indexes) {
            const holders = members.filter(({ memberId }) =>
              assigned.get(memberId)!.get(topicId)?.includes(index),
            );
            expect(holders.length > 0).toBe(isWanted);
          }
        }
      }),
    );
  });

  it('gives members that subscribe alike equally many, give or take one', () => {
    assert(
      property(
        integer({ min: 1, max: 9 }),
        integer({ min: 1, max: 9 }),
        integer({ min: 1, max: 9 }),
        (was, is, count) => {
          const all = partitions({ t: count });
          const before = assignSimply(
            Array.from({ length: was }, (_, at) => member(`m${at}`, ['t'])),
            all,
          );
          const members = Array.from({ length: is }, (_, at) =>
            member(`m${at}`, ['t'], before.get(`m${at}`) ?? new Map()),
          );
          const sizes = members.map(({ memberId }) => sizeOf(assignSimply(members, all).get(memberId)));
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
