import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePorts } from '@millrace/free-ports';

const folder = resolve(import.meta.dirname, '..');
/** Git ignores it; the jars are 130 MB. */
const libraries = resolve(folder, '../../.millrace/apache-kafka/libs');

/** Why Apache Kafka cannot be used here, or `undefined` where it can. */
export function unavailable(): string | undefined {
  if (spawnSync('java', ['-version']).status !== 0) return 'Java 17 is not installed';
  if (!existsSync(libraries) || readdirSync(libraries).length < 50) {
    return 'its jars are not here; fetch them with "npm run apache-kafka -- install"';
  }
  return undefined;
}

/** Fetches the jars from Maven Central. @throws Error with Maven's last lines */
export function install(): void {
  mkdirSync(libraries, { recursive: true });
  const goal = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${libraries}`];
  const maven = spawnSync('mvn', goal, { cwd: folder, encoding: 'utf8' });
  if (maven.error !== undefined) throw new Error(`Maven cannot be run: ${maven.error.message}`);
  if (maven.status !== 0) throw new Error(`Maven failed:\n${maven.stdout.split('\n').slice(-10).join('\n')}`);
}

/** Parameters for `java` that run one of Kafka's main classes. */
export function javaParameters(
  mainClass: string,
  parameters: readonly string[],
  flags: readonly string[] = [],
): string[] {
  const logging = `-Dlog4j2.configurationFile=${join(folder, 'log4j2.properties')}`;
  return [logging, ...flags, '-cp', `${libraries}/*`, mainClass, ...parameters];
}

/** Runs a command line tool to its end, for example `org.apache.kafka.tools.DumpLogSegments`. */
export function runTool(
  mainClass: string,
  parameters: readonly string[],
): { status: number; output: string } {
  const result = spawnSync('java', javaParameters(mainClass, parameters), {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status: result.status ?? 1, output: result.stdout + result.stderr };
}

export interface RunningKafka extends AsyncDisposable {
  readonly bootstrapServers: string;
  /** HOST:PORT of the listener for controllers. */
  readonly controller: string;
  readonly process: ChildProcess;
  readonly logDirectory: string;
  /** From the start of the process to an open port. */
  readonly startedInMs: number;
}

/** A single node, broker and controller in one, on a port of 127.0.0.1, with a temporary log directory. */
export async function startKafka(
  options: { port?: number; properties?: Readonly<Record<string, string>> } = {},
): Promise<RunningKafka> {
  const directory = mkdtempSync(join(tmpdir(), 'apache-kafka-'));
  const [free = 0, controllerPort = 0] = await freePorts(2);
  const port = options.port ?? free;
  const file = join(directory, 'server.properties');
  const logDirectory = join(directory, 'data');
  writeFileSync(file, serverProperties({ port, controllerPort, logDirectory }, options.properties ?? {}));
  const clusterId = runTool('kafka.tools.StorageTool', ['random-uuid']).output.trim().split('\n').at(-1)!;
  const formatted = runTool('kafka.tools.StorageTool', ['format', '-t', clusterId, '-c', file]);
  if (formatted.status !== 0)
    throw new Error(`Apache Kafka could not format ${logDirectory}:\n${formatted.output}`);

  const beganMs = performance.now();
  const heap = ['-Xms1g', '-Xmx1g', '-XX:+UseG1GC'];
  const child = spawn('java', javaParameters('kafka.Kafka', [file], heap), { stdio: 'ignore' });
  const ended = new Promise<void>((settle) => child.once('close', () => settle()));
  await waitForPort(port, child);
  return {
    bootstrapServers: `127.0.0.1:${port}`,
    controller: `127.0.0.1:${controllerPort}`,
    process: child,
    logDirectory,
    startedInMs: performance.now() - beganMs,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function serverProperties(
  node: { port: number; controllerPort: number; logDirectory: string },
  overrides: Readonly<Record<string, string>>,
): string {
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${node.controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': node.logDirectory,
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    ...overrides,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** Kafka opens its port when it is ready and has no other signal; asked every 20 ms so that the figure means something. */
async function waitForPort(port: number, child: ChildProcess): Promise<void> {
  while (!(await accepts(port))) {
    if (child.exitCode !== null)
      throw new Error(`Apache Kafka ended with ${child.exitCode} before its port was open`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (open: boolean) => {
      socket.destroy();
      answer(open);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}
