import { createInterface } from 'node:readline/promises';
import { CliError } from './cli-error.ts';
import { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks before something is lost. Where nobody can answer, it must have been answered by an option.
 * @throws CliError REFUSED
 */
export async function confirm(terminal: Terminal, question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (terminal.stdin.isTTY !== true) {
    throw new CliError(`${question} Nobody is there to ask.`, {
      exitCode: ExitCode.REFUSED,
      hint: 'Say --yes to go ahead.',
    });
  }
  const reader = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    const answer = await reader.question(`${question} [y/N] `, { signal: terminal.signal });
    if (!/^y(es)?$/i.test(answer.trim()))
      throw new CliError('Nothing was changed', { exitCode: ExitCode.REFUSED });
  } finally {
    reader.close();
  }
}
