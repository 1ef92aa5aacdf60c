import {
  consumerGroupDescribe,
  consumerGroupHeartbeat,
  deleteGroups,
  describeGroups,
  joinGroup,
  listGroups,
  offsetCommit,
  shareGroupDescribe,
  shareGroupHeartbeat,
} from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import { commit, join, nobody } from '../groups/classic-requests.ts';
import { hello } from '../groups/consumer-group.script.ts';
import type { Topic } from '../records/record-requests.ts';
import { beatOf, joined, memberA, memberB, shareCoordinator, shareProperties } from './share-requests.ts';

async function refusals(peer: Peer, groupId: string, topic: Topic): Promise<void> {
  const subscribedTopicNames = [topic.name];
  const beats = {
    'no group id': beatOf('', { subscribedTopicNames }),
    'no member id': beatOf(groupId, { memberId: '', subscribedTopicNames }),
    'an empty rack': beatOf(groupId, { rackId: '', subscribedTopicNames }),
    'no topics said': beatOf(groupId),
    'no topics': beatOf(groupId, { subscribedTopicNames: [] }),
    'a strange epoch': beatOf(groupId, { memberEpoch: -2 }),
    'an epoch in no group': beatOf(groupId, { memberEpoch: 1 }),
    'leave of no group': beatOf(groupId, { memberEpoch: -1 }),
  };
  for (const [label, beat] of Object.entries(beats)) await peer.ask(label, shareGroupHeartbeat, 1, beat);
}

async function membership(peer: Peer, groupId: string, topic: Topic): Promise<void> {
  const ask = (label: string, fields: Parameters<typeof beatOf>[1]) =>
    peer.ask(label, shareGroupHeartbeat, 1, beatOf(groupId, fields));
  const describe = (when: string) =>
    peer.ask(`described ${when}`, shareGroupDescribe, 1, {
      groupIds: [groupId],
      includeAuthorizedOperations: true,
    });
  const memberEpoch = await joined(peer, groupId, [topic]);
  await describe('with a member');
  await ask('nothing new', { memberEpoch });
  await ask('the same topics', { memberEpoch, subscribedTopicNames: [topic.name] });
  await ask('the epoch before', { memberEpoch: memberEpoch - 1 });
  await ask('an epoch long ago', { memberEpoch: 1 });
  await ask('an epoch to come', { memberEpoch: 9 });
  await ask('a stranger', { memberId: 'stranger', memberEpoch });
  await ask('a stranger leaves', { memberId: 'stranger', memberEpoch: -1 });
  await ask('joins again', { subscribedTopicNames: [topic.name] });
  const later = await joined(peer, groupId, [topic], memberB);
  await describe('with two members');
  await ask('the first follows', { memberEpoch, subscribedTopicNames: [topic.name] });
  await ask('the first has', { memberEpoch: later });
}

async function otherKinds(peer: Peer, groupId: string, topic: Topic): Promise<void> {
  await peer.ask('described as classic', describeGroups, 6, {
    groups: [groupId],
    includeAuthorizedOperations: false,
  });
  await peer.ask('described as classic', describeGroups, 5, {
    groups: [groupId],
    includeAuthorizedOperations: false,
  });
  await peer.ask('described as consumer', consumerGroupDescribe, 1, {
    groupIds: [groupId],
    includeAuthorizedOperations: false,
  });
  await peer.ask('beat of a consumer', consumerGroupHeartbeat, 1, hello(1, groupId));
  await peer.ask('join of a classic member', joinGroup, 5, join(5, groupId));
  await peer.ask('commit', offsetCommit, 9, commit(9, groupId, topic, nobody));
}

export const script: CompareScript = {
  name: 'share-group',
  title: 'Share groups (KIP-932): joining, epochs, other kinds of requests about them, leaving, deletion.',
  properties: shareProperties,
  async run(peer) {
    // With more partitions Apache Kafka has a hash map decide which of them a member keeps.
    const topic = await peer.topic('t');
    await peer.coordinators();
    const groupId = peer.unique('share');
    await shareCoordinator(peer, groupId, topic);
    await refusals(peer, groupId, topic);
    await membership(peer, groupId, topic);
    await otherKinds(peer, groupId, topic);
    const own = (answer: { readonly groups: readonly { readonly groupId: string }[] }) =>
      answer.groups.filter((group) => group.groupId === groupId);
    const listed = await peer.quietly(listGroups, 5, { statesFilter: ['Stable'], typesFilter: ['share'] });
    peer.note('listed', own(listed));
    await peer.ask('delete while busy', deleteGroups, 2, { groupsNames: [groupId] });
    for (const memberId of [memberA, memberB])
      await peer.ask('leaves', shareGroupHeartbeat, 1, beatOf(groupId, { memberId, memberEpoch: -1 }));
    peer.note('listed when empty', own(await peer.quietly(listGroups, 5, { typesFilter: ['share'] })));
    for (const when of ['when empty', 'when gone']) {
      await peer.ask(`described ${when}`, shareGroupDescribe, 1, {
        groupIds: [groupId],
        includeAuthorizedOperations: false,
      });
      await peer.ask(`deleted ${when}`, deleteGroups, 2, { groupsNames: [groupId] });
    }
  },
};
