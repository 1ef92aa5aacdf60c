import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface BrokerProcess extends AsyncDisposable {
  readonly bootstrapServers: string;
}

/** A broker in a process of its own, its disk in memory, so that its work does not count as the client's. */
export async function startBrokerProcess(): Promise<BrokerProcess> {
  const child = fork(fileURLToPath(new URL('./broker-main.ts', import.meta.url)), {
    execArgv: ['--conditions=@millrace/source'],
    stdio: 'inherit',
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(message as number));
    child.once('exit', (code) => reject(new Error(`the broker ended with code ${code}`)));
  });
  return {
    bootstrapServers: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.send('stop');
  await ended;
}
