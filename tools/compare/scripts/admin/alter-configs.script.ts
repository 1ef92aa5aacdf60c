import { alterConfigs, describeConfigs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const TOPIC = 2;

export const script: CompareScript = {
  name: 'alter-configs',
  title: 'AlterConfigs of a topic replaces everything that was set, or nothing when one value is wrong.',
  async run(peer) {
    const { name } = await peer.topic('replaced', { configs: { 'segment.bytes': '2000000' } });
    for (const version of peer.versions(alterConfigs)) {
      const alter = async (
        label: string,
        configs: readonly { name: string; value: string | null }[],
        { resourceName = name, validateOnly = false } = {},
      ) => {
        await peer.ask(label, alterConfigs, version, {
          resources: [{ resourceType: TOPIC, resourceName, configs }],
          validateOnly,
        });
        await peer.caughtUp();
        await peer.ask(`after ${label}`, describeConfigs, 4, {
          resources: [
            {
              resourceType: TOPIC,
              resourceName: name,
              configurationKeys: ['retention.ms', 'cleanup.policy', 'segment.bytes'],
            },
          ],
        });
      };
      await alter('dry', [{ name: 'retention.ms', value: '1000' }], { validateOnly: true });
      await alter('replace', [{ name: 'retention.ms', value: '1000' }]);
      await alter('bad value', [
        { name: 'segment.bytes', value: '3000000' },
        { name: 'retention.ms', value: 'soon' },
      ]);
      await alter('null', [{ name: 'retention.ms', value: null }]);
      await alter('unknown key', [{ name: 'retention.mss', value: '1' }]);
      await alter('nothing', []);
      await alter('unknown topic', [{ name: 'retention.ms', value: '1' }], {
        resourceName: peer.unique('nowhere'),
      });
    }
  },
};
