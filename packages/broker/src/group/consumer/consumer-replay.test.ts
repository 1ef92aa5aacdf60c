import { array, assert, constantFrom, integer, oneof, property, record, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupCall, GroupReplies } from '../group-calls.ts';
import { imageOf, TestConsumer, topicIdOf } from '../testing/consumer-test-calls.ts';
import { GroupDriver } from '../testing/group-driver.ts';
import {
  commitCall,
  heartbeatCall,
  joinCall,
  leaveCall,
  subscription,
  syncCall,
} from '../testing/group-test-calls.ts';
import type { ConsumerGroup } from './consumer-group.ts';

/** What a step of a random run does. Consumers are chosen by number. */
type Step =
  /** The request, or the answer, may get lost; the same request may arrive twice. */
  | {
      readonly do: 'beat';
      readonly who: number;
      readonly fate: 'arrives' | 'is lost' | 'is answered into the void' | 'arrives twice';
    }
  | { readonly do: 'subscribe'; readonly who: number; readonly to: number }
  | { readonly do: 'leave'; readonly who: number; readonly forAWhile: boolean }
  | { readonly do: 'restart-client'; readonly who: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'topics'; readonly which: number }
  | { readonly do: 'classic'; readonly what: 'join' | 'sync' | 'heartbeat' | 'leave'; readonly who: number }
  | { readonly do: 'commit'; readonly who: number }
  | { readonly do: 'hold' | 'commit-log' | 'lose' | 'lose-newest' | 'delete' };

const clusters = [{ t: 4 }, { t: 4, u: 3 }, { t: 6, u: 3 }, { u: 1 }].map(imageOf);
const subscriptions = [
  { subscribedTopicNames: ['t'] },
  { subscribedTopicNames: ['t', 'u'] },
  { subscribedTopicNames: ['u'], serverAssignor: 'range' },
  { subscribedTopicNames: [], subscribedTopicRegex: '[tu]' },
];
const who = integer({ min: 0, max: 3 });
const beat = record({
  do: constantFrom('beat' as const),
  who,
  fate: constantFrom(
    'arrives' as const,
    'arrives' as const,
    'is lost' as const,
    'is answered into the void' as const,
    'arrives twice' as const,
  ),
});
const step: Arbitrary<Step> = oneof(
  { weight: 10, arbitrary: beat },
  record({ do: constantFrom('subscribe' as const), who, to: who }),
  record({ do: constantFrom('leave' as const), who, forAWhile: constantFrom(true, false) }),
  record({ do: constantFrom('restart-client' as const), who }),
  record({ do: constantFrom('advance' as const), ms: constantFrom(1000, 5000, 20_000, 61_000) }),
  record({ do: constantFrom('topics' as const), which: who }),
  record({
    do: constantFrom('classic' as const),
    what: constantFrom(
      'join' as const,
      'join' as const,
      'sync' as const,
      'heartbeat' as const,
      'leave' as const,
    ),
    who: integer({ min: 0, max: 1 }),
  }),
  record({ do: constantFrom('commit' as const), who }),
  record({
    do: constantFrom(
      'hold' as const,
      'commit-log' as const,
      'lose' as const,
      'lose-newest' as const,
      'delete' as const,
    ),
  }),
);

/** A group of four consumers, two of them static, and two classic members that come and go. */
class Run {
  readonly driver = new GroupDriver({ 'group.initial.rebalance.delay.ms': 0 }, [], 0, clusters[0]);
  readonly consumers = [0, 1, 2, 3].map((index) => new TestConsumer(`m${index}`, instanceOf(index)));
  readonly #subscribed = this.consumers.map(() => subscriptions[0]!);
  readonly #waiting: { readonly replyId: number; readonly consumer: TestConsumer }[] = [];
  #generation = 0;

