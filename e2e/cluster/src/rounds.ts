import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from '@millrace/client';
import type { ClusterProcesses, NodeProcess } from './processes.ts';
import { TOPIC } from './traffic.ts';

export interface Round {
  readonly name: string;
  readonly strike: (cluster: ClusterProcesses, admin: Admin) => Promise<void>;
}

const PAUSE_MS = 3000;

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
    async strike(cluster, admin) {
      const node = nodeOf(cluster, await choose(admin));
      await node.signal('SIGKILL');
      await sleep(PAUSE_MS);
      node.start();
    },
  };
}

const stopAndContinue: Round = {
  name: 'SIGSTOP, SIGCONT of a leader',
  async strike(cluster, admin) {
    const node = nodeOf(cluster, await leaderOf(admin, TOPIC));
    await node.signal('SIGSTOP');
    await sleep(PAUSE_MS);
    await node.signal('SIGCONT');
  },
};

const killAll: Round = {
  name: 'kill -9 of all at once',
  async strike({ nodes }) {
    await Promise.all(nodes.map((node) => node.signal('SIGKILL')));
    for (const node of nodes) node.start();
  },
};

/** In turns. */
export const rounds: readonly Round[] = [
  kill('kill -9 of a leader', (admin) => leaderOf(admin, TOPIC)),
  kill('kill -9 of the controller', async (admin) => (await admin.describeMetadataQuorum()).leaderId),
  kill('kill -9 of the coordinator', (admin) => leaderOf(admin, '__consumer_offsets')),
  stopAndContinue,
  killAll,
];
