import { array, assert, constantFrom, integer, oneof, property, record, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupCall } from './group-calls.ts';
import type { ClassicGroup } from './classic/classic-group.ts';
import { emptyRecordTimer } from './group-shard.ts';
import { GroupDriver } from './testing/group-driver.ts';
import { commitCall, heartbeatCall, joinCall, leaveCall, syncCall } from './testing/group-test-calls.ts';

/** What a step of a random run does. Members are chosen by number, among those the run has met. */
type Step = CallStep | { readonly do: 'advance'; readonly ms: number } | { readonly do: LogStep };

/** What becomes of appends: they wait, become durable, or are lost. */
type LogStep = 'hold' | 'commit-log' | 'lose' | 'lose-newest';

type CallStep =
  | {
      readonly do: 'join';
      readonly who: number;
      readonly version: number;
      readonly protocols: readonly string[];
    }
  | { readonly do: 'join-static'; readonly who: number; readonly withId: boolean }
  | { readonly do: 'sync' | 'heartbeat' | 'leave'; readonly who: number }
  | { readonly do: 'commit'; readonly who: number; readonly partition: number; readonly offset: number }
  | { readonly do: 'delete-offset'; readonly partition: number }
  | { readonly do: 'delete' };

const groupIds = ['g', 'h'];
const who = integer({ min: 0, max: 5 });
const step: Arbitrary<Step> = oneof(
  record({
    do: constantFrom('join' as const),
    who,
    version: constantFrom(0, 3, 4, 9),
    protocols: constantFrom(
      ['range'],
      ['range', 'sticky'],
      ['sticky', 'range'],
      ['other'],
      ['range', 'range'],
    ),
  }),
  record({ do: constantFrom('join-static' as const), who, withId: constantFrom(true, false) }),
  record({ do: constantFrom('sync' as const, 'sync' as const, 'heartbeat' as const, 'leave' as const), who }),
  record({
    do: constantFrom('commit' as const),
    who,
    partition: integer({ min: 0, max: 2 }),
    offset: integer({ min: 0, max: 99 }),
  }),
  record({ do: constantFrom('delete-offset' as const), partition: integer({ min: 0, max: 2 }) }),
  record({
    do: constantFrom('advance' as const),
    ms: constantFrom(0, 1, 3000, 10_000, 60_000, 700_000, 604_800_000),
  }),
  record({
    do: constantFrom('hold' as const, 'commit-log' as const, 'lose' as const, 'lose-newest' as const),
  }),
  record({ do: constantFrom('delete' as const) }),
);

/** Runs that once ended with a log that said something else. */
const pastFailures: [Step[]][] = [
  // The leader sends a second assignment of a generation before the first is durable.
  [
    [
      { do: 'join', who: 1, version: 0, protocols: ['range'] },
      { do: 'advance', ms: 10_000 },
      { do: 'hold' },
      { do: 'sync', who: 1 },
      { do: 'sync', who: 1 },
      { do: 'commit-log' },
    ],
  ],
  // The record of an emptied group is lost, then that of its deletion.
  [
    [
      { do: 'join-static', who: 0, withId: true },
      { do: 'hold' },
      { do: 'advance', ms: 700_000 },
      { do: 'lose' },
      { do: 'delete' },
      { do: 'advance', ms: 604_800_000 },
    ],
  ],
];

/** What a run knows: which group a member number belongs to, and the ids that were handed out. */
class Run {
  readonly driver = new GroupDriver({ 'group.initial.rebalance.delay.ms': 3000 });
  readonly #started: { readonly replyId: number; readonly who: number }[] = [];
  readonly #memberIds = new Map<number, string>();
  #suffix = 0;

  apply(step: Step): void {
    if (step.do === 'advance') {
      this.driver.advance(step.ms);
    } else if (step.do === 'hold') {
      this.driver.autoCommit = false;
    } else if (step.do === 'commit-log') {
      this.driver.autoCommit = true;
      this.driver.commit();
    } else if (step.do === 'lose') {
      this.driver.loseAppends(15);
    } else if (step.do === 'lose-newest') {
      this.driver.loseNewestAppends(15);
    } else {
      this.#call(step as CallStep);
    }
    this.#learnMemberIds();
  }

  #call(step: CallStep): void {
    const replyId = this.driver.start(this.#callOf(step));
    if (step.do === 'join' || step.do === 'join-static') this.#started.push({ replyId, who: step.who });
  }

