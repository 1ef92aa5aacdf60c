import { nodeHost } from '@millrace/host';
import { CliError } from './cli-error.ts';
import { ExitCode } from './exit-codes.ts';
import { CleanStop, runCli } from './run-cli.ts';

/** The process around `runCli`: standard streams, signals, exit code. */
export async function main(): Promise<void> {
  const stop = new AbortController();
  let signals = 0;
  const onSignal = (reason: CliError) => {
    signals++;
    // The first asks, the second insists.
    if (signals > 1) process.exit(ExitCode.INTERRUPTED);
    stop.abort(reason);
  };
  process.on('SIGINT', () => onSignal(new CliError('interrupted', { exitCode: ExitCode.INTERRUPTED })));
  process.on('SIGTERM', () => onSignal(new CleanStop()));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `millrace consume | head`: the reader has seen enough.
    if (error.code === 'EPIPE') stop.abort(new CleanStop());
    else throw error;
  });
  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await runCli(
    process.argv.slice(2),
    { stdin, stdout, stderr, env, signal: stop.signal },
    nodeHost(),
  );
  // A command that reads standard input would otherwise wait for its end.
  stdin.unref?.();
}
