import type { Admin } from '@millrace/client';
import type { ClusterProcesses, NodeProcess } from './processes.ts';
import { TOPIC } from './traffic.ts';

/** What a round may use. */
export interface RoundScene {
  readonly cluster: ClusterProcesses;
  readonly admin: Admin;
  /** Resolves when all partitions have been written to since this call. */
  readonly untilWritten: () => Promise<void>;
}

export interface Round {
  readonly name: string;
  /** Strikes, waits until the others go on, and lets the node come back. */
  readonly run: (scene: RoundScene) => Promise<void>;
}

async function leaderOf(admin: Admin, topic: string): Promise<number> {
  const described = await admin.describeTopics([topic]);
  return described.get(topic)!.partitions[0]!.leaderId;
}

function nodeOf({ nodes }: ClusterProcesses, id: number): NodeProcess {
  return nodes.find((node) => node.id === id) ?? nodes[0]!;
}

function kill(name: string, choose: (admin: Admin) => Promise<number>): Round {
  return {
    name,
    async run({ cluster, admin, untilWritten }) {
      const node = nodeOf(cluster, await choose(admin));
      await node.signal('SIGKILL');
      await untilWritten();
      node.start();
    },
  };
}

const stopAndContinue: Round = {
  name: 'SIGSTOP, SIGCONT of a leader',
  async run({ cluster, admin, untilWritten }) {
    const node = nodeOf(cluster, await leaderOf(admin, TOPIC));
    await node.signal('SIGSTOP');
    await untilWritten();
    await node.signal('SIGCONT');
  },
};

const cutTheNetwork: Round = {
  name: 'network of a leader cut and mended',
  async run({ cluster, admin, untilWritten }) {
    const { id } = nodeOf(cluster, await leaderOf(admin, TOPIC));
    cluster.link!.cut(id);
    await untilWritten();
    cluster.link!.mend(id);
  },
};

const killAll: Round = {
  name: 'kill -9 of all at once',
  async run({ cluster: { nodes } }) {
    await Promise.all(nodes.map((node) => node.signal('SIGKILL')));
    for (const node of nodes) node.start();
  },
};

/** In turns. */
export function roundsFor({ link }: ClusterProcesses): readonly Round[] {
  return [
    kill('kill -9 of a leader', (admin) => leaderOf(admin, TOPIC)),
    kill('kill -9 of the controller', async (admin) => (await admin.describeMetadataQuorum()).leaderId),
    kill('kill -9 of the coordinator', (admin) => leaderOf(admin, '__consumer_offsets')),
    stopAndContinue,
    ...(link === undefined ? [] : [cutTheNetwork]),
    killAll,
  ];
}

/** Whatever a round has left undone. */
export async function mendAll({ nodes, link }: ClusterProcesses): Promise<void> {
  for (const node of nodes) {
    link?.mend(node.id);
    await node.signal('SIGCONT');
    node.start();
  }
}
