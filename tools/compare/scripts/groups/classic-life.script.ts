import {
  deleteGroups,
  describeGroups,
  heartbeat,
  joinGroup,
  leaveGroup,
  offsetCommit,
  offsetDelete,
  offsetFetch,
  syncGroup,
} from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { beat, commit, committed, join, joined, leave, nobody, sync } from './classic-requests.ts';

export const script: CompareScript = {
  name: 'classic-life',
  title:
    'The life of a classic group of one member in every version of JoinGroup, with each request at each state.',
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 3 });
    await peer.coordinators();
    for (const version of peer.versions(joinGroup)) {
      const id = peer.unique(`life-${version}`);
      const [syncs, beats, leaves] = [Math.min(version, 5), Math.min(version, 4), Math.min(version, 5)];
      const commits = Math.max(version, 2);
      const describe = (state: string) =>
        peer.ask(`described ${state}`, describeGroups, Math.min(version, 6), {
          groups: [id, peer.unique('nobody')],
        });
      const member = await joined(peer, 'a member', version, id);
      const next = { ...member, generationId: member.generationId + 1 };
      const stranger = { ...next, memberId: 'stranger' };
      const assignments = [{ memberId: member.memberId, assignment: Buffer.from('xyz') }];

      await describe('completing');
      await peer.ask('commit while completing', offsetCommit, commits, commit(commits, id, topic, member));
      await peer.ask('beat while completing', heartbeat, beats, beat(beats, id, member));
      await peer.ask('sync', syncGroup, syncs, sync(syncs, id, member, { assignments }));
      await peer.ask('sync again', syncGroup, syncs, sync(syncs, id, member));
      await peer.ask('join again', joinGroup, version, join(version, id, { memberId: member.memberId }));
      await peer.ask('sync the next', syncGroup, syncs, sync(syncs, id, next, { assignments }));
      await describe('stable');
      await peer.ask('beat', heartbeat, beats, beat(beats, id, next));
      await peer.ask('beat of the old generation', heartbeat, beats, beat(beats, id, member));
      await peer.ask('beat of a stranger', heartbeat, beats, beat(beats, id, stranger));
      await peer.ask('commit', offsetCommit, commits, commit(commits, id, topic, next));
      await peer.ask(
        'commit of the old generation',
        offsetCommit,
        commits,
        commit(commits, id, topic, member),
      );
      await peer.ask('commit of nobody', offsetCommit, commits, commit(commits, id, topic, nobody));
      await peer.ask('commit of a stranger', offsetCommit, commits, commit(commits, id, topic, stranger));
      await peer.ask('offsets', offsetFetch, commits, committed(commits, id, topic));
      await peer.ask('delete while busy', deleteGroups, Math.min(version, 2), { groupsNames: [id] });
      await peer.ask('delete offsets of a subscribed topic', offsetDelete, 0, {
        groupId: id,
        topics: [{ name: topic.name, partitions: [{ partitionIndex: 0 }, { partitionIndex: 9 }] }],
      });
      await peer.ask('leave', leaveGroup, leaves, leave(leaves, id, [member, stranger]));
      await peer.ask('leave again', leaveGroup, leaves, leave(leaves, id, [member]));
      await describe('empty');
      await peer.ask('sync when empty', syncGroup, syncs, sync(syncs, id, next));
      await peer.ask('beat when empty', heartbeat, beats, beat(beats, id, next));
      await peer.ask(
        'commit of the member that left',
        offsetCommit,
        commits,
        commit(commits, id, topic, next),
      );
      await peer.ask(
        'commit when empty',
        offsetCommit,
        commits,
        commit(commits, id, topic, nobody, { partitions: [1, 2] }),
      );
      await peer.ask('all offsets', offsetFetch, commits, committed(commits, id, topic, null));
      await peer.ask('delete offsets', offsetDelete, 0, {
        groupId: id,
        topics: [{ name: topic.name, partitions: [{ partitionIndex: 1 }] }],
      });
      await peer.ask('delete', deleteGroups, Math.min(version, 2), { groupsNames: [id] });
      await describe('gone');
      await peer.ask('offsets when gone', offsetFetch, commits, committed(commits, id, topic));
      await peer.ask('beat when gone', heartbeat, beats, beat(beats, id, next));
      await peer.ask('sync when gone', syncGroup, syncs, sync(syncs, id, next));
      await peer.ask('leave when gone', leaveGroup, leaves, leave(leaves, id, [member]));
      await peer.ask('join when gone', joinGroup, version, join(version, id, { memberId: member.memberId }));
    }
  },
};
