import { createTopics } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'create-topics',
  title: 'CreateTopics in every version: a good topic, twice, dry, and every way to get it wrong.',
  known: [
    {
      step: 'good, v7',
      field: 'topics[*].topicId',
      reason: 'the first id here, the second there: see the dry one',
    },
    {
      step: 'dry, v7',
      field: 'topics[*].topicId',
      reason: 'an id for a topic that is not made; ids are given when topics are',
    },
  ],
  async run(peer) {
    for (const version of peer.versions(createTopics)) {
      const name = peer.unique(`created-${version}`);
      const topic = (overrides: object) => ({
        name,
        numPartitions: 2,
        replicationFactor: 1,
        assignments: [],
        configs: [],
        ...overrides,
      });
      const ask = (label: string, topics: ReturnType<typeof topic>[], validateOnly = false) =>
        peer.ask(label, createTopics, version, { topics, timeoutMs: 10_000, validateOnly });
      await ask('dry', [topic({})], true);
      await ask('good', [topic({ configs: [{ name: 'retention.ms', value: '1000' }] })]);
      await ask('exists', [topic({})]);
      await ask('exists, dry', [topic({})], true);
      await ask('no partitions', [topic({ name: peer.unique('none'), numPartitions: 0 })]);
      await ask('bad name', [
        topic({ name: 'no spaces please' }),
        topic({ name: '..' }),
        topic({ name: '' }),
      ]);
      await ask('too many replicas', [topic({ name: peer.unique('wide'), replicationFactor: 3 })]);
      await ask('unknown property', [
        topic({ name: peer.unique('odd'), configs: [{ name: 'retention.mss', value: '1' }] }),
      ]);
      await ask('bad value', [
        topic({ name: peer.unique('odd'), configs: [{ name: 'retention.ms', value: 'soon' }] }),
      ]);
      await ask('named twice', [
        topic({ name: peer.unique('twice') }),
        topic({ name: peer.unique('twice') }),
      ]);
      await ask('assignment and count', [
        topic({ name: peer.unique('both'), assignments: [{ partitionIndex: 0, brokerIds: [1] }] }),
      ]);
      await ask('gap in the assignment', [
        topic({
          name: peer.unique('gap'),
          numPartitions: -1,
          replicationFactor: -1,
          assignments: [{ partitionIndex: 1, brokerIds: [1] }],
        }),
      ]);
    }
  },
};
