import { fetch } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { fetchRequest, write } from './record-requests.ts';

export const script: CompareScript = {
  name: 'long-polls',
  title: 'Fetches that wait: for a record to come, for more bytes than there are, ended by an error.',
  async run(peer) {
    const topic = await peer.topic('polled');
    await write(peer, topic, ['a']);
    const versions = peer.versions(fetch);
    for (const [index, version] of [versions[0]!, versions.at(-1)!].entries()) {
      const at = 1 + index;
      const base = fetchRequest(version, topic, { offset: at });
      const waiting = peer.ask('until a record comes', fetch, version, {
        ...base,
        maxWaitMs: 5000,
        minBytes: 1,
      });
      await write(peer, topic, ['b'], 0);
      await waiting;
      await peer.ask('more bytes than there are', fetch, version, {
        ...fetchRequest(version, topic, { offset: 0 }),
        maxWaitMs: 50,
        minBytes: 1 << 20,
      });
      await peer.ask('beyond the end', fetch, version, {
        ...fetchRequest(version, topic, { offset: 99 }),
        maxWaitMs: 5000,
        minBytes: 1,
      });
    }
  },
};
