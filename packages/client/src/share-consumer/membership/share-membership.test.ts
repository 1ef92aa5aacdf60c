import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { HeartbeatAnswer } from '../../group-member/heartbeat-answer.ts';
import { ShareMembership } from './share-membership.ts';

const T = [{ topicId: 'T', partitions: [0, 1] }];
const ASSIGN_NOTHING = { type: 'assign', partitions: [] };

function membership(): ShareMembership {
  return new ShareMembership({ maxPollIntervalMs: 300_000, retryBackoffMs: 100, retryBackoffMaxMs: 1000 });
}

function accepted(memberEpoch: number, topicPartitions?: typeof T): HeartbeatAnswer {
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    memberEpoch,
    heartbeatIntervalMs: 5000,
    assignment: topicPartitions === undefined ? null : { topicPartitions },
  };
}

function refused(errorCode: number): HeartbeatAnswer {
  return { ...accepted(0), errorCode };
}

function joined(): ShareMembership {
  const member = membership();
  member.step({ type: 'polled' }, 0);
  expect(member.step({ type: 'answered', answer: accepted(2, T) }, 10)).toEqual([
    { type: 'assign', partitions: T },
  ]);
  return member;
}

describe('a member of a share group', () => {
  it('joins with the first poll, not before, and says everything', () => {
    const member = membership();
    expect(member.step({ type: 'subscribed' }, 0)).toEqual([]);
    expect(member.nextWakeupMs).toBe(Infinity);
    expect(member.step({ type: 'polled' }, 0)).toEqual([
      { type: 'sendHeartbeat', memberEpoch: 0, isFull: true },
    ]);
    expect(member.step({ type: 'polled' }, 1)).toEqual([]);
  });

  it('beats as often as the coordinator says, and says only that it is there', () => {
    const member = joined();
    expect(member.nextWakeupMs).toBe(5010);
    expect(member.step({ type: 'ticked' }, 5009)).toEqual([]);
    expect(member.step({ type: 'ticked' }, 5010)).toEqual([
      { type: 'sendHeartbeat', memberEpoch: 2, isFull: false },
    ]);
  });

  it('does not beat without a pause, whatever the coordinator names as interval', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5010);
    member.step({ type: 'answered', answer: { ...accepted(2), heartbeatIntervalMs: 0 } }, 5020);
    expect(member.nextWakeupMs).toBe(10_020);
  });

  it('asks again soon while it has nothing to read, and then less and less often', () => {
    const member = membership();
    member.step({ type: 'polled' }, 0);
    const pauses: number[] = [];
    let nowMs = 0;
    for (let round = 0; round < 7; round++) {
      member.step({ type: 'answered', answer: accepted(2, round === 0 ? [] : undefined) }, nowMs);
      pauses.push(member.nextWakeupMs - nowMs);
      nowMs = member.nextWakeupMs;
      expect(member.step({ type: 'ticked' }, nowMs)).toHaveLength(1);
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    member.step({ type: 'answered', answer: accepted(3, T) }, nowMs);
    expect(member.nextWakeupMs - nowMs).toBe(5000);
  });

  it('says at once that its subscription has changed, after the heartbeat under way', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5010);
    member.step({ type: 'subscribed' }, 5020);
    expect(member.step({ type: 'ticked' }, 5020)).toEqual([]);
    member.step({ type: 'answered', answer: accepted(2) }, 5030);
    expect(member.step({ type: 'ticked' }, 5030)).toEqual([
      { type: 'sendHeartbeat', memberEpoch: 2, isFull: true },
    ]);
  });

  it.each([ErrorCode.FENCED_MEMBER_EPOCH, ErrorCode.UNKNOWN_MEMBER_ID])(
    'joins again at once when it was put out (%i)',
    (errorCode) => {
      const member = joined();
      member.step({ type: 'ticked' }, 5010);
      expect(member.step({ type: 'answered', answer: refused(errorCode) }, 5020)).toEqual([
        ASSIGN_NOTHING,
        { type: 'sendHeartbeat', memberEpoch: 0, isFull: true },
      ]);
    },
  );

  it('backs off from a coordinator that cannot answer, and says everything then', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5010);
    const moved = refused(ErrorCode.NOT_COORDINATOR);
    expect(member.step({ type: 'answered', answer: moved }, 5020)).toEqual([{ type: 'forgetCoordinator' }]);
    expect(member.nextWakeupMs).toBe(5120);
    expect(member.step({ type: 'ticked' }, 5120)).toEqual([
      { type: 'sendHeartbeat', memberEpoch: 2, isFull: true },
    ]);
    member.step({ type: 'requestFailed' }, 5130);
    expect(member.nextWakeupMs).toBe(5330);
    member.step({ type: 'ticked' }, 5330);
    const loading = refused(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    expect(member.step({ type: 'answered', answer: loading }, 5340)).toEqual([]);
    expect(member.nextWakeupMs).toBe(5740);
  });

  it('leaves when nobody polls, and comes back with the next poll', () => {
    const member = joined();
    expect(member.step({ type: 'ticked' }, 300_000)).toEqual([ASSIGN_NOTHING, { type: 'sendLeave' }]);
    expect(member.nextWakeupMs).toBe(Infinity);
    expect(member.step({ type: 'answered', answer: accepted(2, T) }, 300_010)).toEqual([]);
    expect(member.step({ type: 'polled' }, 400_000)).toEqual([
      { type: 'sendHeartbeat', memberEpoch: 0, isFull: true },
    ]);
  });

  it('is out for good when it is refused, until it leaves', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5010);
    const errorCode = ErrorCode.GROUP_AUTHORIZATION_FAILED;
    expect(member.step({ type: 'answered', answer: refused(errorCode) }, 5020)).toEqual([
      ASSIGN_NOTHING,
      { type: 'fail', errorCode, message: null },
    ]);
    expect(member.step({ type: 'polled' }, 6000)).toEqual([]);
    expect(member.step({ type: 'left' }, 6000)).toEqual([]);
    expect(member.step({ type: 'polled' }, 7000)).toMatchObject([{ type: 'sendHeartbeat', memberEpoch: 0 }]);
  });

  it('goes on beating when topics are forbidden: that may change', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5010);
    const errorCode = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
    expect(member.step({ type: 'answered', answer: refused(errorCode) }, 5020)).toEqual([
      { type: 'report', errorCode, message: null },
    ]);
    expect(member.step({ type: 'ticked' }, 5120)).toMatchObject([{ type: 'sendHeartbeat' }]);
  });

  it('says that it leaves only where it may be known', () => {
    expect(membership().step({ type: 'left' }, 0)).toEqual([]);
    const asking = membership();
    asking.step({ type: 'polled' }, 0);
    expect(asking.step({ type: 'left' }, 5)).toEqual([{ type: 'sendLeave' }]);
    const member = joined();
    expect(member.step({ type: 'left' }, 20)).toEqual([{ type: 'sendLeave' }]);
    expect(member.memberEpoch).toBe(0);
  });
});
