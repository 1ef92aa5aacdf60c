import { array, assert, constantFrom, oneof, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { imageOf, topicIdOf } from '../testing/consumer-test-calls.ts';
import type { GroupDriver } from '../testing/group-driver.ts';
import { settle, shareBeat, shareDriver } from '../testing/share-test-calls.ts';
import type { ShareHeartbeatReply } from './share-calls.ts';

const who = constantFrom('a', 'b', 'c');
const step = oneof(
  record({ do: constantFrom('join' as const), who, topics: constantFrom(['t'], ['t', 'u'], ['u']) }),
  record({ do: constantFrom('beat' as const, 'leave' as const), who }),
  record({ do: constantFrom('grow' as const, 'forget' as const, 'delete' as const, 'alter' as const) }),
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

/** Everything a share group is, as text. */
function imprint({ machine }: GroupDriver): unknown {
  return [...machine.shard.shareGroups.values()].map((group) => ({
    groupId: group.groupId,
    epochs: [group.epoch, group.assignmentEpoch, group.metadataHash],
    members: [...group.members.values()].toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1)),
    targets: [...group.targets].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    states: group.statePartitions,
  }));
}

it('a share group is the replay of its log, whatever was asked and lost', () => {
  assert(
    property(array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const driver = shareDriver();
      const epochs = new Map<string, number>();
      for (const one of steps) {
        if (one.do === 'hold') driver.autoCommit = false;
        if (one.do === 'lose') driver.loseAppends(15);
        if (one.do === 'lose-newest') driver.loseNewestAppends(15);
        if (one.do === 'commit') {
          driver.commit();
          driver.autoCommit = true;
        }
        if (one.do === 'wait') driver.advance(50_000);
        if (one.do === 'grow') driver.image = imageOf({ t: 4, u: 2 });
        if (one.do === 'forget') driver.start({ api: 'shareForget', groupId: 'g', topicIds: null });
        if (one.do === 'delete') driver.start({ api: 'deleteGroups', groupIds: ['g'] });
        if (one.do === 'alter') {
          const topics = [{ topicId: topicIdOf('t'), topicName: 't', partitions: [1] }];
          driver.start({ api: 'shareAlterOffsets', groupId: 'g', topics });
        }
        if (!('who' in one)) continue;
        const memberEpoch = one.do === 'leave' ? -1 : one.do === 'join' ? 0 : (epochs.get(one.who) ?? 1);
        const subscribedTopicNames = 'topics' in one ? [...one.topics] : null;
        const id = driver.start(shareBeat(one.who, { memberEpoch, subscribedTopicNames }));
        const reply = driver.reply(id) as ShareHeartbeatReply | undefined;
        if (reply === undefined) continue;
        epochs.set(one.who, reply.response.memberEpoch);
        if (driver.autoCommit) settle(driver, reply);
      }
      driver.loseAppends(15);
      expect(imprint(driver.restarted())).toEqual(imprint(driver));
    }),
  );
});
