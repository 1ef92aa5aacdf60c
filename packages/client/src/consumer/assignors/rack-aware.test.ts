import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignmentText, memberSubscription, partitionList } from '../testing/member-subscription.ts';
import type { GroupAssignment, MemberSubscription } from './assignor.ts';
import { cooperativeStickyAssignor } from './cooperative-sticky-assignor.ts';
import type { PartitionRacks } from './partition-racks.ts';
import { rangeAssignor } from './range-assignor.ts';
import { stickyAssignor } from './sticky-assignor.ts';

/** Racks of the partitions of each topic: `['a', 'a b']` is one partition in rack a, and one in a and b. */
function topicsIn(topics: Readonly<Record<string, readonly string[]>>) {
  const counts = new Map(Object.entries(topics).map(([topic, partitions]) => [topic, partitions.length]));
  const racks: PartitionRacks = {
    racksOf: (topic, partition) => topics[topic]![partition]!.split(' ').filter((rack) => rack !== ''),
  };
  return { counts, racks };
}

function member(memberId: string, rackId: string | null, topics = ['t'], owned = ''): MemberSubscription {
  const generationId = owned === '' ? -1 : 1;
  return memberSubscription(memberId, topics, {
    rackId,
    ownedPartitions: partitionList(owned),
    generationId,
  });
}

/** How many partitions are with a member of one of their racks. */
function nearCount(
  assignment: GroupAssignment,
  members: readonly MemberSubscription[],
  racks: PartitionRacks,
): number {
  return [...assignment].reduce((sum, [memberId, partitions]) => {
    const { rackId } = members.find((one) => one.memberId === memberId)!;
    const near = partitions.filter(({ topic, partition }) =>
      racks.racksOf(topic, partition).includes(rackId ?? ''),
    );
    return sum + near.length;
  }, 0);
}

describe('range, where members say in which rack they are (KIP-881)', () => {
  interface JavaAnswer {
    readonly topics: Readonly<Record<string, readonly (readonly string[])[]>>;
    readonly members: readonly {
      readonly id: string;
      readonly rack: string | null;
      readonly topics: string[];
    }[];
    readonly range: Readonly<Record<string, string>>;
  }

  test("assigns as Kafka 4.3's RangeAssignor does, in 40 groups made by chance", () => {
    const lines = readFileSync(new URL('../../../fixtures/range-by-rack.jsonl', import.meta.url), 'utf8');
    for (const line of lines.trim().split('\n')) {
      const { topics, members, range } = JSON.parse(line) as JavaAnswer;
      const { counts, racks } = topicsIn(
        Object.fromEntries(
          Object.entries(topics).map(([topic, partitions]) => [
            topic,
            partitions.map((own) => own.join(' ')),
          ]),
        ),
      );
      const group = members.map(({ id, rack, topics: wanted }) => member(id, rack, wanted));
      expect(assignmentText(rangeAssignor.assign(counts, group, racks)), line).toEqual(range);
    }
  });

  test('keeps topics lined up that have the same partitions', () => {
    const { counts, racks } = topicsIn({ t: ['a', 'b', 'a', 'b'], u: ['a', 'b', 'b', 'b'] });
    const members = [member('x', 'b', ['t', 'u']), member('y', 'a', ['t', 'u'])];
    expect(assignmentText(rangeAssignor.assign(counts, members, racks))).toEqual({
      x: 't-1 t-3 u-1 u-3',
      y: 't-0 t-2 u-0 u-2',
    });
  });

  test('leaves blocks whole where all partitions are in all racks', () => {
    const { counts, racks } = topicsIn({ t: ['a b', 'a b', 'a b', 'a b'] });
    const members = [member('x', 'b'), member('y', 'a')];
    expect(assignmentText(rangeAssignor.assign(counts, members, racks))).toEqual({
      x: 't-0 t-1',
      y: 't-2 t-3',
    });
  });
});

describe.each([stickyAssignor, cooperativeStickyAssignor])('$name, by rack', (assignor) => {
  test('gives partitions to members of their racks', () => {
    const { counts, racks } = topicsIn({ t: ['a', 'b', 'a', 'b', 'c', 'c'] });
    const members = [member('x', 'b'), member('y', 'c'), member('z', 'a')];
    const assignment = assignor.assign(counts, members, racks);
    expect(assignmentText(assignment)).toEqual({ x: 't-1 t-3', y: 't-4 t-5', z: 't-0 t-2' });
  });

  test('balance goes before racks', () => {
    const { counts, racks } = topicsIn({ t: ['a', 'a', 'a', 'b'] });
    const assignment = assignor.assign(counts, [member('x', 'a'), member('y', 'b')], racks);
    expect([...assignment.values()].map(({ length }) => length)).toEqual([2, 2]);
    expect(assignment.get('y')).toContainEqual({ topic: 't', partition: 3 });
  });

  test('with different subscriptions, too', () => {
    const { counts, racks } = topicsIn({ t: ['a', 'b', 'a', 'b'], u: ['b', 'a'] });
    const members = [member('x', 'a', ['t', 'u']), member('y', 'b', ['t', 'u']), member('z', 'b', ['u'])];
    const assignment = assignor.assign(counts, members, racks);
    expect(nearCount(assignment, members, racks)).toBeGreaterThanOrEqual(5);
  });

  test('every partition has one owner, loads are even, and no fewer are near than without racks', () => {
    const rack = fc.constantFrom('a', 'b', 'c');
    const partitions = fc.array(fc.uniqueArray(rack, { minLength: 1, maxLength: 2 }), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(partitions, fc.array(rack, { minLength: 1, maxLength: 4 }), (own, ofMembers) => {
        const { counts, racks } = topicsIn({ t: own.map((names) => names.join(' ')) });
        const members = ofMembers.map((name, index) => member(`m${index}`, name));
        const assignment = assignor.assign(counts, members, racks);
        const loads = [...assignment.values()].map(({ length }) => length);
        expect(loads.reduce((sum, load) => sum + load, 0)).toBe(own.length);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
        // One after the other, not by trying all: chance may do better by one.
        const blind = assignor.assign(counts, members);
        expect(nearCount(assignment, members, racks) + 1).toBeGreaterThanOrEqual(
          nearCount(blind, members, racks),
        );
      }),
      { seed: 881, numRuns: 300 },
    );
  });
});

test('cooperative-sticky gives up a partition that has moved to another rack, and settles', () => {
  const { counts, racks } = topicsIn({ t: ['a', 'b'] });
  const first = cooperativeStickyAssignor.assign(
    counts,
    [member('x', 'a', ['t'], 't-1'), member('y', 'b', ['t'], 't-0')],
    racks,
  );
  expect(assignmentText(first)).toEqual({ x: '', y: '' });
  const second = cooperativeStickyAssignor.assign(counts, [member('x', 'a'), member('y', 'b')], racks);
  expect(assignmentText(second)).toEqual({ x: 't-0', y: 't-1' });
});
