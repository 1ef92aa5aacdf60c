import { ErrorCode } from '@millrace/protocol';
import {
  alterConfigs,
  alterReplicaLogDirs,
  createPartitions,
  createTopics,
  describeConfigs,
  describeLogDirs,
  incrementalAlterConfigs,
} from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import type { Peer } from '../../src/peer.ts';

const BROKER = 4;
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];
const NAME = 'cordoned.log.dirs';

/** What the directories of the node are called where their place is left out. */
const short = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function directories(peer: Peer) {
  const { results } = await peer.quietly(describeLogDirs, 5, { topics: null });
  return results.toSorted((a, b) => (a.logDir < b.logDir ? -1 : 1));
}

/** Waits until the controller knows it, too: what it decides next is compared. */
async function cordoned(peer: Peer, expected: readonly string[]): Promise<void> {
  await peer.settled(
    () => directories(peer),
    (found) =>
      found
        .filter(({ isCordoned }) => isCordoned)
        .map(({ logDir }) => short(logDir))
        .join() === expected.join(),
  );
  const isFull = expected.length === 2;
  const dry = {
    name: peer.unique('dry'),
    numPartitions: 1,
    replicationFactor: 1,
    assignments: [],
    configs: [],
  };
  await peer.settled(
    () => peer.quietly(createTopics, 7, { topics: [dry], timeoutMs: 10_000, validateOnly: true }),
    ({ topics }) => (topics[0]!.errorCode === ErrorCode.NONE) !== isFull,
  );
}

export const script: CompareScript = {
  name: 'cordoned-log-dirs',
  title: 'Cordoned log directories (KIP-1066): what the property takes, where nothing is placed any more.',
  hasController: true,
  properties: { 'log.dirs': 'one,two' },
  async run(peer) {
    const [one, two] = (await directories(peer)).map(({ logDir }) => logDir) as [string, string];
    const alter = (
      label: string,
      value: string | null,
      { configOperation = SET, resourceName = '1', validateOnly = false, on = 'main' } = {},
    ) =>
      peer.ask(
        label,
        incrementalAlterConfigs,
        1,
        {
          resources: [
            { resourceType: BROKER, resourceName, configs: [{ name: NAME, configOperation, value }] },
          ],
          validateOnly,
        },
        { on },
      );
    const create = (label: string, topic: string) =>
      peer.ask(label, createTopics, 7, {
        topics: [
          { name: peer.unique(topic), numPartitions: 4, replicationFactor: 1, assignments: [], configs: [] },
        ],
        timeoutMs: 10_000,
      });
    const describe = async (label: string) => {
      const { results } = await peer.quietly(describeConfigs, 4, {
        resources: [{ resourceType: BROKER, resourceName: '1', configurationKeys: [NAME] }],
        includeSynonyms: true,
      });
      const described = JSON.stringify(
        results[0]!.configs.map((config) => ({ ...config, documentation: null })),
      );
      peer.note(label, described.replaceAll(one, 'one').replaceAll(two, 'two'));
    };

    await alter('somewhere else', '/no/such/directory');
    await alter('a directory and somewhere else', `${one},/no/such/directory`);
    await alter('all and one', `*,${one}`);
    await alter('with an empty item', `${one},`);
    await alter('a directory and a slash', `${one}/`);
    await alter('of all nodes', '*', { resourceName: '' });
    await alter('of another node', '*', { resourceName: '7' });
    await alter('somewhere else, added', '/no/such/directory', { configOperation: APPEND });
    await alter('somewhere else, taken away', '/no/such/directory', { configOperation: SUBTRACT });
    await alter('no value', null);
    await alter('not set, deleted', null, { configOperation: DELETE });
    await peer.ask('all anew, somewhere else', alterConfigs, 2, {
      resources: [
        { resourceType: BROKER, resourceName: '1', configs: [{ name: NAME, value: '/no/such/directory' }] },
      ],
      validateOnly: true,
    });
    await peer.caughtUp();
    await describe('is described');

    const before = await peer.topic('before', { partitions: 2 });
    const placeOf = async (name: string) =>
      (await directories(peer)).flatMap(({ logDir, topics }) =>
        topics
          .filter((topic) => topic.name === name)
          .flatMap(({ partitions }) => partitions.map(() => short(logDir))),
      );
    peer.note('spread', await placeOf(before.name));

    await alter('one', one);
    await cordoned(peer, ['one']);
    await describe('one is described');
    const during = await peer.topic('during', { partitions: 4 });
    peer.note('all in the other', await placeOf(during.name));
    const move = (label: string, path: string, name: string) =>
      peer.ask(label, alterReplicaLogDirs, 2, { dirs: [{ path, topics: [{ name, partitions: [0] }] }] });
    await move('moved to one that is cordoned', one, during.name);
    await move('nothing moved to one that is cordoned', one, peer.unique('nowhere'));
    await move('stays', two, during.name);

    await alter('the other, too', two, { configOperation: APPEND });
    await cordoned(peer, ['one', 'two']);
    await create('no room', 'late');
    await peer.ask('no room for partitions', createPartitions, 3, {
      topics: [{ name: during.name, count: 5, assignments: null }],
      timeoutMs: 10_000,
      validateOnly: false,
    });
    await peer.ask('placed by hand', createTopics, 7, {
      topics: [
        {
          name: peer.unique('by-hand'),
          numPartitions: -1,
          replicationFactor: -1,
          assignments: [{ partitionIndex: 0, brokerIds: [1] }],
          configs: [],
        },
      ],
      timeoutMs: 10_000,
    });

    const controller = { on: 'controller' };
    await alter('controller: a dry run', '*', { ...controller, validateOnly: true });
    await alter('controller: more', `${one},${two},/three`, controller);
    await alter('controller: all', '*', controller);
    await alter('controller: less', two, controller);
    await cordoned(peer, ['two']);
    await alter('controller: one more', one, { ...controller, configOperation: APPEND });
    await alter('controller: none', '', controller);
    await cordoned(peer, []);
    await create('room', 'late');

    await alter('all', '*');
    await cordoned(peer, ['one', 'two']);
    await describe('all are described');
    await alter('controller: deleted', null, { ...controller, configOperation: DELETE });
    await cordoned(peer, []);
    await create('room again', 'later');
  },
};
