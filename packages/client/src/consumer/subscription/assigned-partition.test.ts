import { describe, expect, it } from 'vitest';
import { AssignedPartition } from './assigned-partition.ts';

const NOW_MS = 1000;
const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';

function fetching(offset = 5, leaderEpoch = 0): AssignedPartition {
  const partition = new AssignedPartition('t', 0);
  partition.isAnnounced = true;
  partition.jumpTo({ offset, leaderEpoch });
  return partition;
}

describe('an assigned partition', () => {
  it('is fetched only with a position, after its callback, unless paused or on its way out', () => {
    expect(new AssignedPartition('t', 0).canFetch(NOW_MS)).toBe(false);
    expect(fetching().canFetch(NOW_MS)).toBe(true);
    const changes: ((partition: AssignedPartition) => void)[] = [
      (partition) => (partition.isPaused = true),
      (partition) => (partition.isRevoking = true),
      (partition) => (partition.isAnnounced = false),
      (partition) => (partition.hasFailure = true),
      (partition) => partition.retryAt(NOW_MS + 1),
      (partition) => partition.requestReset(undefined),
      (partition) => partition.observeLeaderEpoch(1, TOPIC_ID),
    ];
    for (const change of changes) {
      const partition = fetching();
      change(partition);
      expect(partition.canFetch(NOW_MS), change.toString()).toBe(false);
    }
  });

  it('makes what was asked before a jump worthless', () => {
    const partition = fetching();
    const versions = new Set([partition.version]);
    partition.jumpTo({ offset: 5, leaderEpoch: 0 });
    versions.add(partition.version);
    partition.requestReset({ type: 'latest' });
    versions.add(partition.version);
    partition.discardFetched();
    versions.add(partition.version);
    expect(versions.size).toBe(4);
  });

  it('knows what has been handed out from what has been fetched', () => {
    const partition = fetching(5);
    partition.fetchedTo({ offset: 20, leaderEpoch: 0 });
    expect(partition.consumed?.offset).toBe(5);
    partition.consumedTo({ offset: 8, leaderEpoch: 0 });
    partition.discardFetched();
    expect(partition.fetched.offset).toBe(8);
  });

  it('is validated once per leader epoch, if its position has one', () => {
    const partition = fetching(5, 0);
    partition.observeLeaderEpoch(0, TOPIC_ID);
    expect(partition.phase).toBe('fetching');
    partition.observeLeaderEpoch(2, TOPIC_ID);
    expect(partition.phase).toBe('awaitValidation');
    partition.validated(2, TOPIC_ID);
    partition.observeLeaderEpoch(2, TOPIC_ID);
    expect(partition.phase).toBe('fetching');
    const withoutEpoch = fetching(5, -1);
    withoutEpoch.observeLeaderEpoch(2, TOPIC_ID);
    expect(withoutEpoch.phase).toBe('fetching');
  });

  it('has no position to commit while it waits for a reset', () => {
    const partition = fetching(5);
    partition.requestReset({ type: 'earliest' });
    expect(partition.phase).toBe('awaitReset');
    expect(partition.resetPolicy).toEqual({ type: 'earliest' });
    partition.jumpTo({ offset: 2, leaderEpoch: -1 });
    expect(partition.resetPolicy).toBeUndefined();
    expect(partition.consumed?.offset).toBe(2);
  });

  it('that waits for a leader is tried again when there is one', () => {
    const partition = fetching();
    partition.retryWithLeader(NOW_MS + 500);
    expect(partition.canFetch(NOW_MS)).toBe(false);
    partition.leaderFound();
    expect(partition.canFetch(NOW_MS)).toBe(true);
    partition.retryAt(NOW_MS + 500);
    partition.leaderFound();
    expect(partition.canFetch(NOW_MS)).toBe(false);
  });
});
