import {
  deleteGroups,
  describeGroups,
  heartbeat,
  joinGroup,
  leaveGroup,
  offsetCommit,
  syncGroup,
} from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { beat, commit, join, joined, leave, sync } from './classic-requests.ts';

const [both, reversed] = [
  ['range', 'sticky'],
  ['sticky', 'range'],
];

export const script: CompareScript = {
  name: 'classic-two-members',
  title: 'A rebalance of two classic members: every request while it is prepared, completed and over.',
  async run(peer) {
    const topic = await peer.topic('t');
    await peer.coordinators();
    const id = peer.unique('two');
    const describe = (when: string) => peer.ask(`described ${when}`, describeGroups, 6, { groups: [id] });
    const inState = (state: string) =>
      peer.settled(
        () => peer.quietly(describeGroups, 6, { groups: [id] }),
        ({ groups }) => groups[0]?.groupState === state,
      );
    const first = await joined(peer, 'the first', 3, id, { protocols: both });
    const own = [{ memberId: first.memberId, assignment: Buffer.from('A') }];
    await peer.ask('its sync', syncGroup, 3, sync(3, id, first, { assignments: own }));

    const joining = peer.ask('the second joins', joinGroup, 3, join(3, id, { protocols: reversed }), {
      on: 'b',
    });
    await inState('PreparingRebalance');
    await peer.ask('beat while preparing', heartbeat, 4, beat(4, id, first));
    await peer.ask('sync while preparing', syncGroup, 3, sync(3, id, first));
    await peer.ask('commit while preparing', offsetCommit, 9, commit(9, id, topic, first));
    await describe('while preparing');
    await peer.ask('delete while preparing', deleteGroups, 2, { groupsNames: [id] });
    await peer.ask('another type', joinGroup, 3, join(3, id, { type: 'connect' }), { on: 'c' });
    await peer.ask('no protocol in common', joinGroup, 3, join(3, id, { protocols: ['roundrobin'] }), {
      on: 'c',
    });
    await peer.ask('a stranger', joinGroup, 3, join(3, id, { memberId: 'stranger' }), { on: 'c' });

    const again = join(3, id, { memberId: first.memberId, protocols: both });
    const leader = await peer.ask('the first joins again', joinGroup, 3, again);
    const second = await joining;
    const name = leader.protocolName;
    const syncing = peer.ask('the second syncs', syncGroup, 5, sync(5, id, second, { name }), { on: 'b' });
    await inState('CompletingRebalance');
    await peer.ask('a wrong protocol', syncGroup, 5, sync(5, id, leader, { name: 'roundrobin' }));
    await peer.ask('a wrong type', syncGroup, 5, sync(5, id, leader, { name, type: 'connect' }));
    await peer.ask('the leader syncs', syncGroup, 5, sync(5, id, leader, { name, assignments: own }));
    await syncing;
    await describe('when stable');
    const same = join(3, id, { memberId: second.memberId, protocols: reversed });
    await peer.ask('a follower joins without a change', joinGroup, 3, same, { on: 'b' });
    const changed = join(3, id, { memberId: second.memberId, protocols: ['range'] });
    const rejoining = peer.ask('a follower joins with a change', joinGroup, 3, changed, { on: 'b' });
    await inState('PreparingRebalance');
    await peer.ask('it leaves meanwhile', leaveGroup, 5, leave(5, id, [second]));
    await rejoining;
    await peer.ask('beat of the one that stays', heartbeat, 4, beat(4, id, leader));
  },
};
