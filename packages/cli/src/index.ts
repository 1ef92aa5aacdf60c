/**
 * The `millrace` command as a function, for tests and for programs that embed it.
 *
 * ```ts
 * import { nodeHost } from '@millrace/host';
 * import { runCli } from '@millrace/cli';
 *
 * const { stdin, stdout, stderr, env } = process;
 * const signal = new AbortController().signal;
 * const exitCode = await runCli(['--version'], { stdin, stdout, stderr, env, signal }, nodeHost());
 * console.log(exitCode); // 0
 * ```
 *
 * @packageDocumentation
 */
export { ExitCode } from './exit-codes.ts';
export { runCli } from './run-cli.ts';
export type { Terminal } from './terminal.ts';
