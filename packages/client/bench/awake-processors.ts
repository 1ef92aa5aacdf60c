import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The class of processes that run where no other one wants to. */
const asIdle = ['--idle', '0'];

/**
 * Keeps every processor busy until it is disposed of, by a process each that gives way to any other. On many virtual
 * machines an idle processor is put to sleep and takes milliseconds to come back, which drowns latencies below 10 ms.
 *
 * They are ended when this is disposed of, and end by themselves when this process is gone, however it went: by Ctrl-C, an
 * error or a kill. They stay in its session: Linux shares processors out between sessions first (`/proc/self/autogroup`),
 * and in one of their own they would take as much as all that is measured. As they give way within their session alone, the
 * broker is to be started from the same terminal.
 *
 * Where there is no `chrt`, it says so and does nothing.
 */
export function keepProcessorsAwake(): Disposable {
  const spinners = new DisposableStack();
  const reason = unavailable();
  if (reason !== undefined) {
    process.stderr.write(`skipped: keeping processors awake; ${reason}\n`);
    return spinners;
  }
  const main = fileURLToPath(new URL('./spinner-main.ts', import.meta.url));
  for (let count = availableParallelism(); count > 0; count--) {
    // `chrt` becomes the spinner, so it is a child of this process, and its signals are the spinner's.
    const command = [...asIdle, process.execPath, main, String(process.pid)];
    const spinner = spawn('chrt', command, { stdio: 'ignore', detached: false });
    spinner.unref();
    spinners.defer(() => void spinner.kill('SIGKILL'));
  }
  return spinners;
}

function unavailable(): string | undefined {
  const { error, stderr, status } = spawnSync('chrt', [...asIdle, 'true'], { encoding: 'utf8' });
  if (error !== undefined) return `there is no chrt, which Linux has in util-linux (${error.message})`;
  return status === 0 ? undefined : stderr.trim();
}
