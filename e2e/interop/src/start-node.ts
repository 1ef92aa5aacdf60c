import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const executable = resolve(import.meta.dirname, '../../../packages/cli/bin/millrace.mjs');

export interface RunningNode extends AsyncDisposable {
  readonly bootstrapServers: string;
}

/** A node as a user starts it: the built command in a process of its own, on a free port, with a temporary folder. */
export async function startNode(properties: Readonly<Record<string, string>> = {}): Promise<RunningNode> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'millrace-interop-'));
  const parameters = ['start', '--listen', '127.0.0.1:0', '--data-dir', dataDirectory, '--output', 'json'];
  const all = Object.entries({ 'message.max.bytes': '4000000', ...properties });
  const settings = all.flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const child = spawn(process.execPath, [executable, ...parameters, ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((settle) => child.once('close', () => settle()));
  const line = await Promise.race([firstLine(child.stdout), ended.then(() => undefined)]);
  if (line === undefined) throw new Error('The node ended before it was ready');
  return {
    bootstrapServers: (JSON.parse(line) as { listen: string }).listen,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: stream })) return line;
  return undefined;
}
