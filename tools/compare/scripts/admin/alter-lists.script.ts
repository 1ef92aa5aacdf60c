import { describeConfigs, incrementalAlterConfigs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const [TOPIC, BROKER] = [2, 4];
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];

export const script: CompareScript = {
  name: 'alter-lists',
  title:
    'IncrementalAlterConfigs of lists: what is added to and taken from where a node has a value of its own.',
  properties: {
    'log.cleanup.policy': 'compact',
    'sasl.kerberos.principal.to.local.rules': 'RULE:[1:$1]',
  },
  known: ['* set twice the same', '* * with spaces', '* * without'].map((step) => ({
    step: `after ${step}`,
    field: '*value',
    reason: 'here a list is shown as it was written, there as it was understood',
  })),
  async run(peer) {
    const altered = async (
      label: string,
      { type, resource, property }: { type: number; resource: string; property: string },
      [configOperation, value]: readonly [operation: number, value: string | null],
    ) => {
      await peer.ask(label, incrementalAlterConfigs, 1, {
        resources: [
          {
            resourceType: type,
            resourceName: resource,
            configs: [{ name: property, configOperation, value }],
          },
        ],
        validateOnly: false,
      });
      await peer.caughtUp();
      const { results } = await peer.quietly(describeConfigs, 4, {
        resources: [{ resourceType: type, resourceName: resource, configurationKeys: [property] }],
        includeSynonyms: true,
      });
      peer.note(`after ${label}`, results[0]!.configs[0]);
    };
    const changes = [
      ['append', APPEND, 'delete'],
      ['delete', DELETE, null],
      ['subtract', SUBTRACT, 'compact'],
      ['delete', DELETE, null],
      ['subtract all', SUBTRACT, 'delete,compact'],
      ['delete', DELETE, null],
      ['append what is there', APPEND, 'compact'],
      ['append it again', APPEND, 'compact'],
      ['set', SET, 'compact'],
      ['append twice the same', APPEND, 'delete,delete'],
      ['append nothing', APPEND, ''],
      ['append commas', APPEND, ',,'],
      ['append after a comma', APPEND, ',compact'],
      ['append before a comma', APPEND, 'compact,'],
      ['set with a comma', SET, 'compact,'],
      ['set to nothing', SET, ''],
      ['append to nothing', APPEND, 'compact'],
      ['set twice the same', SET, 'compact,delete,compact'],
      ['subtract one of two', SUBTRACT, 'compact'],
      ['set', SET, 'compact'],
      ['append with spaces', APPEND, 'compact, delete'],
      ['set with spaces', SET, 'compact, delete'],
      ['subtract without', SUBTRACT, 'delete'],
      ['append without', APPEND, 'delete'],
      ['delete', DELETE, null],
    ] as const;
    const topic = await peer.topic('lists');
    for (const [where, target] of Object.entries({
      'one node': { type: BROKER, resource: '1', property: 'log.cleanup.policy' },
      'all nodes': { type: BROKER, resource: '', property: 'log.cleanup.policy' },
      topic: { type: TOPIC, resource: topic.name, property: 'cleanup.policy' },
    })) {
      for (const [label, operation, value] of changes)
        await altered(`${where}: ${label}`, target, [operation, value]);
    }

    for (const property of [
      'metric.reporters',
      'config.providers',
      'sasl.kerberos.principal.to.local.rules',
      'max.connections.per.ip.overrides',
      'listener.name.plaintext.sasl.kerberos.principal.to.local.rules',
      'cordoned.log.dirs',
    ]) {
      const target = { type: BROKER, resource: '1', property };
      await altered(`${property}: subtract`, target, [SUBTRACT, 'DEFAULT']);
      await altered(`${property}: delete`, target, [DELETE, null]);
    }

    const [all, one] = ['', '1'].map((resource) => ({
      type: BROKER,
      resource,
      property: 'log.cleanup.policy',
    }));
    await altered('under a default: set', all!, [SET, 'compact,delete']);
    await altered('under a default: append', one!, [APPEND, 'compact']);
    await altered('under a default: delete', one!, [DELETE, null]);
    await altered('under a default: subtract', one!, [SUBTRACT, 'delete']);
    await altered('under a default: delete', one!, [DELETE, null]);
    const ofTopic = { type: TOPIC, resource: topic.name, property: 'cleanup.policy' };
    await altered('under a default: append to the topic', ofTopic, [APPEND, 'delete']);
    await altered('under a default: delete from the topic', ofTopic, [DELETE, null]);
    await altered('under a default: delete from all', all!, [DELETE, null]);
  },
};
