import { describeConfigs, incrementalAlterConfigs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const TOPIC = 2;
const operations = { set: 0, delete: 1, append: 2, subtract: 3 } as const;

interface Change {
  readonly name: string;
  readonly operation: keyof typeof operations | 9;
  readonly value: string | null;
}

export const script: CompareScript = {
  name: 'incremental-alter-configs',
  title:
    'IncrementalAlterConfigs of a topic: set, delete, append, subtract, dry, and every way to get it wrong.',
  known: [
    {
      step: 'unknown operation, v*',
      field: 'responses[*].errorCode',
      reason: 'UNKNOWN_SERVER_ERROR there; INVALID_REQUEST says whose mistake it is',
    },
  ],
  async run(peer) {
    const { name } = await peer.topic('altered');
    for (const version of peer.versions(incrementalAlterConfigs)) {
      const alter = async (
        label: string,
        changes: readonly Change[],
        { resourceName = name, resourceType = TOPIC, validateOnly = false } = {},
      ) => {
        await peer.ask(label, incrementalAlterConfigs, version, {
          resources: [
            {
              resourceType,
              resourceName,
              configs: changes.map(({ name: key, operation, value }) => ({
                name: key,
                configOperation: operation === 9 ? 9 : operations[operation],
                value,
              })),
            },
          ],
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
      await alter('set', [{ name: 'retention.ms', operation: 'set', value: '1000' }]);
      await alter('set dry', [{ name: 'retention.ms', operation: 'set', value: '2000' }], {
        validateOnly: true,
      });
      await alter('append', [{ name: 'cleanup.policy', operation: 'append', value: 'compact' }]);
      await alter('append again', [{ name: 'cleanup.policy', operation: 'append', value: 'compact' }]);
      await alter('subtract', [{ name: 'cleanup.policy', operation: 'subtract', value: 'delete' }]);
      await alter('subtract what is not there', [
        { name: 'cleanup.policy', operation: 'subtract', value: 'delete' },
      ]);
      await alter('append to a number', [{ name: 'retention.ms', operation: 'append', value: '1' }]);
      await alter('bad value', [{ name: 'retention.ms', operation: 'set', value: 'soon' }]);
      await alter('too small', [{ name: 'segment.bytes', operation: 'set', value: '1' }]);
      await alter('unknown key', [{ name: 'retention.mss', operation: 'set', value: '1' }]);
      await alter('null value', [{ name: 'retention.ms', operation: 'set', value: null }]);
      await alter('named twice', [
        { name: 'retention.ms', operation: 'set', value: '1' },
        { name: 'retention.ms', operation: 'delete', value: null },
      ]);
      await alter('unknown operation', [{ name: 'retention.ms', operation: 9, value: '1' }]);
      await alter('one good, one bad', [
        { name: 'segment.bytes', operation: 'set', value: '2000000' },
        { name: 'retention.ms', operation: 'set', value: 'soon' },
      ]);
      await alter('delete', [{ name: 'retention.ms', operation: 'delete', value: null }]);
      await alter('delete what is not set', [{ name: 'retention.ms', operation: 'delete', value: null }]);
      await alter('back', [{ name: 'cleanup.policy', operation: 'delete', value: null }]);
      await alter('nothing', []);
      await alter('unknown topic', [{ name: 'retention.ms', operation: 'set', value: '1' }], {
        resourceName: peer.unique('nowhere'),
      });
      await alter('unknown type', [{ name: 'retention.ms', operation: 'set', value: '1' }], {
        resourceType: 99,
      });
      await alter('not a node', [{ name: 'log.cleaner.threads', operation: 'set', value: '2' }], {
        resourceType: 4,
        resourceName: 'one',
      });
    }
  },
};
