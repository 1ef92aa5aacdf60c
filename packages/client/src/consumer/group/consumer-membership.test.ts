import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { HeartbeatAnswer } from '../../group-member/heartbeat-answer.ts';
import { ConsumerMembership } from './consumer-membership.ts';

const T = [{ topicId: 'T', partitions: [0, 1] }];
const T0 = [{ topicId: 'T', partitions: [0] }];

function membership(isStatic = false): ConsumerMembership {
  return new ConsumerMembership({
    isStatic,
    maxPollIntervalMs: 300_000,
    retryBackoffMs: 100,
    retryBackoffMaxMs: 1000,
  });
}

function accepted(memberEpoch: number, topicPartitions?: HeartbeatAnswer['assignment']): HeartbeatAnswer {
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    memberEpoch,
    heartbeatIntervalMs: 5000,
    assignment: topicPartitions ?? null,
  };
}

function refused(errorCode: number): HeartbeatAnswer {
  return { ...accepted(0), errorCode };
}

/** A member that has been let in and holds T. */
function joined(isStatic = false): ConsumerMembership {
  const member = membership(isStatic);
  member.step({ type: 'polled' }, 0);
  member.step({ type: 'answered', answer: accepted(2, { topicPartitions: T }) }, 10);
  expect(member.step({ type: 'polled' }, 20)).toEqual([{ type: 'reconcile', target: T }]);
  member.step({ type: 'reconciled', owned: T, isComplete: true }, 30);
  member.step({ type: 'answered', answer: accepted(2) }, 40);
  return member;
}

