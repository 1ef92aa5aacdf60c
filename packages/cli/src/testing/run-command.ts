import type { Host } from '@millrace/host';
import { PassThrough, Readable } from 'node:stream';
import type { ExitCode } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';

export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly host: Host;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Called with everything written to standard output so far. */
  readonly onOutput?: (stdout: string) => void;
}

/** Runs one command line in this process, with streams in memory. */
export async function runCommand(parameters: readonly string[], options: RunOptions): Promise<CommandResult> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => {
    written.stdout += chunk.toString();
    options.onOutput?.(written.stdout);
  });
  stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()));
  const terminal = {
    stdin: Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
    stdout,
    stderr,
    env: options.env ?? {},
    signal: options.signal ?? new AbortController().signal,
  };
  const exitCode = await runCli(parameters, terminal, options.host);
  return { exitCode, ...written };
}
