import { offsetCommit, offsetFetch } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { commit, committed, nobody, strangeTopicId } from './classic-requests.ts';

export const script: CompareScript = {
  name: 'offset-fetch',
  title: 'OffsetFetch in every version: some, all, none, unknown groups and topics, many groups at once.',
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 3 });
    const strange = { name: peer.unique('nowhere'), id: strangeTopicId };
    await peer.coordinators();
    const id = peer.unique('fetched');
    await peer.quietly(offsetCommit, 9, commit(9, id, topic, nobody, { partitions: [0, 1] }));
    for (const version of peer.versions(offsetFetch)) {
      const ask = (label: string, groupId: string, place = topic, partitions?: readonly number[] | null) =>
        peer.ask(label, offsetFetch, version, committed(version, groupId, place, partitions));
      await ask('some', id);
      if (version >= 2) await ask('all', id, topic, null);
      await ask('no partitions', id, topic, []);
      await ask('a partition twice', id, topic, [0, 0]);
      await ask('unknown topic', id, strange);
      await ask('unknown group', peer.unique('nobody'));
      if (version >= 2) await ask('all of an unknown group', peer.unique('nobody'), topic, null);
      await ask('no group id', '');
      if (version < 8) continue;
      const place = version >= 10 ? { topicId: topic.id } : { name: topic.name };
      await peer.ask('many groups', offsetFetch, version, {
        groups: [
          { groupId: id, topics: null },
          { groupId: peer.unique('nobody'), topics: [{ ...place, partitionIndexes: [0] }] },
          { groupId: id, topics: [] },
        ],
        requireStable: true,
      });
      await peer.ask('a member of a classic group', offsetFetch, version, {
        groups: [{ groupId: id, topics: null, ...(version >= 9 ? { memberId: 'm', memberEpoch: 3 } : {}) }],
      });
    }
  },
};