describe('a member whose partitions the broker assigns', () => {
  it('joins with the first poll, not before, and says everything', () => {
    const member = membership();
    expect(member.step({ type: 'subscribed' }, 0)).toEqual([]);
    expect(member.nextWakeupMs).toBe(Infinity);
    expect(member.step({ type: 'polled' }, 0)).toEqual([
      { type: 'sendHeartbeat', memberEpoch: 0, isFull: true, withSubscription: true, owned: [] },
    ]);
  });

  it('takes an assignment over in a poll, and says at once what it holds', () => {
    const member = membership();
    member.step({ type: 'polled' }, 0);
    member.step({ type: 'answered', answer: accepted(2, { topicPartitions: T }) }, 10);
    expect(member.step({ type: 'ticked' }, 20)).toEqual([]);
    expect(member.step({ type: 'polled' }, 20)).toEqual([{ type: 'reconcile', target: T }]);
    expect(member.step({ type: 'reconciled', owned: T, isComplete: true }, 30)).toEqual([
      { type: 'sendHeartbeat', memberEpoch: 2, isFull: false, withSubscription: false, owned: T },
    ]);
  });

  it('sends heartbeats at the interval of the coordinator, which say nothing', () => {
    const member = joined();
    expect(member.nextWakeupMs).toBe(5040);
    expect(member.step({ type: 'ticked' }, 5039)).toEqual([]);
    expect(member.step({ type: 'ticked' }, 5040)).toEqual([
      { type: 'sendHeartbeat', memberEpoch: 2, isFull: false, withSubscription: false, owned: null },
    ]);
    expect(member.step({ type: 'ticked' }, 99_000)).toEqual([]);
  });

  it('does not beat without a pause, whatever the coordinator names as interval', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5040);
    member.step({ type: 'answered', answer: { ...accepted(2), heartbeatIntervalMs: 0 } }, 5050);
    expect(member.nextWakeupMs).toBe(10_050);
  });

  it('takes up the newest assignment only, one after the other', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5040);
    member.step({ type: 'answered', answer: accepted(2, { topicPartitions: T0 }) }, 5050);
    expect(member.step({ type: 'polled' }, 5060)).toEqual([{ type: 'reconcile', target: T0 }]);
    member.step({ type: 'ticked' }, 10_050);
    member.step({ type: 'answered', answer: accepted(3, { topicPartitions: T }) }, 10_060);
    expect(member.wantsPoll).toBe(false);
    member.step({ type: 'reconciled', owned: T0, isComplete: true }, 10_070);
    expect(member.wantsPoll).toBe(true);
  });

  it('takes an assignment up again when the names of its topics are known', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5040);
    member.step({ type: 'answered', answer: accepted(3, { topicPartitions: T0 }) }, 5050);
    member.step({ type: 'polled' }, 5060);
    member.step({ type: 'reconciled', owned: [], isComplete: false }, 5070);
    expect(member.wantsPoll).toBe(false);
    member.step({ type: 'metadataChanged' }, 5080);
    expect(member.step({ type: 'polled' }, 5090)).toEqual([{ type: 'reconcile', target: T0 }]);
  });

  it('says everything again when an answer may have been lost', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5040);
    member.step({ type: 'requestFailed' }, 6000);
    expect(member.nextWakeupMs).toBe(6100);
    expect(member.step({ type: 'ticked' }, 6100)).toEqual([
      { type: 'sendHeartbeat', memberEpoch: 2, isFull: true, withSubscription: true, owned: T },
    ]);
  });

  it('tells a changed subscription with the next heartbeat, which is due at once', () => {
    const member = joined();
    member.step({ type: 'subscribed' }, 100);
    expect(member.step({ type: 'ticked' }, 100)).toMatchObject([{ isFull: false, withSubscription: true }]);
  });

  it.each([ErrorCode.FENCED_MEMBER_EPOCH, ErrorCode.UNKNOWN_MEMBER_ID])(
    'loses its partitions in a poll when it was put out (%i), then joins again',
    (errorCode) => {
      const member = joined();
      member.step({ type: 'ticked' }, 5040);
      expect(member.step({ type: 'answered', answer: refused(errorCode) }, 5050)).toEqual([]);
      expect([member.memberEpoch, member.nextWakeupMs]).toEqual([0, Infinity]);
      expect(member.step({ type: 'polled' }, 6000)).toEqual([{ type: 'lose' }]);
      expect(member.step({ type: 'polled' }, 6001)).toEqual([]);
      expect(member.step({ type: 'lost' }, 6002)).toEqual([
        { type: 'sendHeartbeat', memberEpoch: 0, isFull: true, withSubscription: true, owned: [] },
      ]);
    },
  );

  it('leaves when it is not polled in time', () => {
    const member = joined(true);
    expect(member.step({ type: 'ticked' }, 300_020)).toEqual([{ type: 'sendLeave', memberEpoch: -1 }]);
    expect(member.step({ type: 'polled' }, 400_000)).toEqual([{ type: 'lose' }]);
  });

  it.each([
    [false, -1],
    [true, -2],
  ])('leaves when it closes; static: %s', (isStatic, memberEpoch) => {
    expect(joined(isStatic).step({ type: 'left' }, 100)).toEqual([{ type: 'sendLeave', memberEpoch }]);
  });

  it('does not leave a group it never joined', () => {
    expect(membership().step({ type: 'left' }, 0)).toEqual([]);
  });

  it.each([ErrorCode.COORDINATOR_NOT_AVAILABLE, ErrorCode.NOT_COORDINATOR])(
    'looks for the coordinator again, later each time (%i)',
    (errorCode) => {
      const member = membership();
      member.step({ type: 'polled' }, 0);
      const answer = refused(errorCode);
      expect(member.step({ type: 'answered', answer }, 10)).toEqual([{ type: 'forgetCoordinator' }]);
      expect(member.nextWakeupMs).toBe(110);
      member.step({ type: 'ticked' }, 110);
      member.step({ type: 'answered', answer }, 120);
      expect(member.nextWakeupMs).toBe(320);
    },
  );

  it('tells of a topic it may not read, and goes on', () => {
    const member = joined();
    member.step({ type: 'ticked' }, 5040);
    const answer = refused(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
    expect(member.step({ type: 'answered', answer }, 5050)).toMatchObject([{ type: 'report' }]);
    expect(member.step({ type: 'ticked' }, 10_040)).toMatchObject([{ type: 'sendHeartbeat' }]);
  });

  it.each([
    ErrorCode.UNSUPPORTED_VERSION,
    ErrorCode.UNRELEASED_INSTANCE_ID,
    ErrorCode.UNSUPPORTED_ASSIGNOR,
    ErrorCode.GROUP_MAX_SIZE_REACHED,
    ErrorCode.INVALID_REQUEST,
  ])('gives up for good on error %i', (errorCode) => {
    const member = membership();
    member.step({ type: 'polled' }, 0);
    expect(member.step({ type: 'answered', answer: refused(errorCode) }, 10)).toMatchObject([
      { type: 'fail', errorCode },
    ]);
    expect(member.step({ type: 'polled' }, 9999)).toEqual([]);
  });
});
