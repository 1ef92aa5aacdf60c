import { findCoordinator } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { initialized } from '../transactions/transaction-requests.ts';

export const script: CompareScript = {
  name: 'find-coordinator',
  title: 'FindCoordinator in every version: groups, transactions, share partitions, unknown types, odd keys.',
  async run(peer) {
    await peer.coordinators();
    const transactionalId = peer.unique('any');
    await initialized(peer, 'a transaction', 4, transactionalId);
    for (const version of peer.versions(findCoordinator)) {
      const ask = (label: string, keyType: number, keys: readonly string[]) =>
        peer.ask(label, findCoordinator, version, {
          ...(version >= 1 ? { keyType } : {}),
          ...(version >= 4 ? { coordinatorKeys: keys } : { key: keys[0] ?? '' }),
        });
      await ask('a group', 0, ['a']);
      await ask('no name', 0, ['']);
      if (version >= 1) await ask('a transaction', 1, [transactionalId]);
      if (version >= 1) await ask('unknown type', 9, ['a']);
      if (version >= 4) await ask('many', 0, ['a', 'b', 'a']);
      if (version >= 4) await ask('none', 0, []);
      if (version >= 1) await ask('a share partition without its form', 2, ['a']);
    }
  },
};
