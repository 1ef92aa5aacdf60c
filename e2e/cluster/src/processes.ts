import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';

/** Until a process that has ended by itself is started again. */
const RESTART_MS = 1000;

/** One node of a cluster as a process, through its lives. One that ends by itself is started again, as by a supervisor. */
export class NodeProcess {
  readonly id: number;
  readonly address: string;
  readonly #command: readonly string[];
  #child: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #isWanted = false;

  constructor(id: number, address: string, command: readonly string[]) {
    this.id = id;
    this.address = address;
    this.#command = command;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  start(): void {
    if (this.#child !== undefined) return;
    this.#isWanted = true;
    const [program = '', ...parameters] = this.#command;
    const child = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('close', () => {
        this.#child = undefined;
        if (this.#isWanted) setTimeout(() => this.#isWanted && this.start(), RESTART_MS).unref();
        resolve(undefined);
      });
    });
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    const isEnd = signal === 'SIGKILL' || signal === 'SIGTERM';
    if (isEnd) this.#isWanted = false;
    this.#child?.kill(signal);
    if (isEnd) await this.#ended;
  }
}

/** A cluster under test, whoever's it is. */
export interface ClusterProcesses extends AsyncDisposable {
  readonly name: string;
  readonly nodes: readonly NodeProcess[];
  readonly bootstrapServers: string;
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ports.push((server.address() as { port: number }).port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
