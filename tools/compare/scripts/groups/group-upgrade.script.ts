import {
  consumerGroupDescribe,
  consumerGroupHeartbeat,
  describeGroups,
  heartbeat,
  joinGroup,
  offsetCommit,
  offsetFetch,
  syncGroup,
} from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { beat, commit, committed, join, joined, nobody, sync } from './classic-requests.ts';
import { hello } from './consumer-group.script.ts';

export const script: CompareScript = {
  name: 'group-upgrade',
  title: 'A classic group with offsets becomes a consumer group, and classic members meet consumer groups.',
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    await peer.coordinators();
    const [empty, busy, fresh] = [peer.unique('empty'), peer.unique('busy'), peer.unique('fresh')];
    await peer.ask('offsets of a group without members', offsetCommit, 9, commit(9, empty, topic, nobody));
    await peer.ask(
      'a new member in it',
      consumerGroupHeartbeat,
      1,
      hello(1, empty, { subscribedTopicNames: [topic.name] }),
    );
    await peer.ask('its offsets', offsetFetch, 9, committed(9, empty, topic, [0]));
    await peer.ask('described the new way', consumerGroupDescribe, 1, {
      groupIds: [empty],
      includeAuthorizedOperations: false,
    });
    await peer.ask('described the old way', describeGroups, 6, { groups: [empty] });

    const member = await joined(peer, 'a worker', 3, busy, { type: 'connect', protocols: ['v1'] });
    const assignments = [{ memberId: member.memberId, assignment: Buffer.from('A') }];
    await peer.ask('its sync', syncGroup, 3, sync(3, busy, member, { assignments }));
    await peer.ask(
      'a new member among workers',
      consumerGroupHeartbeat,
      1,
      hello(1, busy, { subscribedTopicNames: [topic.name] }),
    );
    await peer.ask('described as a consumer group', consumerGroupDescribe, 1, {
      groupIds: [busy],
      includeAuthorizedOperations: false,
    });

    await peer.ask(
      'a new group',
      consumerGroupHeartbeat,
      1,
      hello(1, fresh, { subscribedTopicNames: [topic.name] }),
    );
    await peer.ask('a worker among consumers', joinGroup, 3, join(3, fresh, { type: 'connect' }));
    await peer.ask(
      'an eager stranger beats',
      heartbeat,
      4,
      beat(4, fresh, { memberId: 'm', generationId: 1 }),
    );
    await peer.ask('a stranger syncs', syncGroup, 5, sync(5, fresh, { memberId: 'm', generationId: 1 }));
  },
};
