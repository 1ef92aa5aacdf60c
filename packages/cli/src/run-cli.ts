import type { Host } from '@millrace/host';
import { CommanderError, type Command } from 'commander';
import { CliError } from './cli-error.ts';
import { describeError } from './describe-error.ts';
import { ExitCode } from './exit-codes.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command line to its end.
 * @param parameters Without node and script, for example `['topic', 'list']`.
 * @returns The exit code; nothing is thrown and the process is not ended.
 */
export async function runCli(
  parameters: readonly string[],
  terminal: Terminal,
  host: Host,
): Promise<ExitCode> {
  const program = createProgram({ terminal, host });
  configure(program, terminal);
  try {
    await program.parseAsync([...parameters], { from: 'user' });
    return terminal.signal.aborted ? interruptedCode(terminal) : ExitCode.OK;
  } catch (error) {
    return report(error, terminal);
  }
}

function configure(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.stdout.write(text),
    writeErr: (text) => terminal.stderr.write(text),
  });
  for (const child of command.commands) configure(child, terminal);
}

function report(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.OK : ExitCode.USAGE;
  if (terminal.signal.aborted && isAbort(error, terminal.signal)) return interruptedCode(terminal);
  const { message, hint, exitCode } = describeError(error);
  terminal.stderr.write(`error: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
  return exitCode;
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}

/** A command that ends because it was asked to, such as `start` on SIGTERM, says so by a `CleanStop` reason. */
function interruptedCode(terminal: Terminal): ExitCode {
  return terminal.signal.reason instanceof CleanStop ? ExitCode.OK : ExitCode.INTERRUPTED;
}

/** The abort reason of SIGTERM: stopping is the expected end of a long-running command. */
export class CleanStop extends CliError {
  constructor() {
    super('stopped');
  }
}
