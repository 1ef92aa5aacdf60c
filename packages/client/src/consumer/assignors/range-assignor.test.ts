import { describe, expect, it } from 'vitest';
import { assignmentText, memberSubscription } from '../testing/member-subscription.ts';
import { rangeAssignor } from './range-assignor.ts';

describe('range assignor', () => {
  it('gives each member a block of every topic, the first members one more', () => {
    const counts = new Map([
      ['t', 3],
      ['u', 3],
    ]);
    const members = [memberSubscription('b', ['t', 'u']), memberSubscription('a', ['t', 'u'])];
    expect(assignmentText(rangeAssignor.assign(counts, members))).toEqual({
      a: 't-0 t-1 u-0 u-1',
      b: 't-2 u-2',
    });
  });

  it('takes static members first, by instance id', () => {
    const members = [
      memberSubscription('a', ['t']),
      memberSubscription('z', ['t'], { groupInstanceId: 'one' }),
      memberSubscription('y', ['t'], { groupInstanceId: 'two' }),
    ];
    const assignment = rangeAssignor.assign(new Map([['t', 2]]), members);
    expect(assignmentText(assignment)).toEqual({ a: '', z: 't-0', y: 't-1' });
  });

  it('divides a topic among its subscribers only, and skips topics that do not exist', () => {
    const counts = new Map([
      ['t', 1],
      ['u', 2],
    ]);
    const members = [memberSubscription('a', ['t', 'u', 'missing']), memberSubscription('b', ['u'])];
    expect(assignmentText(rangeAssignor.assign(counts, members))).toEqual({ a: 't-0 u-0', b: 'u-1' });
  });
});