  apply(step: Step): void {
    switch (step.do) {
      case 'beat':
        this.#beat(step.who, step.fate);
        break;
      case 'subscribe':
        this.#subscribed[step.who] = subscriptions[step.to]!;
        // A changed subscription is told with everything else.
        this.#start(this.consumers[step.who]!, {
          memberEpoch: this.consumers[step.who]!.memberEpoch,
          ...subscriptions[step.to]!,
        });
        break;
      case 'leave':
        this.#leave(this.consumers[step.who]!, step.forAWhile);
        break;
      case 'restart-client':
        this.#replace(step.who);
        break;
      case 'advance':
        this.driver.advance(step.ms);
        break;
      case 'topics':
        this.driver.image = clusters[step.which]!;
        break;
      case 'classic':
        this.#classic(step.what, `c${step.who}`);
        break;
      case 'commit':
        this.#commit(this.consumers[step.who]!);
        break;
      case 'delete':
        this.driver.start({ api: 'deleteGroups', groupIds: ['g'] });
        break;
      case 'hold':
      case 'commit-log':
      case 'lose':
      case 'lose-newest':
        this.#log(step.do);
    }
    this.#hear();
  }

  /** Everybody behaves from here on: does the group come to rest? */
  settle(): void {
    this.driver.autoCommit = true;
    this.driver.commit();
    this.driver.advance(61_000);
    this.#hear();
    for (let round = 0; round < 25; round++) {
      for (const index of this.consumers.keys()) this.#beat(index, 'arrives');
      this.#hear();
      this.driver.advance(1000);
    }
  }

  #beat(index: number, fate: string): void {
    if (fate === 'is lost') return;
    const consumer = this.consumers[index]!;
    const call = consumer.nextCall(this.#subscribed[index]);
    const replyId = this.driver.start(call);
    if (fate === 'is answered into the void') return;
    this.#waiting.push({ replyId, consumer });
    if (fate === 'arrives twice') this.driver.start(call);
  }

  #start(consumer: TestConsumer, request: object): void {
    const { request: base, ...surroundings } = consumer.nextCall();
    const call: GroupCall = { ...surroundings, request: { ...base, ...request } };
    this.#waiting.push({ replyId: this.driver.start(call), consumer });
  }

  #leave(consumer: TestConsumer, forAWhile: boolean): void {
    const memberEpoch = forAWhile && consumer.instanceId !== null ? -2 : -1;
    const call = consumer.nextCall();
    this.driver.start({ ...call, request: { ...call.request, memberEpoch } });
    consumer.memberEpoch = 0;
    consumer.held = new Set();
  }

  /** The process behind a consumer ends without a word and starts again. */
  #replace(index: number): void {
    const { memberId } = this.consumers[index]!;
    this.consumers[index] = new TestConsumer(`${memberId}'`.slice(-6), instanceOf(index));
  }

  #classic(what: 'join' | 'sync' | 'heartbeat' | 'leave', memberId: string): void {
    const live = this.driver.machine.shard;
    const generation =
      live.consumerGroups.get('g')?.members.get(memberId)?.current.memberEpoch ??
      live.groups.get('g')?.generation ??
      this.#generation;
    if (what === 'join') {
      const protocols = [{ name: 'range', metadata: Buffer.concat([subscription('t')]) }];
      this.driver.start(joinCall({ memberId, version: 3, protocols }));
    } else if (what === 'sync') this.driver.start(syncCall({ memberId, generation, assignments: {} }));
    else if (what === 'heartbeat') this.driver.start(heartbeatCall({ memberId, generation }));
    else this.driver.start(leaveCall({ memberId }));
  }

  #commit({ memberId, memberEpoch }: TestConsumer): void {
    this.driver.start(commitCall({ memberId, generation: memberEpoch, topicId: topicIdOf('t') }));
  }

  #log(what: 'hold' | 'commit-log' | 'lose' | 'lose-newest'): void {
    if (what === 'hold') {
      this.driver.autoCommit = false;
    } else if (what === 'commit-log') {
      this.driver.autoCommit = true;
      this.driver.commit();
    } else if (what === 'lose') this.driver.loseAppends(15);
    else this.driver.loseNewestAppends(15);
  }

  #hear(): void {
    for (const waiting of this.#waiting.splice(0)) {
      const reply = this.driver.reply(waiting.replyId);
      if (reply === undefined) this.#waiting.push(waiting);
      // An answer that comes after the client has given up is for nobody.
      else if (this.consumers.includes(waiting.consumer))
        waiting.consumer.hear(reply as GroupReplies['consumerHeartbeat']);
    }
  }
}

