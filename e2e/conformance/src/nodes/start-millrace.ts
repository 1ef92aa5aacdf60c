import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunningNode } from './node.ts';

const program = join(import.meta.dirname, 'millrace-process.ts');

/** `millrace start --config FILE` of these sources in a process of its own. */
export async function startMillrace(
  properties: Readonly<Record<string, string>>,
  port: number,
): Promise<RunningNode> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-'));
  const [config, dataDirectory] = [join(folder, 'server.properties'), join(folder, 'data')];
  const defaults = { 'group.initial.rebalance.delay.ms': '0', 'log.dirs': dataDirectory };
  const lines = Object.entries({ ...defaults, ...properties }).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(config, lines.join(''));
  const flags = ['--conditions=@millrace/source', '--disable-warning=ExperimentalWarning'];
  const child = spawn(
    process.execPath,
    [...flags, program, 'start', '--config', config, '--output', 'json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<undefined>((settle) => child.once('close', () => settle(undefined)));
  const line = await Promise.race([firstLine(child.stdout), ended]);
  if (line === undefined)
    throw new Error(`The node ended before it was ready; its properties are in ${config}`);
  return {
    against: 'millrace',
    bootstrapServers: `127.0.0.1:${port}`,
    dataDirectory,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: stream })) return line;
  return undefined;
}
