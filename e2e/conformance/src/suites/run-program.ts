import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Default: a minute. */
  readonly timeoutMs?: number;
  /** Ends the program in order, once what it printed has this text in it. */
  readonly untilOutput?: string;
}

export interface ProgramResult {
  readonly status: number | null;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

/** Runs a program to its end; the status tells how it was. @throws Error when it cannot be started */
export function runProgram(
  command: string,
  parameters: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: 'pipe',
      timeout: options.timeoutMs ?? 60_000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (options.untilOutput !== undefined && output.includes(options.untilOutput)) child.kill('SIGTERM');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}
