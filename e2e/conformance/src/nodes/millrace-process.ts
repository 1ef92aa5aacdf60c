/** The `millrace` command from the sources, so that a suite sees what the checkout says and not what was built last. */
import { runCli } from '@millrace/cli';
import { nodeHost } from '@millrace/host';

const ending = new AbortController();
process.once('SIGTERM', () => ending.abort());
process.once('SIGINT', () => ending.abort());
const { stdin, stdout, stderr, env } = process;
process.exitCode = await runCli(
  process.argv.slice(2),
  { stdin, stdout, stderr, env, signal: ending.signal },
  nodeHost(),
);
