import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { javaParameters, runTool } from '@millrace/apache-kafka-peer';
import { clusterProperties } from './cluster-properties.ts';
import type { ClusterOptions } from './millrace-cluster.ts';
import { loopback } from './node-network.ts';
import { NodeProcess, type ClusterProcesses } from './processes.ts';

const CLUSTER_ID = 'e2eClusterAAAAAAAAAAAA';

export interface KafkaClusterOptions extends ClusterOptions {
  /** Default: 384 MiB of heap. */
  readonly javaFlags?: readonly string[];
}

/** Three nodes of Apache Kafka, with the same properties. */
export async function startKafkaCluster({
  network: open = loopback,
  timeouts = 'short',
  javaFlags = ['-Xms384m', '-Xmx384m', '-XX:+UseG1GC'],
}: KafkaClusterOptions = {}): Promise<ClusterProcesses> {
  const directory = mkdtempSync(join(tmpdir(), 'apache-kafka-cluster-'));
  const network = await open(3);
  const cleanUp = (): void => {
    network.close();
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', cleanUp);
  const dataOf = (id: number): string => join(directory, `node-${id}`);
  const fileOf = (id: number): string => join(directory, `node-${id}.properties`);
  for (const own of network.places) {
    const properties = clusterProperties(own, network.places, { directory: dataOf(own.id), timeouts });
    writeFileSync(fileOf(own.id), properties);
  }
  format(fileOf(1), dataOf(1));
  const nodes = network.places.map((own) => {
    if (own.id !== 1) copyFormatted(dataOf(1), dataOf(own.id), own.id);
    const command = ['java', ...javaParameters('kafka.Kafka', [fileOf(own.id)], javaFlags)];
    return new NodeProcess(own.id, `${own.host}:${own.port}`, network.commandOn(own.id, command));
  });
  for (const node of nodes) node.start();
  return {
    name: 'Apache Kafka',
    nodes,
    bootstrapServers: nodes.map(({ address }) => address).join(','),
    link: network.link,
    patienceMs: 300_000,
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.signal('SIGKILL')));
      process.off('exit', cleanUp);
      cleanUp();
    },
  };
}

function format(file: string, data: string): void {
  const { status, output } = runTool('kafka.tools.StorageTool', ['format', '-t', CLUSTER_ID, '-c', file]);
  if (status !== 0) throw new Error(`Apache Kafka could not format ${data}: ${output}`);
}

/** What formatting writes differs in two lines: a second virtual machine for them would take seconds. */
function copyFormatted(from: string, to: string, id: number): void {
  cpSync(from, to, { recursive: true });
  const file = join(to, 'meta.properties');
  const text = readFileSync(file, 'utf8')
    .replace(/^node\.id=.*$/m, `node.id=${id}`)
    .replace(/^directory\.id=.*$/m, `directory.id=${randomBytes(16).toString('base64url')}`);
  writeFileSync(file, text);
}
