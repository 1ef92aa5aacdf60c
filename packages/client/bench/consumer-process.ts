import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type * as consumers from './consumers.ts';

/** A topic, and what is in it. */
export interface ConsumerLoad {
  readonly topic: string;
  readonly count: number;
  readonly valueBytes: number;
}

export interface Measured {
  readonly recordsPerSec: number;
  readonly cpuSecondsPerGb: number;
}

/** A consumer that can be measured again and again. */
export interface ConsumerProcess extends AsyncDisposable {
  readonly name: string;
  measure(load: ConsumerLoad): Promise<Measured>;
}

/**
 * A consumer in a process of its own. In one process they would pay for each other: how often the engine collects, and
 * whether it marks everything for it, goes by how large a heap has become and by what is outside of it, whoever made it so.
 */
export async function startConsumerProcess(
  consumer: Exclude<keyof typeof consumers, 'MeasuredConsumer'>,
  bootstrapServers: string,
): Promise<ConsumerProcess> {
  const child = fork(
    fileURLToPath(new URL('./consumer-main.ts', import.meta.url)),
    [consumer, bootstrapServers],
    {
      execArgv: ['--conditions=@millrace/source'],
      stdio: 'inherit',
    },
  );
  const answer = async <Answer>(): Promise<Answer> => {
    const ended = new AbortController();
    const onExit = () => ended.abort(new Error(`the consumer ${consumer} ended`));
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
