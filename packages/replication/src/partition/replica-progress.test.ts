import { describe, expect, it } from 'vitest';
import { ReplicaProgress } from './replica-progress.ts';

const MAX_LAG_MS = 100;

function fetchAt(nowMs: number, fetchOffset: number, leaderEndOffset: number) {
  return { replicaId: 2, brokerEpoch: 7, fetchOffset, logStartOffset: 0, leaderEndOffset, nowMs };
}

describe('a follower whose session does not name the partition while nothing happens', () => {
  it('was caught up as of its last request when the leader grows', () => {
    const progress = new ReplicaProgress(2, 0);
    const session = { lastFetchMs: 0 };
    progress.onFetch(fetchAt(10, 5, 5));
    progress.attach(session);
    session.lastFetchMs = 990;
    progress.onLeaderGrows(5);
    expect(progress.isCaughtUp(6, 1000, MAX_LAG_MS)).toBe(true);
    expect(progress.isCaughtUp(6, 1091, MAX_LAG_MS)).toBe(false);
  });

  it('is not caught up by requests that come while it lacks something', () => {
    const progress = new ReplicaProgress(2, 0);
    const session = { lastFetchMs: 0 };
    progress.onFetch(fetchAt(10, 5, 9));
    progress.attach(session);
    session.lastFetchMs = 990;
    progress.onLeaderGrows(9);
    expect(progress.lastCaughtUpMs).toBe(0);
  });

  it('keeps what its session has shown when it leaves it', () => {
    const progress = new ReplicaProgress(2, 0);
    const session = { lastFetchMs: 0 };
    progress.onFetch(fetchAt(10, 5, 5));
    progress.attach(session);
    session.lastFetchMs = 500;
    progress.detach(session);
    session.lastFetchMs = 900;
    progress.onLeaderGrows(5);
    expect(progress.lastCaughtUpMs).toBe(500);
  });

  it('belongs to the newest session only', () => {
    const progress = new ReplicaProgress(2, 0);
    const [old, current] = [{ lastFetchMs: 0 }, { lastFetchMs: 0 }];
    progress.onFetch(fetchAt(10, 5, 5));
    progress.attach(old);
    progress.attach(current);
    progress.detach(old);
    current.lastFetchMs = 700;
    progress.onLeaderGrows(5);
    expect(progress.lastCaughtUpMs).toBe(700);
  });
});
