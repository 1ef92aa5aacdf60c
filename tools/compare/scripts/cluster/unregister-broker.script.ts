import { unregisterBroker } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'unregister-broker',
  title: 'UnregisterBroker of nodes that are not there.',
  async run(peer) {
    for (const version of peer.versions(unregisterBroker)) {
      await peer.ask('an unknown node', unregisterBroker, version, { brokerId: 77 });
      await peer.ask('a negative node', unregisterBroker, version, { brokerId: -1 });
    }
  },
};
