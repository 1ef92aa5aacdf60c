import {
  alterShareGroupOffsets,
  deleteGroups,
  deleteShareGroupOffsets,
  describeShareGroupOffsets,
  offsetFetch,
  shareAcknowledge,
  shareFetch,
  shareGroupHeartbeat,
} from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import type { Topic } from '../records/record-requests.ts';
import {
  about,
  acknowledgeOf,
  beatOf,
  fetchOf,
  joined,
  setOfGroup,
  shareCoordinator,
  shareProperties,
  write,
} from './share-requests.ts';

interface Subject {
  readonly groupId: string;
  readonly topic: Topic;
  /** Not a topic. */
  readonly nowhere: string;
}

async function describe(peer: Peer, label: string, { groupId, topic, nowhere }: Subject): Promise<void> {
  const some = [
    { topicName: topic.name, partitions: [0, 1] },
    { topicName: nowhere, partitions: [0] },
  ];
  for (const version of peer.versions(describeShareGroupOffsets)) {
    await peer.ask(`all ${label}`, describeShareGroupOffsets, version, {
      groups: [
        { groupId, topics: null },
        { groupId: peer.unique('nobody'), topics: null },
      ],
    });
    await peer.ask(`some ${label}`, describeShareGroupOffsets, version, {
      groups: [{ groupId, topics: some }],
    });
  }
}

async function alter(peer: Peer, label: string, { groupId, topic, nowhere }: Subject): Promise<void> {
  await peer.ask(`alter ${label}`, alterShareGroupOffsets, 0, {
    groupId,
    topics: [
      {
        topicName: topic.name,
        partitions: [
          { partitionIndex: 0, startOffset: 2 },
          { partitionIndex: 9, startOffset: 2 },
        ],
      },
      { topicName: nowhere, partitions: [{ partitionIndex: 0, startOffset: 1 }] },
    ],
  });
}

async function remove(peer: Peer, label: string, { groupId, topic, nowhere }: Subject): Promise<void> {
  const topics = [topic.name, nowhere].map((topicName) => ({ topicName }));
  await peer.ask(`delete ${label}`, deleteShareGroupOffsets, 0, { groupId, topics });
}

export const script: CompareScript = {
  name: 'share-offsets',
  title: 'Where share groups are: described, set and forgotten, with members and without.',
  properties: shareProperties,
  known: [
    {
      step: 'an absent partition, v1',
      field: '*',
      reason: 'Apache Kafka ends the connection instead of an answer.',
    },
  ],
  async run(peer) {
    await peer.coordinators();
    const topic = await peer.topic('t', { partitions: 2 });
    const groupId = peer.unique('share');
    const subject = { groupId, topic, nowhere: peer.unique('nowhere') };
    await shareCoordinator(peer, groupId, topic);
    await setOfGroup(peer, groupId, { 'share.auto.offset.reset': 'earliest' });
    await write(peer, topic, ['a', 'b', 'c', 'd', 'e']);
    await joined(peer, groupId, [topic]);
    await peer.quietly(shareFetch, 1, fetchOf(groupId, 0, { topics: about(topic) }));
    const accepted = acknowledgeOf(groupId, 1, {
      topics: about(topic, 0, [
        [0, 1, 1],
        [3, 3, 1],
      ]),
    });
    await peer.quietly(shareAcknowledge, 1, accepted);
    await describe(peer, 'with a member', subject);
    const absent = [{ topicName: topic.name, partitions: [7] }];
    const asked = { groups: [{ groupId, topics: absent }] };
    await peer.ask('an absent partition', describeShareGroupOffsets, 1, asked, { on: 'aside' });
    await alter(peer, 'with a member', subject);
    await remove(peer, 'with a member', subject);
    await peer.ask('offsets of consumers', offsetFetch, 9, { groups: [{ groupId, topics: null }] });
    // The records in hand go back before anybody asks where the group is.
    await peer.quietly(shareAcknowledge, 1, acknowledgeOf(groupId, -1));
    await peer.quietly(shareGroupHeartbeat, 1, beatOf(groupId, { memberEpoch: -1 }));
    await describe(peer, 'without members', subject);
    await alter(peer, 'without members', subject);
    await peer.ask('alter nothing', alterShareGroupOffsets, 0, { groupId, topics: [] });
    await describe(peer, 'after the change', subject);
    const born = { ...subject, groupId: peer.unique('born') };
    await shareCoordinator(peer, born.groupId, topic);
    await alter(peer, 'of a group to be', born);
    await describe(peer, 'of the group that became', born);
    for (const label of ['', 'again']) await remove(peer, label, subject);
    await describe(peer, 'when forgotten', subject);
    for (const odd of [peer.unique('nobody'), '']) {
      await remove(peer, 'of no group', { ...subject, groupId: odd });
    }
    await alter(peer, 'without a group id', { ...subject, groupId: '' });
    await peer.ask('delete the groups', deleteGroups, 2, { groupsNames: [groupId, born.groupId] });
    await describe(peer, 'when gone', subject);
  },
};
