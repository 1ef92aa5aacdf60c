import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clusterProperties, type Timeouts } from './cluster-properties.ts';
import { loopback, type OpenNetwork } from './node-network.ts';
import { NodeProcess, type ClusterProcesses } from './processes.ts';

/** The command from its sources: there is nothing to build before. */
const executable = resolve(import.meta.dirname, 'run-millrace.ts');
const millrace = [process.execPath, '--conditions=@millrace/source', executable];
const CLUSTER_ID = 'e2eClusterAAAAAAAAAAAA';

export interface ClusterOptions {
  /** Default: all on 127.0.0.1. */
  readonly network?: OpenNetwork;
  /** Default `short`. */
  readonly timeouts?: Timeouts;
}

/** Three nodes as `millrace start --config` starts them. */
export async function startMillraceCluster({
  network: open = loopback,
  timeouts = 'short',
}: ClusterOptions = {}): Promise<ClusterProcesses> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-cluster-'));
  const network = await open(3);
  const cleanUp = (): void => {
    network.close();
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', cleanUp);
  // A start costs as much as one of the published package, whose compiled code stays on the disk, too.
  const environment = { ...process.env, E2E_COMPILE_CACHE: join(directory, 'compiled') };
  await compile(environment);
  const nodes = network.places.map((own) => {
    const file = join(directory, `node-${own.id}.properties`);
    const data = join(directory, `node-${own.id}`);
    const properties = clusterProperties(own, network.places, { directory: data, timeouts });
    writeFileSync(file, `${properties}cluster.id=${CLUSTER_ID}\n`);
    const level = process.env['E2E_LOG_LEVEL'] ?? 'error';
    const start = ['start', '--config', file, '--log-level', level];
    const command = [...millrace, ...start];
    return new NodeProcess(
      own.id,
      `${own.host}:${own.port}`,
      network.commandOn(own.id, command),
      environment,
    );
  });
  for (const node of nodes) node.start();
  return {
    name: 'Millrace',
    nodes,
    bootstrapServers: nodes.map(({ address }) => address).join(','),
    link: network.link,
    patienceMs: 120_000,
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.signal('SIGKILL')));
      process.off('exit', cleanUp);
      cleanUp();
    },
  };
}

async function compile(environment: NodeJS.ProcessEnv): Promise<void> {
  const [program = '', ...parameters] = millrace;
  const child = spawn(program, [...parameters, '--compile'], { stdio: 'ignore', env: environment });
  await once(child, 'close');
}
