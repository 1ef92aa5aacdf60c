import { alterReplicaLogDirs, describeLogDirs, incrementalAlterConfigs } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const BROKER = 4;
const SET = 0;

const short = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const script: CompareScript = {
  name: 'metadata-log-dir',
  title:
    'A metadata.log.dir outside of log.dirs: which directories there are, and where partitions are placed.',
  properties: { 'log.dirs': 'one,two', 'metadata.log.dir': 'metadata' },
  async run(peer) {
    const { name } = await peer.topic('placed', { partitions: 6 });
    const { results } = await peer.quietly(describeLogDirs, 5, { topics: null });
    const directories = results
      .map(({ logDir, topics, errorCode, isCordoned }) => {
        const placed = topics.filter((topic) => topic.name === name);
        const count = placed.flatMap(({ partitions }) => partitions).length;
        return `${short(logDir)}: ${count} partitions, error ${errorCode}, cordoned ${isCordoned}`;
      })
      .toSorted();
    peer.note('directories', directories);

    const [first] = results;
    const parent = first!.logDir.slice(0, first!.logDir.lastIndexOf('/'));
    const move = (label: string, path: string) =>
      peer.ask(label, alterReplicaLogDirs, 2, { dirs: [{ path, topics: [{ name, partitions: [0, 9] }] }] });
    await move('moved to that of the metadata log', `${parent}/metadata`);
    await move('moved to nowhere', `${parent}/nowhere`);
    await peer.ask('that of the metadata log is cordoned', incrementalAlterConfigs, 1, {
      resources: [
        {
          resourceType: BROKER,
          resourceName: '1',
          configs: [{ name: 'cordoned.log.dirs', configOperation: SET, value: `${parent}/metadata` }],
        },
      ],
      validateOnly: false,
    });
  },
};
