import { deleteGroups, describeGroups, listGroups, offsetCommit, offsetDelete } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { commit, joined, nobody } from './classic-requests.ts';

export const script: CompareScript = {
  name: 'group-admin',
  title:
    'ListGroups, DescribeGroups, DeleteGroups and OffsetDelete in every version, with filters and nonsense.',
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    await peer.coordinators();
    const [offsetsOnly, connect] = [peer.unique('offsets-only'), peer.unique('connectors')];
    await peer.quietly(offsetCommit, 9, commit(9, offsetsOnly, topic, nobody, { partitions: [0, 1] }));
    await joined(peer, 'a worker', 3, connect, { type: 'connect', protocols: ['v1'] });
    const mine = new Set([offsetsOnly, connect]);
    for (const version of peer.versions(listGroups)) {
      const ask = async (label: string, states: readonly string[], types: readonly string[] = []) => {
        const { errorCode, groups } = await peer.quietly(listGroups, version, {
          ...(version >= 4 ? { statesFilter: states } : {}),
          ...(version >= 5 ? { typesFilter: types } : {}),
        });
        peer.note(`list ${label}, v${version}`, {
          errorCode,
          groups: groups.filter(({ groupId }) => mine.has(groupId)),
        });
      };
      await ask('all', []);
      if (version >= 4) await ask('empty ones', ['Empty']);
      if (version >= 4) await ask('in odd letters', [' EMPTY ', 'completingrebalance']);
      if (version >= 4) await ask('an unknown state', ['nonsense']);
      if (version >= 5) await ask('classic ones', [], ['Classic']);
      if (version >= 5) await ask('consumer ones', [], ['consumer']);
      if (version >= 5) await ask('an unknown type', [], ['nonsense']);
    }
    for (const version of peer.versions(describeGroups)) {
      const groups = [offsetsOnly, connect, peer.unique('nobody')];
      await peer.ask('described', describeGroups, version, { groups });
      await peer.ask('described twice', describeGroups, version, { groups: [offsetsOnly, offsetsOnly] });
      await peer.ask('described none', describeGroups, version, { groups: [] });
    }
    const remove = (label: string, name: string, partitions: readonly number[], groupId = offsetsOnly) =>
      peer.ask(label, offsetDelete, 0, {
        groupId,
        topics: [{ name, partitions: partitions.map((partitionIndex) => ({ partitionIndex })) }],
      });
    await remove('offset', topic.name, [0, 9]);
    await remove('offset again', topic.name, [0]);
    await remove('offset of an unknown topic', peer.unique('nowhere'), [0]);
    await remove('offset of an unknown group', topic.name, [0], peer.unique('nobody'));
    await remove('offset of a group of workers', topic.name, [0], connect);
    for (const version of peer.versions(deleteGroups)) {
      await peer.ask('delete nobody', deleteGroups, version, { groupsNames: [peer.unique('nobody'), ''] });
      await peer.ask('delete none', deleteGroups, version, { groupsNames: [] });
      await peer.ask('delete twice', deleteGroups, version, { groupsNames: [offsetsOnly, offsetsOnly] });
    }
  },
};
