import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentText, memberSubscription, partitionList } from '../testing/member-subscription.ts';
import type { GroupAssignment, MemberSubscription } from './assignor.ts';
import { stickyAssignor } from './sticky-assignor.ts';
import { writeStickyUserData } from './sticky-user-data.ts';

function holding(
  memberId: string,
  topics: readonly string[],
  held: string,
  generationId = 1,
): MemberSubscription {
  const userData = writeStickyUserData({ partitions: partitionList(held), generationId });
  return memberSubscription(memberId, topics, { userData });
}

/** The same members after the assignment, in the next generation. */
function afterwards(
  members: readonly MemberSubscription[],
  assignment: GroupAssignment,
  generationId: number,
): MemberSubscription[] {
  return members.map((member) => {
    const partitions = assignment.get(member.memberId) ?? [];
    return { ...member, userData: writeStickyUserData({ partitions, generationId }) };
  });
}

const topics = new Map([
  ['a', 5],
  ['b', 3],
  ['c', 4],
]);

const memberCount = fc.integer({ min: 1, max: 7 });
const subscriptionLists = fc.array(fc.subarray([...topics.keys()], { minLength: 1 }), {
  minLength: 1,
  maxLength: 5,
});

describe('sticky assignor', () => {
  it('keeps what members held when one of them leaves', () => {
    const counts = new Map(['t0', 't1', 't2', 't3'].map((topic) => [topic, 2]));
    const all = [...counts.keys()];
    const members = [holding('a', all, 't0-0 t1-1 t3-0'), holding('c', all, 't1-0 t2-1')];
    const assignment = stickyAssignor.assign(counts, members);
    expect(assignmentText(assignment)).toEqual({
      a: 't0-0 t1-1 t3-0 t0-1',
      c: 't1-0 t2-1 t2-0 t3-1',
    });
  });

  it('balances members with different subscriptions as far as those allow', () => {
    const counts = new Map([
      ['t0', 1],
      ['t1', 2],
      ['t2', 3],
    ]);
    const members = [
      memberSubscription('a', ['t0']),
      memberSubscription('b', ['t0', 't1']),
      memberSubscription('c', ['t0', 't1', 't2']),
    ];
    expect(assignmentText(stickyAssignor.assign(counts, members))).toEqual({
      a: 't0-0',
      b: 't1-0 t1-1',
      c: 't2-0 t2-1 t2-2',
    });
  });

  it('moves partitions along a chain of members where no single move helps', () => {
    const counts = new Map([
      ['x', 4],
      ['y', 2],
    ]);
    const members = [
      holding('a', ['x'], 'x-0 x-1 x-2'),
      holding('b', ['x', 'y'], 'x-3 y-0'),
      holding('c', ['y'], 'y-1'),
    ];
    const sizes = [...stickyAssignor.assign(counts, members).values()].map((list) => list.length);
    expect(sizes).toEqual([2, 2, 2]);
  });

  it('believes the newest generation, and nobody where that contradicts itself', () => {
    const counts = new Map([['t', 2]]);
    const stale = [holding('a', ['t'], 't-0 t-1', 1), holding('b', ['t'], 't-1', 2)];
    expect(assignmentText(stickyAssignor.assign(counts, stale))).toEqual({ a: 't-0', b: 't-1' });
    const twice = [holding('a', ['t'], 't-1', 2), holding('b', ['t'], 't-1', 2)];
    expect(assignmentText(stickyAssignor.assign(counts, twice))).toEqual({ a: 't-0', b: 't-1' });
  });

  it('assigns every partition once, in equal shares, and changes nothing without need', () => {
    fc.assert(
      fc.property(memberCount, (count) => {
        const members = memberIds(count).map((id) => memberSubscription(id, [...topics.keys()]));
        const first = stickyAssignor.assign(topics, members);
        expectComplete(first, members);
        const sizes = [...first.values()].map((list) => list.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        const second = stickyAssignor.assign(topics, afterwards(members, first, 1));
        expect(sorted(second)).toEqual(sorted(first));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('takes nothing from those who stay when a member leaves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 7 }), fc.nat(), (count, pick) => {
        const members = memberIds(count).map((id) => memberSubscription(id, [...topics.keys()]));
        const before = stickyAssignor.assign(topics, members);
        const left = pick % count;
        const staying = afterwards(members, before, 1).filter((_, index) => index !== left);
        const after = sorted(stickyAssignor.assign(topics, staying));
        for (const { memberId } of staying) {
          for (const kept of sorted(before)[memberId]!) expect(after[memberId]).toContain(kept);
        }
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it('finds the most even assignment that subscriptions allow, and stays there', () => {
    fc.assert(
      fc.property(subscriptionLists, (lists) => {
        const small = new Map([
          ['a', 2],
          ['b', 1],
          ['c', 2],
        ]);
        const members = lists.map((list, index) => memberSubscription(`m${index}`, list));
        const first = stickyAssignor.assign(small, members);
        expectComplete(first, members);
        expect(unevenness([...first.values()].map((list) => list.length))).toBe(
          leastUnevenness(small, lists),
        );
        const second = stickyAssignor.assign(small, afterwards(members, first, 1));
        expect(sorted(second)).toEqual(sorted(first));
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});

function memberIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `m${index}`);
}

function sorted(assignment: GroupAssignment): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(assignmentText(assignment)).map(([id, text]) => [id, text.split(' ').toSorted()]),
  );
}

function expectComplete(assignment: GroupAssignment, members: readonly MemberSubscription[]): void {
  const assigned = [...assignment.values()].flat().map(({ topic, partition }) => `${topic}-${partition}`);
  expect(new Set(assigned).size).toBe(assigned.length);
  for (const { memberId, topics: wanted } of members) {
    for (const { topic } of assignment.get(memberId) ?? []) expect(wanted).toContain(topic);
  }
}

function unevenness(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size * size, 0);
}

/** By trying everything: the sum of squares is smallest for the most even spread. */
function leastUnevenness(counts: ReadonlyMap<string, number>, lists: readonly (readonly string[])[]): number {
  const partitions = [...counts].flatMap(([topic, count]) => Array.from({ length: count }, () => topic));
  const sizes = lists.map(() => 0);
  const place = (index: number): number => {
    const topic = partitions[index];
    if (topic === undefined) return unevenness(sizes);
    const takers = lists.flatMap((list, member) => (list.includes(topic) ? [member] : []));
    if (takers.length === 0) return place(index + 1);
    return Math.min(
      ...takers.map((member) => {
        sizes[member]!++;
        const least = place(index + 1);
        sizes[member]!--;
        return least;
      }),
    );
  };
  return place(0);
}
