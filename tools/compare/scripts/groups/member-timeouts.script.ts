import { describeGroups, heartbeat, joinGroup, syncGroup } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { beat, join, joined, sync } from './classic-requests.ts';

export const script: CompareScript = {
  name: 'member-timeouts',
  title: 'Members that fall silent: a late rebalance goes on without them, a session ends.',
  properties: { 'group.min.session.timeout.ms': '300' },
  async run(peer) {
    await peer.coordinators();
    const id = peer.unique('silent');
    const until = (size: number) =>
      peer.settled(
        () => peer.quietly(describeGroups, 6, { groups: [id] }),
        ({ groups }) => groups[0]!.members.length === size && groups[0]!.groupState !== 'PreparingRebalance',
      );
    const first = await joined(peer, 'the first', 3, id, { sessionMs: 30_000, rebalanceMs: 400 });
    const own = [{ memberId: first.memberId, assignment: Buffer.from('A') }];
    await peer.ask('its sync', syncGroup, 3, sync(3, id, first, { assignments: own }));
    const options = { sessionMs: 500, rebalanceMs: 400 };
    const second = await peer.ask('the second waits for the first', joinGroup, 3, join(3, id, options), {
      on: 'b',
    });
    await peer.ask('the first is gone', heartbeat, 3, beat(3, id, first));
    await peer.ask('described without it', describeGroups, 6, { groups: [id] });
    await until(0);
    await peer.ask('described without anybody', describeGroups, 6, { groups: [id] });
    await peer.ask('the second is gone', heartbeat, 3, beat(3, id, second), { on: 'b' });
  },
};
