import { describe, expect, it } from 'vitest';
import { ReplicationWaits, type ReplicationWaiter } from './replication-waits.ts';

function waiterFor(endOffset: number): ReplicationWaiter & { outcome: string | undefined } {
  return {
    endOffset,
    isSettled: false,
    outcome: undefined,
    settle(error) {
      this.outcome = error ?? 'replicated';
      Object.assign(this, { isSettled: true });
    },
  };
}

describe('waits for replicas', () => {
  it('end in the order of offsets, whatever the order in which they came', () => {
    const waits = new ReplicationWaits();
    const [third, first, second] = [waiterFor(30), waiterFor(10), waiterFor(20)];
    for (const waiter of [third, first, second]) waits.add(waiter);
    waits.onHighWatermark(20, undefined);
    expect([first.outcome, second.outcome, third.outcome]).toEqual(['replicated', 'replicated', undefined]);
    waits.onHighWatermark(30, 'NOT_ENOUGH_REPLICAS_AFTER_APPEND');
    expect(third.outcome).toBe('NOT_ENOUGH_REPLICAS_AFTER_APPEND');
    expect(waits.size).toBe(0);
  });

  it('all fail with the leader', () => {
    const waits = new ReplicationWaits();
    const done = waiterFor(1);
    const open = [waiterFor(2), waiterFor(3)];
    for (const waiter of [done, ...open]) waits.add(waiter);
    waits.onHighWatermark(1, undefined);
    waits.failAll('NOT_LEADER_OR_FOLLOWER');
    expect(done.outcome).toBe('replicated');
    expect(open.map(({ outcome }) => outcome)).toEqual(['NOT_LEADER_OR_FOLLOWER', 'NOT_LEADER_OR_FOLLOWER']);
  });

  it('do not stay when nobody waits any more, though the high watermark stands still', () => {
    const waits = new ReplicationWaits();
    const waiters = [waiterFor(1), waiterFor(2)];
    for (const waiter of waiters) waits.add(waiter);
    waiters[0]!.settle('REQUEST_TIMED_OUT');
    waits.forgetSettled();
    expect(waits.size).toBe(1);
  });
});
