import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { javaParameters, runTool } from '@millrace/apache-kafka-peer';
import { clusterProperties, type NodePorts } from './cluster-properties.ts';
import { freePorts, NodeProcess, type ClusterProcesses } from './processes.ts';

const HEAP = ['-Xms384m', '-Xmx384m', '-XX:+UseG1GC'];

/** Three nodes of Apache Kafka, with the same properties. */
export async function startKafkaCluster(): Promise<ClusterProcesses> {
  const directory = mkdtempSync(join(tmpdir(), 'apache-kafka-cluster-'));
  const ports = await freePorts(6);
  const plan: NodePorts[] = [1, 2, 3].map((id) => ({
    id,
    port: ports[id - 1]!,
    controllerPort: ports[id + 2]!,
  }));
  const clusterId = runTool('kafka.tools.StorageTool', ['random-uuid']).output.trim().split('\n').at(-1)!;
  const nodes = plan.map((own) => {
    const file = join(directory, `node-${own.id}.properties`);
    writeFileSync(file, clusterProperties(own, plan, join(directory, `node-${own.id}`)));
    const formatted = runTool('kafka.tools.StorageTool', ['format', '-t', clusterId, '-c', file]);
    if (formatted.status !== 0) throw new Error(`Apache Kafka could not format: ${formatted.output}`);
    const command = ['java', ...javaParameters('kafka.Kafka', [file], HEAP)];
    return new NodeProcess(own.id, `127.0.0.1:${own.port}`, command);
  });
  for (const node of nodes) node.start();
  return {
    name: 'Apache Kafka',
    nodes,
    bootstrapServers: nodes.map(({ address }) => address).join(','),
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.signal('SIGKILL')));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
