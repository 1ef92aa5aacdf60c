import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BrokerProperties } from '../config/broker-properties.ts';

const program = fileURLToPath(new URL('broker-process.ts', import.meta.url));

/** A broker in a process of its own, which can be killed as a power cut to the process would. */
export class BrokerChild {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.port = port;
    this.#exited =
      child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  }

  /** Resolves when it listens. @param cacheDirectory for compiled code, shared by children to make starts cheap */
  static async start(properties: BrokerProperties, cacheDirectory: string): Promise<BrokerChild> {
    const child = spawn(
      process.execPath,
      [
        '--conditions=@millrace/source',
        '--disable-warning=ExperimentalWarning',
        program,
        JSON.stringify(properties),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NODE_COMPILE_CACHE: cacheDirectory },
      },
    );
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const ready = once(child.stdout, 'data') as Promise<[Buffer]>;
    const failed = once(child, 'exit').then(() => {
      throw new Error(`The broker process ended before it was ready: ${errors}`);
    });
    failed.catch(() => {});
    const [line] = await Promise.race([ready, failed]);
    return new BrokerChild(child, Number(line.toString()));
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** SIGKILL: no handler runs, nothing is flushed. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
  }
}
