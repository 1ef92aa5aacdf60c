import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A client that can be measured again and again. */
export interface MeasuredProcess<Load, Measured> extends AsyncDisposable {
  readonly name: string;
  measure(load: Load): Promise<Measured>;
}

/**
 * A client in a process of its own. In one process they would pay for each other: how often the engine collects, and
 * whether it marks everything for it, goes by how large a heap has become and by what is outside of it, whoever made it so;
 * and what one has left behind is collected in the turn of another. Flags of `node` that this process was started with are
 * those of the client as well.
 *
 * @param main A module of this folder that calls `serveMeasures`, with the arguments that it gets
 */
export async function startMeasuredProcess<Load extends object, Measured>(
  main: string,
  ...args: readonly string[]
): Promise<MeasuredProcess<Load, Measured>> {
  const child = fork(fileURLToPath(new URL(main, import.meta.url)), args, { stdio: 'inherit' });
  const answer = async <Answer>(): Promise<Answer> => {
    const ended = new AbortController();
    const onExit = () => ended.abort(new Error(`${main} ${args.join(' ')} ended`));
    child.once('exit', onExit);
    try {
      const [message] = (await once(child, 'message', { signal: ended.signal })) as [Answer];
      return message;
    } finally {
      child.off('exit', onExit);
    }
  };
  return {
    name: await answer<string>(),
    measure(load) {
      child.send(load);
      return answer<Measured>();
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
    },
  };
}

/** The other side: says its name, and measures each load that it is sent. */
export function serveMeasures(name: string, measure: (load: never) => Promise<unknown>): void {
  process.on('message', (message) => {
    if (message === 'stop') process.exit();
    void measure(message as never).then((measured) => process.send!(measured));
  });
  process.send!(name);
}
