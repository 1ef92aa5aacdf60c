import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('run-main.ts', import.meta.url));

/** The command line as a process of its own, for tests of signals and exit codes. */
export class CliProcess {
  readonly child: ChildProcess;
  readonly #exit: Promise<[number | null, NodeJS.Signals | null]>;
  #stderr = '';

  /** @param cacheDirectory for compiled code, shared by processes to make starts cheap */
  constructor(parameters: readonly string[], cacheDirectory: string) {
    const nodeOptions = ['--conditions=@millrace/source', '--disable-warning=ExperimentalWarning'];
    this.child = spawn(process.execPath, [...nodeOptions, program, ...parameters], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: cacheDirectory },
    });
    this.child.stderr!.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    this.#exit = once(this.child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** The first that it writes to standard output, as JSON. */
  async firstLine(): Promise<unknown> {
    const ended = this.#exit.then(() => {
      throw new Error(`It ended without output: ${this.#stderr}`);
    });
    ended.catch(() => {});
    const [chunk] = (await Promise.race([once(this.child.stdout!, 'data'), ended])) as [Buffer];
    return JSON.parse(chunk.toString());
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** The exit code; throws when a signal has ended it. */
  async exitCode(): Promise<number> {
    const [code, signal] = await this.#exit;
    if (code === null) throw new Error(`Ended by ${signal}`);
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.kill('SIGKILL');
    await this.#exit;
  }
}
