import { metadata } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const noId = 'AAAAAAAAAAAAAAAAAAAAAA';

export const script: CompareScript = {
  name: 'metadata',
  title:
    'Metadata in every version: by name, by id, unknown, illegal and no topics, with and without creating them.',
  known: [
    {
      step: 'unknown, v*',
      field: 'topics[*].errorCode',
      reason:
        'LEADER_NOT_AVAILABLE, as before KRaft: kafkajs does not ask again after UNKNOWN_TOPIC_OR_PARTITION',
    },
    {
      step: 'created on demand, v*',
      field: 'topics[*].errorCode',
      reason:
        'LEADER_NOT_AVAILABLE, as before KRaft: kafkajs does not ask again after UNKNOWN_TOPIC_OR_PARTITION',
    },
    {
      step: 'null name, v1*',
      field: '*',
      reason: 'UNKNOWN_SERVER_ERROR there; UNKNOWN_TOPIC_ID says what is wrong',
    },
  ],
  async run(peer) {
    const { name, id } = await peer.topic('orders', { partitions: 2 });
    for (const version of peer.versions(metadata)) {
      const ask = (label: string, topics: readonly (string | null)[], allowAutoTopicCreation = false) =>
        peer.ask(label, metadata, version, {
          topics: topics.map((topic) => ({ name: topic, ...(version >= 10 ? { topicId: noId } : {}) })),
          ...(version >= 4 ? { allowAutoTopicCreation } : {}),
          ...(version >= 8 ? { includeTopicAuthorizedOperations: true } : {}),
        });
      await ask('by name', [name]);
      // Versions below 4 create it: a name that was asked for before may be there by now, or not yet.
      await ask('unknown', [peer.unique(`nowhere-${version}`)]);
      await ask('illegal', ['no spaces please']);
      await ask('empty name', ['']);
      await ask('named twice', [name, name]);
      if (version >= 1) await ask('no topics', []);
      if (version >= 4) await ask('created on demand', [peer.unique(`made-${version}`)], true);
      if (version >= 4) await ask('illegal, on demand', ['no spaces please'], true);
      if (version < 10) continue;
      const askId = (label: string, topics: readonly { name: string | null; topicId: string }[]) =>
        peer.ask(label, metadata, version, { topics, allowAutoTopicCreation: false });
      await askId('null name', [{ name: null, topicId: noId }]);
      await askId('by id', [{ name: null, topicId: id }]);
      await askId('unknown id', [{ name: null, topicId: 'dGhpcy1pcy1uby10b3BpYw' }]);
      await askId('id and name', [{ name, topicId: id }]);
    }
  },
};
