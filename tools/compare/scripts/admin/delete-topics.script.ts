import { deleteTopics } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

/** No topic has this id. */
const strangeId = 'dGhpcy1pcy1uby10b3BpYw';

export const script: CompareScript = {
  name: 'delete-topics',
  title: 'DeleteTopics in every version: by name, by id, twice, and what is not there.',
  async run(peer) {
    for (const version of peer.versions(deleteTopics)) {
      const topic = await peer.topic(`gone-${version}`);
      const ask = (label: string, names: readonly string[]) =>
        peer.ask(label, deleteTopics, version, {
          ...(version >= 6
            ? { topics: names.map((name) => ({ name, topicId: 'AAAAAAAAAAAAAAAAAAAAAA' })) }
            : { topicNames: names }),
          timeoutMs: 10_000,
        });
      await ask('unknown', [peer.unique('nowhere')]);
      await ask('none', []);
      await ask('twice in one request', [topic.name, topic.name]);
      await ask('good', [topic.name]);
      await ask('again', [topic.name]);
      if (version < 6) continue;
      const byId = await peer.topic('by-id');
      const askId = (label: string, topics: readonly { name: string | null; topicId: string }[]) =>
        peer.ask(label, deleteTopics, version, { topics, timeoutMs: 10_000 });
      await askId('name and id', [{ name: byId.name, topicId: byId.id }]);
      await askId('unknown id', [{ name: null, topicId: strangeId }]);
      await askId('by id', [{ name: null, topicId: byId.id }]);
    }
  },
};
