import { alterConfigs, describeConfigs, incrementalAlterConfigs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const BROKER_LOGGER = 8;
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];
/** There under the same name in both. */
const LOGGER = 'kafka.request.logger';

interface Change {
  readonly name: string;
  readonly configOperation: number;
  readonly value: string | null;
}

function alter(changes: readonly Change[], { node = '1', validateOnly = false } = {}) {
  return {
    resources: [{ resourceType: BROKER_LOGGER, resourceName: node, configs: [...changes] }],
    validateOnly,
  };
}

function describe(node: string, keys: readonly string[], version = 4) {
  return {
    resources: [{ resourceType: BROKER_LOGGER, resourceName: node, configurationKeys: [...keys] }],
    includeSynonyms: true,
    ...(version >= 3 ? { includeDocumentation: true } : {}),
  };
}

const refusals: Readonly<Record<string, readonly Change[]>> = {
  'a level that does not exist': [{ name: LOGGER, configOperation: SET, value: 'LOUD' }],
  'a level in small letters': [{ name: LOGGER, configOperation: SET, value: 'debug' }],
  'OFF, which log4j has': [{ name: LOGGER, configOperation: SET, value: 'OFF' }],
  'no level': [{ name: LOGGER, configOperation: SET, value: null }],
  'a logger that does not exist': [{ name: 'nobody.logs.here', configOperation: SET, value: 'INFO' }],
  'removal of a logger that does not exist': [
    { name: 'nobody.logs.here', configOperation: DELETE, value: null },
  ],
  'removal of the root level': [{ name: 'root', configOperation: DELETE, value: null }],
  append: [{ name: LOGGER, configOperation: APPEND, value: 'INFO' }],
  subtract: [{ name: LOGGER, configOperation: SUBTRACT, value: 'INFO' }],
  'an operation that does not exist': [{ name: LOGGER, configOperation: 9, value: 'INFO' }],
  'one logger twice': [
    { name: LOGGER, configOperation: SET, value: 'INFO' },
    { name: LOGGER, configOperation: SET, value: 'WARN' },
  ],
  'one right and one wrong change': [
    { name: LOGGER, configOperation: SET, value: 'FATAL' },
    { name: 'nobody.logs.here', configOperation: SET, value: 'INFO' },
  ],
  nothing: [],
};

export const script: CompareScript = {
  name: 'broker-loggers',
  title: 'Levels of loggers: described, changed, removed, and what is refused.',
  known: [
    {
      step: 'an operation that does not exist*',
      field: 'responses[*].errorCode',
      reason: 'UNKNOWN_SERVER_ERROR there; INVALID_REQUEST says whose mistake it is',
    },
  ],
  async run(peer) {
    const ask = (label: string) => peer.ask(label, describeConfigs, 4, describe('1', [LOGGER]));
    for (const version of peer.versions(describeConfigs))
      await peer.ask('as it begins', describeConfigs, version, describe('1', [LOGGER], version));
    await peer.ask('a logger that does not exist', describeConfigs, 4, describe('1', ['nobody.logs.here']));
    const all = await peer.quietly(describeConfigs, 4, describe('1', []));
    peer.note('an empty list means all', all.results[0]!.configs.length > 1);
    for (const node of ['', '2', 'one'])
      await peer.ask(`of the node '${node}'`, describeConfigs, 4, describe(node, [LOGGER]));
    for (const version of peer.versions(incrementalAlterConfigs)) {
      for (const value of ['TRACE', 'DEBUG', 'INFO', 'ERROR', 'FATAL', 'WARN']) {
        const set = alter([{ name: LOGGER, configOperation: SET, value }]);
        await peer.ask(`set to ${value}`, incrementalAlterConfigs, version, set);
        await ask('after it');
      }
    }
    const onlyChecked = alter([{ name: LOGGER, configOperation: SET, value: 'ERROR' }], {
      validateOnly: true,
    });
    await peer.ask('only checked', incrementalAlterConfigs, 1, onlyChecked);
    await ask('after the check');
    const removed = alter([{ name: LOGGER, configOperation: DELETE, value: null }]);
    await peer.ask('removed', incrementalAlterConfigs, 1, removed);
    await ask('after the removal');
    for (const [label, changes] of Object.entries(refusals)) {
      await peer.ask(label, incrementalAlterConfigs, 1, alter(changes));
      await peer.ask(
        `${label}, only checked`,
        incrementalAlterConfigs,
        1,
        alter(changes, { validateOnly: true }),
      );
      await ask(`after ${label}`);
    }
    const back = alter([{ name: LOGGER, configOperation: SET, value: 'WARN' }]);
    await peer.ask('set back', incrementalAlterConfigs, 1, back);
    for (const node of ['', '2', 'one'])
      await peer.ask(
        `set on the node '${node}'`,
        incrementalAlterConfigs,
        1,
        alter([{ name: LOGGER, configOperation: SET, value: 'INFO' }], { node }),
      );
    await peer.ask('by the older API', alterConfigs, 2, {
      resources: [
        { resourceType: BROKER_LOGGER, resourceName: '1', configs: [{ name: LOGGER, value: 'INFO' }] },
      ],
      validateOnly: false,
    });
  },
};
