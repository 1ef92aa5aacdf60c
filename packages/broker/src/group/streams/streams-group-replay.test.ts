import { array, assert, constantFrom, oneof, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { imageOf } from '../testing/consumer-test-calls.ts';
import type { GroupDriver } from '../testing/group-driver.ts';
import { joinCall } from '../testing/group-test-calls.ts';
import { streamsCall, streamsDriver, TestThread } from '../testing/streams-test-calls.ts';
import type { StreamsHeartbeatReply } from './streams-calls.ts';

const who = constantFrom('a', 'b', 'c');
const step = oneof(
  { weight: 6, arbitrary: record({ do: constantFrom('beat' as const), who }) },
  record({ do: constantFrom('rejoin' as const, 'leave' as const), who }),
  record({
    do: constantFrom(
      'grow' as const,
      'shrink' as const,
      'copies' as const,
      'delete' as const,
      'classic' as const,
    ),
  }),
  record({
    do: constantFrom(
      'hold' as const,
      'commit' as const,
      'lose' as const,
      'lose-newest' as const,
      'wait' as const,
    ),
  }),
);

/** Everything a streams group is, as text. */
function imprint({ machine }: GroupDriver): unknown {
  return [...machine.shard.streamsGroups.values()].map((group) => ({
    groupId: group.groupId,
    epochs: [group.recordedEpoch, group.assignmentEpoch, group.assignedAtMs, group.state],
    topology: group.topology,
    members: [...group.members.values()].toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1)),
    targets: [...group.targets].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  }));
}

/** What threads that do as they are told work on: nobody on what another works on, nor on a copy of its own. */
function checkThreads(threads: Iterable<TestThread>): void {
  const seen = new Set<string>();
  for (const { active, standby } of threads) {
    for (const task of active) {
      expect(seen.has(task)).toBe(false);
      expect(standby.has(task)).toBe(false);
      seen.add(task);
    }
  }
}

it('a streams group is the replay of its log, and no task is active twice, whatever was asked and lost', () => {
  assert(
    property(array(step, { maxLength: 50, size: 'max' }), (steps) => {
      const driver = streamsDriver();
      const threads = new Map(['a', 'b', 'c'].map((id) => [id, new TestThread(id)]));
      let isLossless = true;
      for (const one of steps) {
        if (one.do === 'hold') driver.autoCommit = false;
        if (one.do === 'lose') driver.loseAppends(15);
        if (one.do === 'lose-newest') driver.loseNewestAppends(15);
        if (one.do === 'commit') {
          driver.commit();
          driver.autoCommit = true;
        }
        if (one.do === 'wait') {
          driver.advance(50_000);
          // Their sessions are over, and they know it.
          for (const id of threads.keys()) threads.set(id, new TestThread(id));
        }
        if (one.do === 'grow') driver.image = imageOf({ t: 6, c: 6 });
        if (one.do === 'shrink') driver.image = imageOf({ t: 3 });
        if (one.do === 'copies')
          Object.assign(driver.properties, { 'group.streams.num.standby.replicas': 1 });
        if (one.do === 'delete') driver.start({ api: 'deleteGroups', groupIds: ['g'] });
        if (one.do === 'classic') driver.start(joinCall());
        if (!('who' in one)) continue;
        if (one.do === 'rejoin') threads.set(one.who, new TestThread(one.who));
        const thread = threads.get(one.who)!;
        if (one.do === 'leave') {
          driver.start(streamsCall({ memberId: one.who, memberEpoch: -1 }));
          threads.set(one.who, new TestThread(one.who));
          continue;
        }
        const reply = driver.reply(driver.start(thread.nextCall())) as StreamsHeartbeatReply | undefined;
        if (reply === undefined) isLossless = false;
        else thread.hear(reply);
        if (isLossless) checkThreads(threads.values());
      }
      driver.loseAppends(15);
      expect(imprint(driver.restarted())).toEqual(imprint(driver));
    }),
  );
});

it('threads that do as they are told arrive at a stable group with every task active once', () => {
  const churn = array(record({ who, comes: constantFrom(true, false), copies: constantFrom(0, 1, 2) }), {
    maxLength: 12,
  });
  assert(
    property(churn, (changes) => {
      const driver = streamsDriver();
      const threads = new Map([['z', new TestThread('z')]]);
      for (const { who: id, comes, copies } of changes) {
        Object.assign(driver.properties, { 'group.streams.num.standby.replicas': copies });
        if (comes && !threads.has(id)) threads.set(id, new TestThread(id));
        if (!comes && threads.delete(id)) driver.start(streamsCall({ memberId: id, memberEpoch: -1 }));
        for (const thread of threads.values()) thread.beat(driver);
        checkThreads(threads.values());
      }
      for (let round = 0; round < 8; round++) for (const thread of threads.values()) thread.beat(driver);
      const group = driver.machine.shard.streamsGroups.get('g')!;
      expect(group.state).toBe('Stable');
      const active = [...threads.values()].flatMap((thread) => [...thread.active]);
      expect(active.toSorted()).toEqual(['0:0', '0:1', '0:2', '0:3']);
      const copies = [...threads.values()].flatMap((thread) => [...thread.standby]);
      const wanted = Number(group.recordedEpoch.assignmentConfigs.get('num.standby.replicas'));
      expect(copies).toHaveLength(4 * Math.min(wanted, threads.size - 1));
    }),
  );
});
