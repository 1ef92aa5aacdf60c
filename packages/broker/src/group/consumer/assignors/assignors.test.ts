import { array, assert, constantFrom, integer, nat, property, record, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partitionsOf, type TopicPartitions } from '../topic-partitions.ts';
import { rangeAssignor } from './range-assignor.ts';
import type { AssignorMember, ServerAssignor } from './server-assignor.ts';
import { uniformAssignor } from './uniform-assignor.ts';

const topicNames = ['a', 'b', 'c', 'd'];

/** A group: members that subscribe, and hold what a previous run has given them. */
const groups = record({
  counts: array(integer({ min: 1, max: 12 }), { minLength: 4, maxLength: 4 }),
  subscriptions: array(subarray(topicNames), { minLength: 1, maxLength: 7 }),
  leavers: array(nat(6), { maxLength: 3 }),
  comers: array(subarray(topicNames), { maxLength: 3 }),
});

function members(
  subscriptions: readonly (readonly string[])[],
  previous: ReadonlyMap<string, TopicPartitions> = new Map(),
  firstId = 0,
): AssignorMember[] {
  return subscriptions.map((topics, index) => {
    const memberId = `m${firstId + index}`;
    return {
      memberId,
      instanceId: null,
      topicIds: new Set(topics),
      previous: previous.get(memberId) ?? new Map(),
    };
  });
}

/** Counts of those topics that somebody subscribes. */
function countsFor(group: readonly AssignorMember[], counts: readonly number[]): Map<string, number> {
  const named = topicNames.map((name, index) => [name, counts[index]!] as const);
  return new Map(named.filter(([name]) => group.some(({ topicIds }) => topicIds.has(name))));
}

function loadOf(parts: TopicPartitions | undefined): number {
  return [...(parts ?? new Map<string, number[]>()).values()].reduce(
    (sum, partitions) => sum + partitions.length,
    0,
  );
}

function checkOwnership(
  group: readonly AssignorMember[],
  counts: ReadonlyMap<string, number>,
  assignment: ReadonlyMap<string, TopicPartitions>,
): void {
  for (const [topicId, count] of counts) {
    const owned = group.flatMap(({ memberId }) => partitionsOf(assignment.get(memberId)!, topicId));
    expect(owned.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: count }, (_, partition) => partition),
    );
  }
  for (const { memberId, topicIds } of group)
    for (const topicId of assignment.get(memberId)!.keys()) expect(topicIds.has(topicId)).toBe(true);
}

/** Before and after some members have left and others have come. */
function twoRounds(assignor: ServerAssignor, group: Parameters<Parameters<typeof groups.map>[0]>[0]) {
  const before = members(group.subscriptions);
  const first = assignor.assign(before, countsFor(before, group.counts));
  const stayed = members(group.subscriptions, first).filter((_, index) => !group.leavers.includes(index));
  const after = [...stayed, ...members(group.comers, new Map(), 50)];
  const counts = countsFor(after, group.counts);
  return { before, first, after, counts, second: assignor.assign(after, counts) };
}

describe.each([uniformAssignor, rangeAssignor])('the $name assignor', (assignor) => {
  it('gives every partition to exactly one of those who subscribe its topic', () => {
    assert(
      property(groups, (group) => {
        const { before, first, after, counts, second } = twoRounds(assignor, group);
        checkOwnership(before, countsFor(before, group.counts), first);
        checkOwnership(after, counts, second);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same answer to the same question', () => {
    assert(
      property(groups, (group) => {
        expect(twoRounds(assignor, group).second).toEqual(twoRounds(assignor, group).second);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves everything in its place when nothing has changed', () => {
    assert(
      property(groups, (group) => {
        const { after, counts, second } = twoRounds(assignor, group);
        const again = after.map((member) => ({ ...member, previous: second.get(member.memberId)! }));
        expect(assignor.assign(again, counts)).toEqual(second);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the uniform assignor', () => {
  it('makes shares differ by one at most where all subscribe the same', () => {
    const sameSubscriptions = record({
      counts: array(integer({ min: 1, max: 12 }), { minLength: 4, maxLength: 4 }),
      before: integer({ min: 1, max: 8 }),
      after: integer({ min: 1, max: 8 }),
      topics: constantFrom(['a'], ['a', 'b'], topicNames),
    });
    assert(
      property(sameSubscriptions, ({ counts, before, after, topics }) => {
        const group = members(Array.from({ length: before }, () => topics));
        const first = uniformAssignor.assign(group, countsFor(group, counts));
        const next = members(
          Array.from({ length: after }, () => topics),
          first,
        );
        const second = uniformAssignor.assign(next, countsFor(next, counts));
        const loads = next.map(({ memberId }) => loadOf(second.get(memberId)));
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
        // Whoever stays keeps what its share has room for.
        for (const { memberId } of next) {
          const kept = topicNames.flatMap((topic) =>
            partitionsOf(first.get(memberId) ?? new Map(), topic).filter((partition) =>
              partitionsOf(second.get(memberId)!, topic).includes(partition),
            ),
          );
          const expected = Math.min(loadOf(first.get(memberId)), Math.min(...loads));
          expect(kept.length).toBeGreaterThanOrEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('leaves no single move that would make shares more equal where subscriptions differ', () => {
    assert(
      property(groups, (group) => {
        const { after, second } = twoRounds(uniformAssignor, group);
        for (const from of after) {
          for (const topicId of second.get(from.memberId)!.keys()) {
            for (const to of after.filter(({ topicIds }) => topicIds.has(topicId))) {
              const gap = loadOf(second.get(from.memberId)) - loadOf(second.get(to.memberId));
              expect(gap).toBeLessThanOrEqual(1);
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the range assignor', () => {
  it('deals out contiguous ranges, the first members get one more', () => {
    const group = members([['a', 'b'], ['a', 'b'], ['a']]);
    expect(
      rangeAssignor.assign(
        group,
        new Map([
          ['a', 7],
          ['b', 3],
        ]),
      ),
    ).toEqual(
      new Map([
        [
          'm0',
          new Map([
            ['a', [0, 1, 2]],
            ['b', [0, 1]],
          ]),
        ],
        [
          'm1',
          new Map([
            ['a', [3, 4]],
            ['b', [2]],
          ]),
        ],
        ['m2', new Map([['a', [5, 6]]])],
      ]),
    );
  });

  it('takes static members first, in the order of their instance ids', () => {
    const [first, second, third] = members([['a'], ['a'], ['a']]);
    const group = [first!, { ...second!, instanceId: 'z' }, { ...third!, instanceId: 'y' }];
    const assignment = rangeAssignor.assign(group, new Map([['a', 3]]));
    expect(group.map(({ memberId }) => assignment.get(memberId)!.get('a'))).toEqual([[2], [1], [0]]);
  });
});
