import { describeConfigs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const [BROKER, BROKER_LOGGER] = [4, 8];

const keys = [
  'log.retention.hours',
  'log.segment.bytes',
  'num.partitions',
  'auto.create.topics.enable',
  'compression.type',
  'message.max.bytes',
  'group.initial.rebalance.delay.ms',
  'offsets.topic.num.partitions',
  'transaction.max.timeout.ms',
  'connections.max.idle.ms',
  'socket.request.max.bytes',
];

export const script: CompareScript = {
  name: 'describe-broker-configs',
  title:
    'DescribeConfigs of nodes in every version: this one, the default of all, another one, a wrong type.',
  known: [
    {
      step: 'this node, v*',
      field: '*[group.initial.rebalance.delay.ms].synonyms*',
      reason: 'the default is 0 here: a group of one is ready at once',
    },
  ],
  async run(peer) {
    for (const version of peer.versions(describeConfigs)) {
      const ask = (label: string, resourceType: number, resourceName: string, names: string[] | null) =>
        peer.ask(label, describeConfigs, version, {
          resources: [{ resourceType, resourceName, configurationKeys: names }],
          includeSynonyms: true,
        });
      await ask('this node', BROKER, '1', keys);
      await ask('default of all nodes', BROKER, '', null);
      await ask('another node', BROKER, '7', keys);
      await ask('not a number', BROKER, 'one', keys);
      await ask('loggers of another node', BROKER_LOGGER, '7', null);
      await ask('unknown type', 99, 'x', null);
    }
  },
};
