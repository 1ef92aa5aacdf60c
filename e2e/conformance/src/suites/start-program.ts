import { spawn } from 'node:child_process';

const PATIENCE_MS = 120_000;

/** A program that goes on until it is told to end. */
export interface StartedProgram extends AsyncDisposable {
  /** Resolves once it has printed a text. @throws Error when it ends before, or prints it nowhere in two minutes */
  printed(text: string): Promise<void>;
  /** Ends it without a word to it. */
  kill(): Promise<void>;
}

export function startProgram(command: string, parameters: readonly string[]): StartedProgram {
  const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let hasEnded = false;
  const watchers = new Set<() => void>();
  const look = () => {
    for (const watcher of watchers) watcher();
  };
  const take = (chunk: Buffer) => {
    output += chunk.toString();
    look();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      hasEnded = true;
      look();
      resolve();
    });
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    printed: (text) =>
      new Promise((resolve, reject) => {
        const fail = (problem: string) => {
          settle();
          reject(new Error(`${command} ${problem} "${text}": ${output.trim().slice(-1500)}`));
        };
        const timer = setTimeout(() => fail('does not print'), PATIENCE_MS);
        const settle = () => {
          clearTimeout(timer);
          watchers.delete(watcher);
        };
        const watcher = () => {
          if (output.includes(text)) {
            settle();
            resolve();
          } else if (hasEnded) fail('ended before it printed');
        };
        watchers.add(watcher);
        watcher();
      }),
    kill,
    [Symbol.asyncDispose]: kill,
  };
}
