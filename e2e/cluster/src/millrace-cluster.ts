import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clusterProperties, type NodePorts } from './cluster-properties.ts';
import { freePorts, NodeProcess, type ClusterProcesses } from './processes.ts';

/** The command from its sources: there is nothing to build before. */
const executable = resolve(import.meta.dirname, 'run-millrace.ts');
const CLUSTER_ID = 'e2eClusterAAAAAAAAAAAA';

/** Three nodes as `millrace start --config` starts them. */
export async function startMillraceCluster(): Promise<ClusterProcesses> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-cluster-'));
  const ports = await freePorts(6);
  const plan: NodePorts[] = [1, 2, 3].map((id) => ({
    id,
    port: ports[id - 1]!,
    controllerPort: ports[id + 2]!,
  }));
  const nodes = plan.map((own) => {
    const file = join(directory, `node-${own.id}.properties`);
    const data = join(directory, `node-${own.id}`);
    writeFileSync(file, `${clusterProperties(own, plan, data)}cluster.id=${CLUSTER_ID}\n`);
    const level = process.env['E2E_LOG_LEVEL'] ?? 'error';
    const parameters = [
      '--conditions=@millrace/source',
      executable,
      'start',
      '--config',
      file,
      '--log-level',
      level,
    ];
    return new NodeProcess(own.id, `127.0.0.1:${own.port}`, [process.execPath, ...parameters]);
  });
  for (const node of nodes) node.start();
  return {
    name: 'Millrace',
    nodes,
    bootstrapServers: nodes.map(({ address }) => address).join(','),
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.signal('SIGKILL')));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
