import { describe, expect, it } from 'vitest';
import {
  stepOnOutOfRange,
  truncationBeforeFirstFetch,
  truncationOnDivergence,
  type EpochEnd,
  type FollowerLog,
} from './follower-divergence.ts';

/** A log as the list of epochs of its records. */
function logOf(epochs: readonly number[], highWatermark = 0): FollowerLog {
  return {
    logEndOffset: epochs.length,
    highWatermark,
    latestEpoch: epochs.at(-1) ?? -1,
    endOffsetForEpoch: (epoch) => endOffsetIn(epochs, epoch),
  };
}

function endOffsetIn(epochs: readonly number[], epoch: number): EpochEnd {
  const latest = epochs.at(-1) ?? -1;
  if (epoch === latest) return { leaderEpoch: epoch, endOffset: epochs.length };
  const next = epochs.findIndex((each) => each > epoch);
  if (next === -1) return { leaderEpoch: -1, endOffset: -1 };
  return { leaderEpoch: next === 0 ? epoch : epochs[next - 1]!, endOffset: next };
}

describe('truncation on divergence', () => {
  it.each([
    ['the leader has less of the same epoch', [1, 1, 1, 1], { leaderEpoch: 1, endOffset: 2 }, 2],
    ['the follower has less of that epoch', [1, 1, 3, 3], { leaderEpoch: 1, endOffset: 4 }, 2],
    ['the follower lacks that epoch', [1, 1, 4, 4], { leaderEpoch: 3, endOffset: 3 }, 2],
    ['the follower has nothing as old', [4, 4, 4], { leaderEpoch: 2, endOffset: 1 }, 0],
    ['the leader ends behind the follower', [1, 1], { leaderEpoch: 1, endOffset: 9 }, 2],
    ['the follower knows no epoch', [], { leaderEpoch: 1, endOffset: 9 }, 0],
  ])('%s', (_case, epochs, leaderEnd, offset) => {
    expect(truncationOnDivergence(leaderEnd, logOf(epochs)).offset).toBe(offset);
  });

  it('finds the common part of a fast chain of leaders in several rounds', () => {
    const leader = [1, 1, 3, 3, 5];
    let follower = [1, 1, 2, 2, 4, 4];
    let rounds = 0;
    for (;;) {
      const end = endOffsetIn(leader, follower.at(-1)!);
      if (end.leaderEpoch === follower.at(-1) && end.endOffset >= follower.length) break;
      follower = follower.slice(0, truncationOnDivergence(end, logOf(follower)).offset);
      rounds++;
    }
    expect(follower).toEqual([1, 1]);
    expect(rounds).toBe(2);
  });

  it('says when committed records are among what goes', () => {
    const end = { leaderEpoch: 1, endOffset: 2 };
    expect(truncationOnDivergence(end, logOf([1, 1, 1, 1], 2)).isBelowHighWatermark).toBe(false);
    expect(truncationOnDivergence(end, logOf([1, 1, 1, 1], 3)).isBelowHighWatermark).toBe(true);
  });
});

describe('truncation before the first fetch', () => {
  it('is to the high watermark where no epochs are known', () => {
    const log = { ...logOf([], 3), logEndOffset: 5 };
    expect(truncationBeforeFirstFetch(log)).toEqual({ offset: 3, isBelowHighWatermark: false });
  });

  it('is left to the leader where they are', () => {
    expect(truncationBeforeFirstFetch(logOf([1, 1, 1], 1))).toBeUndefined();
  });
});

describe('an offset that the leader does not have', () => {
  const log = { ...logOf([1, 1, 1, 1, 1], 4), logEndOffset: 5 };

  it.each([
    ['behind the end of the leader: cut', { logStartOffset: 0, logEndOffset: 4 }, 'truncate'],
    ['before the start of the leader: begin there', { logStartOffset: 6, logEndOffset: 9 }, 'restart'],
    ['within, as it turns out: go on', { logStartOffset: 2, logEndOffset: 9 }, 'continue'],
  ])('%s', (_case, leader, type) => {
    expect(stepOnOutOfRange(leader, log).type).toBe(type);
  });
});
