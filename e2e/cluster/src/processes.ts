import { spawn, type ChildProcess } from 'node:child_process';
import type { NodeNetwork } from './node-network.ts';

/** Until a process that has ended by itself is started again. */
const RESTART_MS = 1000;

/** Nothing of a run stays behind, however it ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** One node of a cluster as a process, through its lives. One that ends by itself is started again, as by a supervisor. */
export class NodeProcess {
  readonly id: number;
  readonly address: string;
  readonly #command: readonly string[];
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #isWanted = false;
  /** How often it has ended though nobody had asked it to. */
  unwantedEnds = 0;

  constructor(
    id: number,
    address: string,
    command: readonly string[],
    environment: NodeJS.ProcessEnv = process.env,
  ) {
    this.id = id;
    this.address = address;
    this.#command = command;
    this.#environment = environment;
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
    const child = spawn(program, parameters, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: this.#environment,
    });
    this.#child = child;
    running.add(child);
    this.#ended = new Promise((resolve) => {
      child.once('close', () => {
        this.#child = undefined;
        running.delete(child);
        if (this.#isWanted) {
          this.unwantedEnds++;
          setTimeout(() => this.#isWanted && this.start(), RESTART_MS).unref();
        }
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
  /** `undefined` where there is no link to cut. */
  readonly link: NodeNetwork['link'];
  /** How long its nodes may take to come up, on a machine that has other things to do too. */
  readonly patienceMs: number;
}