function instanceOf(index: number): string | null {
  return index < 2 ? `i${index}` : null;
}

/** No partition has two owners (G1), and what a member has is never more than its target and what it gives up. */
function checkOwners(group: ConsumerGroup | undefined): void {
  const owners = new Map<string, string>();
  for (const { memberId, current } of group?.members.values() ?? []) {
    for (const partitions of [current.assigned, current.pendingRevocation]) {
      for (const [topicId, epochs] of partitions) {
        for (const partition of epochs.keys()) {
          const key = `${topicId}:${partition}`;
          expect(owners.get(key), `second owner of ${key}`).toBeUndefined();
          owners.set(key, memberId);
        }
      }
    }
  }
}

/** Epochs never go back, and nobody is ahead of the assignment, nor that of the group. */
function checkEpochs(group: ConsumerGroup | undefined): void {
  if (group === undefined) return;
  expect(group.assignmentEpoch).toBeLessThanOrEqual(group.epoch);
  for (const { current } of group.members.values())
    expect(current.memberEpoch).toBeLessThanOrEqual(Math.max(group.assignmentEpoch, 0));
}

/** Everything that is written down. */
function persistent(group: ConsumerGroup | undefined): object | undefined {
  if (group === undefined) return undefined;
  const { epoch, metadataHash, assignmentEpoch, assignedAtMs, members, targets, staticMembers, regexes } =
    group;
  return { epoch, metadataHash, assignmentEpoch, assignedAtMs, members, targets, staticMembers, regexes };
}

function checkReplay(driver: GroupDriver): void {
  const live = driver.machine.shard;
  const replayed = driver.restarted().machine.shard;
  expect(persistent(replayed.consumerGroups.get('g'))).toEqual(persistent(live.consumerGroups.get('g')));
  expect(replayed.offsets.ofGroup('g')).toEqual(live.offsets.ofGroup('g'));
  if (live.consumerGroups.has('g')) expect(replayed.groups.has('g') || live.groups.has('g')).toBe(false);
}

const runs = array(step, { maxLength: 60, size: 'max' });

describe('consumer groups under random heartbeats, losses and duplicates', () => {
  it('never give a partition to two members, and replay to the live state, lost appends included', () => {
    assert(
      property(runs, (steps) => {
        const run = new Run();
        for (const each of steps) {
          run.apply(each);
          const group = run.driver.machine.shard.consumerGroups.get('g');
          checkOwners(group);
          checkEpochs(group);
          if (run.driver.appends.length === 0) checkReplay(run.driver);
        }
        run.driver.loseAppends(15);
        checkReplay(run.driver);
      }),
      { numRuns: 150 },
    );
  });

  it('come to rest once everybody behaves, with every partition held by the client it was given to', () => {
    assert(
      property(runs, (steps) => {
        const run = new Run();
        for (const each of steps) run.apply(each);
        run.settle();
        const { consumerGroups, image } = run.driver.machine.shard;
        const group = consumerGroups.get('g')!;
        expect(group.state).toBe('Stable');
        const subscribed = [...group.subscribedTopics].flatMap((name) => image.topics.byName.get(name) ?? []);
        const expected = subscribed.flatMap(({ id, partitions }) =>
          partitions.map(({ index }) => `${id}:${index}`),
        );
        const held = run.consumers.flatMap((consumer) => [...consumer.held]);
        expect(held.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 100 },
    );
  });

  it('answer every call, also when the partition is given up', () => {
    assert(
      property(runs, (steps) => {
        const run = new Run();
        for (const each of steps) run.apply(each);
        const { driver } = run;
        driver.autoCommit = false;
        driver.unload(16);
        const ids = Array.from({ length: driver.callCount }, (_, index) => index + 1);
        expect(ids.filter((replyId) => driver.reply(replyId) === undefined)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
