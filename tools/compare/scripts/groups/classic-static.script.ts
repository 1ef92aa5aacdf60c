import { describeGroups, heartbeat, joinGroup, leaveGroup, offsetCommit, syncGroup } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { beat, commit, join, leave, sync } from './classic-requests.ts';

export const script: CompareScript = {
  name: 'classic-static',
  title:
    'Static members (KIP-345): replaced by a newcomer, the old one fenced in each request, leaving by instance.',
  async run(peer) {
    const topic = await peer.topic('t');
    await peer.coordinators();
    const id = peer.unique('static');
    const describe = (when: string) => peer.ask(`described ${when}`, describeGroups, 6, { groups: [id] });
    const [instance, assignment] = ['i', Buffer.from('A')];
    const first = await peer.ask('first', joinGroup, 9, join(9, id, { instance }));
    const own = [{ memberId: first.memberId, assignment }];
    await peer.ask('sync', syncGroup, 5, sync(5, id, first, { instance, assignments: own }));
    await peer.ask('commit', offsetCommit, 9, commit(9, id, topic, first, { instance }));
    const second = await peer.ask('newcomer', joinGroup, 9, join(9, id, { instance }));
    await peer.ask('fenced beat', heartbeat, 4, beat(4, id, first, instance));
    await peer.ask('fenced sync', syncGroup, 5, sync(5, id, first, { instance }));
    await peer.ask('fenced commit', offsetCommit, 9, commit(9, id, topic, first, { instance }));
    await peer.ask('fenced leave', leaveGroup, 5, leave(5, id, [{ ...first, groupInstanceId: instance }]));
    await peer.ask('fenced join', joinGroup, 9, join(9, id, { instance, memberId: first.memberId }));
    await peer.ask('beat of the newcomer', heartbeat, 4, beat(4, id, second, instance));
    const third = await peer.ask('newcomer of an older version', joinGroup, 8, join(8, id, { instance }));
    await peer.ask('its sync', syncGroup, 5, sync(5, id, third, { instance }));
    await peer.ask('unknown instance', heartbeat, 4, beat(4, id, third, 'other'));
    await peer.ask('empty instance', joinGroup, 9, join(9, peer.unique('empty'), { instance: '' }));
    await peer.ask(
      'other protocols',
      joinGroup,
      9,
      join(9, id, { instance, protocols: ['sticky', 'range'] }),
    );
    await describe('before leaving');
    await peer.ask(
      'leave by instance',
      leaveGroup,
      5,
      leave(5, id, [{ memberId: '', groupInstanceId: instance }]),
    );
    await peer.ask(
      'leave by an unknown instance',
      leaveGroup,
      5,
      leave(5, id, [{ memberId: '', groupInstanceId: 'zz' }]),
    );
    await describe('after leaving');
  },
};
