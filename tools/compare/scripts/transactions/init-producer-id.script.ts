import { initProducerId } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { init, initialized } from './transaction-requests.ts';

export const script: CompareScript = {
  name: 'init-producer-id',
  title: 'InitProducerId in every version: with and without an id, timeouts out of range, expected epochs.',
  async run(peer) {
    await initialized(peer, 'first of all', 4, peer.unique('first'));
    for (const version of peer.versions(initProducerId)) {
      const id = peer.unique(`init-${version}`);
      const ask = (label: string, ...rest: [string | null, Parameters<typeof init>[2]?]) =>
        peer.ask(label, initProducerId, version, init(version, ...rest));
      await ask('idempotent', null);
      await ask('empty id', '');
      await ask('no timeout', id, { timeoutMs: 0 });
      await ask('negative timeout', id, { timeoutMs: -1 });
      await ask('timeout too long', id, { timeoutMs: 900_001 });
      const first = await initialized(peer, 'transactional', version, id);
      const second = await initialized(peer, 'again', version, id);
      if (version < 3) continue;
      await initialized(peer, 'expecting the current one', version, id, second);
      await initialized(peer, 'expecting it once more', version, id, second);
      await ask('expecting the first one', id, { holder: first });
      await ask('expecting a later epoch', id, { holder: { ...second, producerEpoch: 99 } });
      await ask('expecting another producer', id, {
        holder: { producerId: second.producerId + 70_000, producerEpoch: 0 },
      });
      await ask('an id without an epoch', id, { holder: { producerId: 4, producerEpoch: -1 } });
      await ask('expecting in no transaction', peer.unique(`none-${version}`), { holder: second });
    }
  },
};
