import { describe, expect, it } from 'vitest';
import { assignmentText, memberSubscription } from '../testing/member-subscription.ts';
import { roundRobinAssignor } from './round-robin-assignor.ts';

describe('round robin assignor', () => {
  it('deals partitions of all topics out in a circle', () => {
    const counts = new Map([
      ['t', 3],
      ['u', 3],
    ]);
    const members = [memberSubscription('a', ['t', 'u']), memberSubscription('b', ['t', 'u'])];
    expect(assignmentText(roundRobinAssignor.assign(counts, members))).toEqual({
      a: 't-0 t-2 u-1',
      b: 't-1 u-0 u-2',
    });
  });

  it('passes over members that do not want the topic', () => {
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
    expect(assignmentText(roundRobinAssignor.assign(counts, members))).toEqual({
      a: 't0-0',
      b: 't1-0',
      c: 't1-1 t2-0 t2-1 t2-2',
    });
  });
});
