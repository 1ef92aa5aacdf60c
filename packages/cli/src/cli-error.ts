import { ExitCode } from './exit-codes.ts';

/** Ends the command with a message for a person and a code for a script. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  /** What to do next, printed on a line of its own. */
  readonly hint: string | undefined;

  constructor(message: string, options: { exitCode?: ExitCode; hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CliError';
    this.exitCode = options.exitCode ?? ExitCode.FAILED;
    this.hint = options.hint;
  }

  static usage(message: string, hint?: string): CliError {
    return new CliError(message, { exitCode: ExitCode.USAGE, ...(hint === undefined ? {} : { hint }) });
  }
}
