import { describeConfigs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const TOPIC = 2;

export const script: CompareScript = {
  name: 'describe-topic-configs',
  title: 'DescribeConfigs of topics in every version: some keys, all keys, synonyms, and what is not there.',
  known: [
    {
      step: '*, v*',
      field: '*[local.retention.*].synonyms*',
      reason: 'there is no tiered storage, nor its settings of a node',
    },
    {
      step: '*, v*',
      field: '*[flush.ms].synonyms*',
      reason: 'log.flush.interval.ms has a default here instead of following log.flush.scheduler.interval.ms',
    },
  ],
  async run(peer) {
    const { name } = await peer.topic('configured', {
      configs: { 'retention.ms': '86400000', 'cleanup.policy': 'compact,delete' },
    });
    for (const version of peer.versions(describeConfigs)) {
      const ask = (label: string, resourceName: string, configurationKeys: string[] | null) =>
        peer.ask(label, describeConfigs, version, {
          resources: [{ resourceType: TOPIC, resourceName, configurationKeys }],
          includeSynonyms: true,
        });
      await ask('set ones', name, ['retention.ms', 'cleanup.policy']);
      await ask('defaults', name, [
        'segment.bytes',
        'max.message.bytes',
        'compression.type',
        'message.timestamp.type',
        'unclean.leader.election.enable',
      ]);
      await ask('unknown key', name, ['retention.mss']);
      await ask('no keys', name, []);
      await ask('unknown topic', peer.unique('nowhere'), null);
      await ask('bad name', 'no spaces please', null);
      await ask('empty name', '', null);
      const all = await ask('all keys', name, null);
      peer.note(
        `names of all keys, v${version}`,
        all.results.flatMap(({ configs }) => configs.map((config) => config.name)).toSorted(),
      );
    }
  },
};
