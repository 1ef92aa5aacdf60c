import { ErrorCode } from '@millrace/protocol';
import type { FetchResponse } from '@millrace/protocol/messages/fetch';
import { describe, expect, it } from 'vitest';
import { FollowerSession } from './fetch-session.ts';
import type { FetchingReplica } from './followed-partition.ts';
import { PartitionProgress } from './partition-progress.ts';

function follow(session: FollowerSession<FetchingReplica>, topicId: string, index: number, leaderEpoch = 0) {
  const log = { logEndOffset: 3, latestEpoch: 1, logStartOffset: 0, highWatermark: 2 };
  const partition = { topic: `t-${topicId}`, topicId, index, leaderEpoch, log };
  const progress = new PartitionProgress<FetchingReplica>(partition);
  session.add(progress);
  return { progress, log };
}

function named(session: FollowerSession<FetchingReplica>, nowMs = 0) {
  const { topics, forgottenTopicsData, sessionId, sessionEpoch } = session.request(nowMs, 100);
  return {
    epoch: [sessionId, sessionEpoch],
    asked: topics.flatMap(({ topicId, partitions }) =>
      partitions.map(({ partition, fetchOffset }) => `${topicId}-${partition}@${fetchOffset}`),
    ),
    forgotten: forgottenTopicsData.flatMap(({ topicId, partitions }) =>
      partitions.map((partition) => `${topicId}-${partition}`),
    ),
  };
}

function answered(
  session: FollowerSession<FetchingReplica>,
  sessionId: number,
  errorCode: number = ErrorCode.NONE,
): boolean {
  const response = { throttleTimeMs: 0, errorCode, sessionId, responses: [], nodeEndpoints: [] };
  return session.onResponse(response satisfies FetchResponse);
}

describe('the session of a follower', () => {
  it('names everything once, and then only what has changed', () => {
    const session = new FollowerSession<FetchingReplica>();
    const { progress, log } = follow(session, 'a', 0);
    follow(session, 'b', 1);
    expect(named(session)).toEqual({ epoch: [0, 0], asked: ['a-0@3', 'b-1@3'], forgotten: [] });
    answered(session, 9);
    expect(named(session)).toEqual({ epoch: [9, 1], asked: [], forgotten: [] });
    answered(session, 9);
    log.logEndOffset = 5;
    session.changed(progress);
    expect(named(session)).toEqual({ epoch: [9, 2], asked: ['a-0@5'], forgotten: [] });
  });

  it('forgets what is left, unless it is taken up again at once', () => {
    const session = new FollowerSession<FetchingReplica>();
    const { progress } = follow(session, 'a', 0);
    const { progress: other } = follow(session, 'b', 1);
    named(session);
    answered(session, 9);
    session.remove(progress);
    session.remove(other);
    follow(session, 'b', 1, 1);
    expect(named(session)).toEqual({ epoch: [9, 1], asked: ['b-1@3'], forgotten: ['a-0'] });
  });

  it('leaves a partition with an error alone until its time has come', () => {
    const session = new FollowerSession<FetchingReplica>();
    const { progress } = follow(session, 'a', 0);
    named(session);
    answered(session, 9);
    progress.onFailure(1000, 1000);
    session.rest(progress);
    expect(session.isIdle).toBe(true);
    expect(session.nextRetryMs).toBe(1050);
    expect(named(session, 1049)).toEqual({ epoch: [9, 1], asked: [], forgotten: ['a-0'] });
    expect(named(session, 1050).asked).toEqual(['a-0@3']);
  });

  it('waits twice as long after each further error, up to the limit, and begins anew after success', () => {
    const session = new FollowerSession<FetchingReplica>();
    const { progress } = follow(session, 'a', 0);
    const delays = Array.from({ length: 6 }, () => {
      progress.onFailure(0, 500);
      return progress.retryAtMs;
    });
    expect(delays).toEqual([50, 100, 200, 400, 500, 500]);
    progress.onSuccess();
    progress.onFailure(0, 500);
    expect(progress.retryAtMs).toBe(50);
  });

  it('begins anew when the leader does not know it, and ends what it had', () => {
    const session = new FollowerSession<FetchingReplica>();
    follow(session, 'a', 0);
    named(session);
    answered(session, 9);
    named(session);
    expect(answered(session, 0, ErrorCode.FETCH_SESSION_ID_NOT_FOUND)).toBe(false);
    expect(named(session)).toEqual({ epoch: [9, 0], asked: ['a-0@3'], forgotten: [] });
  });

  it('names everything each time where the leader gives no session', () => {
    const session = new FollowerSession<FetchingReplica>();
    follow(session, 'a', 0);
    for (let round = 0; round < 3; round++) {
      expect(named(session)).toEqual({ epoch: [0, 0], asked: ['a-0@3'], forgotten: [] });
      expect(answered(session, 0)).toBe(true);
    }
  });
});