  #callOf(step: CallStep): GroupCall {
    if (step.do === 'delete') return { api: 'deleteGroups', groupIds };
    if (step.do === 'delete-offset') {
      const topics = [{ name: 't', partitions: [{ partitionIndex: step.partition }] }];
      return { api: 'deleteOffsets', request: { groupId: 'g', topics } };
    }
    const groupId = groupIds[step.who % 2]!;
    const memberId = this.#memberIds.get(step.who) ?? '';
    const generation = this.driver.machine.shard.groups.get(groupId)?.generation ?? 0;
    const suffix = String(++this.#suffix);
    switch (step.do) {
      case 'join':
        return joinCall({ groupId, memberId, suffix, version: step.version, protocols: step.protocols });
      case 'join-static':
        return joinCall({
          groupId,
          memberId: step.withId ? memberId : '',
          suffix,
          instanceId: `i${step.who}`,
        });
      case 'sync':
        return syncCall({ groupId, memberId, generation, assignments: { [memberId]: suffix } });
      case 'heartbeat':
        return heartbeatCall({ groupId, memberId, generation });
      case 'leave': {
        const call = leaveCall({ memberId });
        return { ...call, request: { ...call.request, groupId } };
      }
      case 'commit':
        return memberId === ''
          ? commitCall({ groupId, ...step })
          : commitCall({ groupId, memberId, generation, ...step });
    }
  }

  #learnMemberIds(): void {
    for (const started of this.#started.splice(0)) {
      const reply = this.driver.reply(started.replyId);
      if (reply === undefined) this.#started.push(started);
      else if ('memberId' in reply!) this.#memberIds.set(started.who, reply.memberId ?? '');
    }
  }
}

/** What the log must tell of a group: everything but who waits for what. */
function persistent(group: ClassicGroup): object {
  return {
    generation: group.generation,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leaderId: group.leaderId,
    members: [...group.members.values()]
      .map((member) => ({
        memberId: member.memberId,
        instanceId: member.instanceId,
        metadata: member.metadataOf(group.protocolName ?? '')?.toString('hex'),
        assignment: member.assignment.toString('hex'),
        sessionTimeoutMs: member.sessionTimeoutMs,
        rebalanceTimeoutMs: member.rebalanceTimeoutMs,
      }))
      .toSorted((a, b) => a.memberId.localeCompare(b.memberId)),
  };
}

/**
 * Groups change their record when they become stable or empty; between, the record is that of the generation before. An
 * empty group whose record was lost writes it again a little later.
 */
function isSettled(driver: GroupDriver, group: ClassicGroup): boolean {
  if (driver.machine.shard.deadlines.dueMs(emptyRecordTimer(group.groupId)) !== undefined) return false;
  return (group.state === 'Stable' || group.state === 'Empty') && group.generation > 0;
}

function checkReplay(driver: GroupDriver): void {
  const live = driver.machine.shard;
  const replayed = driver.restarted().machine.shard;
  for (const groupId of groupIds) {
    expect(replayed.offsets.ofGroup(groupId), `offsets of ${groupId}`).toEqual(live.offsets.ofGroup(groupId));
    const group = live.groups.get(groupId);
    if (group !== undefined && isSettled(driver, group)) {
      expect(persistent(replayed.groups.get(groupId)!), groupId).toEqual(persistent(group));
    }
    if (group === undefined) expect(replayed.groups.has(groupId), `${groupId} is gone`).toBe(false);
  }
}

describe('the log of a coordinator', () => {
  it('replays to the live state after every step of any run, lost appends included', () => {
    assert(
      property(array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const run = new Run();
        for (const step of steps) {
          run.apply(step);
          if (run.driver.appends.length === 0) checkReplay(run.driver);
        }
        run.driver.loseAppends(15);
        checkReplay(run.driver);
      }),
      { numRuns: 150, examples: pastFailures },
    );
  });

  it('leaves no call without an answer once the partition is given up', () => {
    assert(
      property(array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const run = new Run();
        for (const step of steps) run.apply(step);
        const { driver } = run;
        driver.autoCommit = false;
        driver.unload(16);
        const waiting = Array.from({ length: driver.callCount }, (_, index) => index + 1).filter(
          (replyId) => driver.reply(replyId) === undefined,
        );
        expect(waiting).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
