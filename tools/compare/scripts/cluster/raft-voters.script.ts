import { addRaftVoter, removeRaftVoter } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'raft-voters',
  title: 'AddRaftVoter and RemoveRaftVoter on a quorum of fixed voters, and of another cluster.',
  async run(peer) {
    const directory = 'AAAAAAAAAAAAAAAAAAAAAQ';
    for (const version of peer.versions(addRaftVoter)) {
      for (const clusterId of [null, 'another-cluster']) {
        const label = clusterId === null ? 'add' : 'add to another cluster';
        await peer.ask(label, addRaftVoter, version, {
          clusterId,
          timeoutMs: 1000,
          voterId: 7,
          voterDirectoryId: directory,
          listeners: [{ name: 'CONTROLLER', host: '127.0.0.1', port: 1 }],
        });
      }
    }
    for (const version of peer.versions(removeRaftVoter)) {
      for (const clusterId of [null, 'another-cluster']) {
        const label = clusterId === null ? 'remove' : 'remove from another cluster';
        await peer.ask(label, removeRaftVoter, version, {
          clusterId,
          voterId: 7,
          voterDirectoryId: directory,
        });
      }
    }
  },
};
