import { LONG_MAX } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { GroupDriver } from '../testing/group-driver.ts';
import { commitCall, joinCall, leaveCall, subscription, syncCall } from '../testing/group-test-calls.ts';

const MINUTE_MS = 60_000;
const CHECK_MS = 10 * MINUTE_MS;
const RETENTION_MS = 7 * 24 * 60 * MINUTE_MS;

function newDriver(): GroupDriver {
  return new GroupDriver({ 'group.initial.rebalance.delay.ms': 0 });
}

/** Topics that the group has offsets for. */
function topicsOf(driver: GroupDriver): string[] {
  const reply = driver.call({ api: 'fetch', groupId: 'g', topics: null });
  return reply.topics.map(({ name }) => name);
}

/** A stable group of one member that subscribes topic `t`, whose session never ends within these tests. */
function stableGroup(
  driver: GroupDriver,
  join: Parameters<typeof joinCall>[0] = {},
): { memberId: string; generation: number } {
  const protocols = [{ name: 'range', metadata: subscription('t') }];
  driver.start(joinCall({ version: 3, protocols, ...join }));
  driver.advance(0);
  const group = driver.machine.shard.groups.get('g')!;
  const member = { memberId: group.leaderId!, generation: group.generation };
  driver.call(syncCall(member));
  return member;
}

/** Lets time pass while the member sends a commit every minute or so, which keeps its session. */
function advanceAlive(driver: GroupDriver, byMs: number, keepAlive: () => void): void {
  for (let passedMs = 0; passedMs < byMs; passedMs += 20 * MINUTE_MS) {
    driver.advance(Math.min(20 * MINUTE_MS, byMs - passedMs));
    keepAlive();
  }
}

describe('expiry of offsets', () => {
  it('keeps an offset that carries an expiry of its own until then, whatever the group says', () => {
    const driver = newDriver();
    driver.call(commitCall({ version: 4, retentionTimeMs: CHECK_MS + 1 }));
    driver.advance(CHECK_MS);
    expect(topicsOf(driver)).toEqual(['t']);
    driver.advance(CHECK_MS);
    expect(topicsOf(driver)).toEqual([]);
  });

  it('keeps an offset for ever that is to be kept longer than there are numbers for', () => {
    const driver = newDriver();
    driver.call(commitCall({ version: 4, retentionTimeMs: Number.MAX_SAFE_INTEGER }));
    driver.call(commitCall({ version: 4, topic: 'u', retentionTimeMs: LONG_MAX }));
    driver.advance(CHECK_MS);
    expect(topicsOf(driver)).toEqual(['t', 'u']);
  });

  it('counts from the commit in a simple group', () => {
    const driver = newDriver();
    driver.call(commitCall({ topic: 'early' }));
    driver.advance(CHECK_MS);
    driver.call(commitCall({ topic: 'late' }));
    driver.advance(RETENTION_MS - CHECK_MS);
    expect(topicsOf(driver)).toEqual(['late']);
    driver.advance(CHECK_MS);
    expect(topicsOf(driver)).toEqual([]);
  });

  it('counts from the moment the group became empty, for all of its offsets', () => {
    const driver = newDriver();
    const member = stableGroup(driver);
    driver.call(commitCall(member));
    driver.advance(5000);
    driver.call(leaveCall(member));
    driver.advance(RETENTION_MS - 1);
    expect(topicsOf(driver)).toEqual(['t']);
    driver.advance(CHECK_MS);
    expect(topicsOf(driver)).toEqual([]);
  });

  it('counts from the commit where the record of an empty group does not say when it became empty', () => {
    const driver = newDriver();
    const member = stableGroup(driver);
    driver.call(commitCall(member));
    driver.call(leaveCall(member));
    driver.machine.shard.groups.get('g')!.stateTimestampMs = -1;
    driver.advance(RETENTION_MS);
    expect(topicsOf(driver)).toEqual([]);
  });

  it('spares subscribed topics of a stable group of consumers and drops the others', () => {
    const driver = newDriver();
    const member = stableGroup(driver, { sessionTimeoutMs: 1_800_000 });
    driver.call(commitCall({ ...member, topic: 't' }));
    driver.call(commitCall({ ...member, topic: 'gone' }));
    advanceAlive(driver, RETENTION_MS + CHECK_MS, () => driver.call(commitCall({ ...member, partition: 9 })));
    expect(topicsOf(driver)).toEqual(['t']);
    expect(driver.machine.shard.offsets.get({ groupId: 'g', topic: 't', partition: 0 })).toBeDefined();
  });

  it('keeps everything of a group whose subscriptions cannot be read', () => {
    const driver = newDriver();
    const protocols = [{ name: 'range', metadata: Buffer.from('?') }];
    const member = stableGroup(driver, { sessionTimeoutMs: 1_800_000, protocols });
    driver.call(commitCall({ ...member, topic: 'other' }));
    advanceAlive(driver, RETENTION_MS + CHECK_MS, () => driver.call(commitCall({ ...member })));
    expect(topicsOf(driver)).toContain('other');
  });

  it('keeps everything of a group of another type while it has members', () => {
    const driver = newDriver();
    const member = stableGroup(driver, { sessionTimeoutMs: 1_800_000, protocolType: 'connect' });
    driver.call(commitCall({ ...member, topic: 'other' }));
    advanceAlive(driver, RETENTION_MS + CHECK_MS, () => driver.call(commitCall({ ...member })));
    expect(topicsOf(driver)).toContain('other');
  });

  it('removes an empty group with its last offset, in one batch', () => {
    const driver = newDriver();
    driver.call(commitCall());
    driver.autoCommit = false;
    driver.advance(RETENTION_MS);
    expect(driver.appends.at(-1)?.records).toHaveLength(2);
    expect(driver.machine.shard.groups.get('g')?.state).toBe('Dead');
    driver.commit();
    expect(driver.machine.shard.groups.has('g')).toBe(false);
    expect(driver.restarted().machine.shard.groups.has('g')).toBe(false);
  });

  it('takes the removal back when its record is lost, and tries again', () => {
    const driver = newDriver();
    driver.call(commitCall());
    driver.autoCommit = false;
    driver.advance(RETENTION_MS);
    driver.loseAppends(15);
    expect(topicsOf(driver)).toEqual(['t']);
    driver.autoCommit = true;
    driver.advance(CHECK_MS);
    expect(driver.machine.shard.groups.has('g')).toBe(false);
  });

  it('forgets the offsets of deleted topics at once', () => {
    const driver = newDriver();
    driver.call(commitCall({ topic: 'kept' }));
    driver.call(commitCall({ topic: 'dropped' }));
    driver.call(commitCall({ groupId: 'h', topic: 'dropped' }));
    driver.start({ api: 'forgetTopics', topics: ['dropped', 'never-seen'], topicIds: [] });
    expect(topicsOf(driver)).toEqual(['kept']);
    expect(driver.call({ api: 'fetch', groupId: 'h', topics: null }).topics).toEqual([]);
  });
});
