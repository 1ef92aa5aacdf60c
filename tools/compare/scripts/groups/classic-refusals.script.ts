import { heartbeat, joinGroup, leaveGroup, syncGroup } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { beat, join, leave, sync, type JoinOptions } from './classic-requests.ts';

export const script: CompareScript = {
  name: 'classic-refusals',
  title:
    'Requests of classic members that make no sense: no group id, timeouts out of range, no protocols, no members.',
  async run(peer) {
    await peer.coordinators();
    const id = peer.unique('refused');
    const member = { memberId: 'm', generationId: 1 };
    for (const version of peer.versions(joinGroup)) {
      const ask = (label: string, groupId: string, options?: JoinOptions) =>
        peer.ask(label, joinGroup, version, join(version, groupId, options), { on: label });
      await ask('no group id', '');
      await ask('session too short', id, { sessionMs: 5 });
      await ask('session too long', id, { sessionMs: 2_000_000 });
      await ask('no protocols', id, { protocols: [] });
      await ask('no protocol type', id, { type: '' });
      await ask('unknown member', id, { memberId: 'stranger' });
    }
    for (const version of peer.versions(syncGroup)) {
      await peer.ask('sync without a group id', syncGroup, version, sync(version, '', member));
      await peer.ask('sync in no group', syncGroup, version, sync(version, id, member));
    }
    for (const version of peer.versions(heartbeat)) {
      await peer.ask('beat without a group id', heartbeat, version, beat(version, '', member));
      await peer.ask('beat in no group', heartbeat, version, beat(version, id, member));
    }
    for (const version of peer.versions(leaveGroup)) {
      await peer.ask('leave without a group id', leaveGroup, version, leave(version, '', [member]));
      await peer.ask('nobody leaves', leaveGroup, version, leave(version, id, []));
    }
  },
};
