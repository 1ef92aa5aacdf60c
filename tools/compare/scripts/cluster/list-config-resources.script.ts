import { incrementalAlterConfigs, listConfigResources } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const names: Readonly<Record<number, string>> = {
  2: 'topics',
  4: 'nodes',
  8: 'loggers of nodes',
  16: 'client metrics',
  32: 'groups',
};

export const script: CompareScript = {
  name: 'list-config-resources',
  title:
    'ListConfigResources by type: what there is to configure on a node with a topic and a configured group.',
  async run(peer) {
    const { name } = await peer.topic('configured');
    const group = peer.unique('group');
    await peer.ask('a setting of a group', incrementalAlterConfigs, 1, {
      resources: [
        {
          resourceType: 32,
          resourceName: group,
          configs: [{ name: 'consumer.session.timeout.ms', configOperation: 0, value: '50000' }],
        },
      ],
      validateOnly: false,
    });
    await peer.caughtUp();
    const mine = new Set([name, group, '1', '']);
    for (const version of peer.versions(listConfigResources)) {
      const ask = async (label: string, resourceTypes: readonly number[]) => {
        const answer = await peer.quietly(
          listConfigResources,
          version,
          version >= 1 ? { resourceTypes } : {},
        );
        peer.note(`${label}, v${version}`, {
          errorCode: answer.errorCode,
          resources: answer.configResources
            .filter(({ resourceName }) => mine.has(resourceName))
            .map(({ resourceName, resourceType }) => `${resourceType ?? 16} ${resourceName}`)
            .toSorted(),
        });
      };
      await ask('all', []);
      if (version < 1) continue;
      for (const [type, label] of Object.entries(names)) await ask(label, [Number(type)]);
      await ask('an unknown type', [99]);
    }
  },
};
