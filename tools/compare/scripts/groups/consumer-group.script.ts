import {
  consumerGroupDescribe,
  consumerGroupHeartbeat,
  offsetCommit,
  offsetFetch,
  type Api,
} from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import { commit } from './classic-requests.ts';

type Beat = typeof consumerGroupHeartbeat extends Api<infer Input, infer _Response> ? Input : never;

/** The full first heartbeat of a member (KIP-848). */
export function hello(version: number, groupId: string, overrides: Partial<Beat> = {}): Beat {
  return {
    groupId,
    memberId: version === 0 ? '' : 'AAAAAAAAAAAAAAAAAAAAAQ',
    memberEpoch: 0,
    rebalanceTimeoutMs: 10_000,
    subscribedTopicNames: [],
    topicPartitions: [],
    ...overrides,
  };
}

/** Heartbeats until the assignment does not change any more. */
async function assigned(peer: Peer, label: string, version: number, first: Beat): Promise<Beat> {
  const welcome = await peer.ask(label, consumerGroupHeartbeat, version, first);
  return {
    groupId: first.groupId,
    memberId: welcome.memberId ?? first.memberId,
    memberEpoch: welcome.memberEpoch,
  };
}

export const script: CompareScript = {
  name: 'consumer-group',
  title:
    'Members of the new protocol (KIP-848): joining, owning, epochs that are too old or too new, leaving.',
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    await peer.coordinators();
    for (const version of peer.versions(consumerGroupHeartbeat)) {
      const groupId = peer.unique(`new-${version}`);
      const ask = (label: string, message: Beat) => peer.ask(label, consumerGroupHeartbeat, version, message);
      const describe = (when: string) =>
        peer.ask(`described ${when}`, consumerGroupDescribe, 1, {
          groupIds: [groupId],
          includeAuthorizedOperations: false,
        });
      await ask('no group id', hello(version, ''));
      await ask('no topics at all', { ...hello(version, groupId), subscribedTopicNames: null });
      await ask('no rebalance timeout', hello(version, groupId, { rebalanceTimeoutMs: -1 }));
      await ask(
        'partitions in the first beat',
        hello(version, groupId, {
          topicPartitions: [{ topicId: topic.id, partitions: [0] }],
        }),
      );
      await ask(
        'an unknown assignor',
        hello(version, groupId, { serverAssignor: 'nonsense', subscribedTopicNames: [topic.name] }),
      );
      await ask('an empty rack', hello(version, groupId, { rackId: '', subscribedTopicNames: [topic.name] }));
      await ask(
        'an empty instance',
        hello(version, groupId, { instanceId: '', subscribedTopicNames: [topic.name] }),
      );
      await describe('before anybody');
      const member = await assigned(
        peer,
        'joins',
        version,
        hello(version, groupId, { subscribedTopicNames: [topic.name] }),
      );
      await describe('after joining');
      const owned = [{ topicId: topic.id, partitions: [0, 1] }];
      await ask('owns', { ...member, topicPartitions: owned });
      await ask('nothing new', member);
      await ask('an older epoch', { ...member, memberEpoch: member.memberEpoch - 1 });
      await ask('a later epoch', { ...member, memberEpoch: member.memberEpoch + 5 });
      await ask('a stranger', { ...member, memberId: 'dGhpcy1pcy1uby10b3BpYw' });
      await ask('a negative epoch', { ...member, memberEpoch: -3 });
      const holder = { memberId: member.memberId, generationId: member.memberEpoch };
      await peer.ask('commit', offsetCommit, 9, commit(9, groupId, topic, holder));
      await peer.ask(
        'commit of an older epoch',
        offsetCommit,
        9,
        commit(9, groupId, topic, { ...holder, generationId: 0 }),
      );
      await peer.ask(
        'commit of a stranger',
        offsetCommit,
        9,
        commit(9, groupId, topic, { ...holder, memberId: 'x' }),
      );
      await peer.ask('commit in an old version', offsetCommit, 8, commit(8, groupId, topic, holder));
      for (const memberEpoch of [holder.generationId, 0, 9]) {
        await peer.ask(
          `offsets at epoch ${memberEpoch - holder.generationId} from the current`,
          offsetFetch,
          9,
          {
            groups: [
              {
                groupId,
                memberId: member.memberId,
                memberEpoch,
                topics: [{ name: topic.name, partitionIndexes: [0] }],
              },
            ],
          },
        );
      }
      await ask('leaves', { ...member, memberEpoch: -1 });
      await ask('leaves again', { ...member, memberEpoch: -1 });
      await describe('after leaving');
    }
    await peer.ask('unknown group', consumerGroupDescribe, 1, {
      groupIds: [peer.unique('nobody'), ''],
      includeAuthorizedOperations: true,
    });
  },
};
