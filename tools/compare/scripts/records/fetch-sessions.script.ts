import { fetch } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { fetchRequest, write } from './record-requests.ts';

export const script: CompareScript = {
  name: 'fetch-sessions',
  title:
    'Fetch sessions (KIP-227): opening, incremental answers, forgotten partitions, wrong epochs, closing.',
  async run(peer) {
    const topic = await peer.topic('session', { partitions: 2 });
    await write(peer, topic, ['a']);
    for (const version of peer.versions(fetch).filter((each) => each >= 7)) {
      const opened = await peer.quietly(
        fetch,
        version,
        fetchRequest(version, topic, { session: { id: 0, epoch: 0 } }),
      );
      const id = opened.sessionId;
      peer.note(`a session was opened, v${version}`, id > 0);
      const ask = async (
        label: string,
        epoch: number,
        options: { sessionId?: number; empty?: boolean } = {},
      ) => {
        const request = fetchRequest(version, topic, { session: { id: options.sessionId ?? id, epoch } });
        const answer = await peer.quietly(
          fetch,
          version,
          options.empty ? { ...request, topics: [] } : request,
        );
        const { sessionId, errorCode, responses } = answer;
        peer.note(`${label}, v${version}`, { isSame: sessionId === id, errorCode, responses });
      };
      await ask('the same partition again', 1);
      await ask('nothing new', 2, { empty: true });
      await write(peer, topic, ['b']);
      await ask('nothing asked, something new', 3, { empty: true });
      await ask('an epoch twice', 3, { empty: true });
      await ask('an epoch ahead', 9, { empty: true });
      await ask('an unknown session', 4, { sessionId: 77, empty: true });
      await ask('close', -1, { empty: true });
      await ask('after closing', 4, { empty: true });
    }
  },
};
