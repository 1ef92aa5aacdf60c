import { memoryHost } from '@millrace/host';
import { expect, test } from 'vitest';
import { runCommand, type CommandResult } from '../testing/run-command.ts';

/** Runs a command that goes on, until `use` is done with the line of JSON that it prints when it is ready. */
async function whileRunning(
  parameters: readonly string[],
  use: (ready: Readonly<Record<string, string>>) => Promise<void>,
): Promise<CommandResult> {
  const stop = new AbortController();
  const ready = Promise.withResolvers<Readonly<Record<string, string>>>();
  const running = runCommand([...parameters, '--output', 'json'], {
    host: memoryHost(),
    signal: stop.signal,
    onOutput: (text) => text.includes('\n') && ready.resolve(JSON.parse(text) as Record<string, string>),
  });
  try {
    await Promise.race([ready.promise.then(use), running]);
  } finally {
    stop.abort();
  }
  return running;
}

async function register(url: string): Promise<unknown> {
  const response = await fetch(`${url}/subjects/orders-value/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ schema: '"string"' }),
  });
  return response.json();
}

const node = ['start', '--listen', '127.0.0.1:0', '--data-dir', '/data'];

test('a node starts with a schema registry beside it, and stops both', async () => {
  let url = '';
  const beside = ['--with', 'schema-registry', '--schema-registry-listen', '127.0.0.1:0'];
  const result = await whileRunning([...node, ...beside], async (ready) => {
    url = ready['schemaRegistry']!;
    expect(await register(url)).toMatchObject({ id: 1, version: 1 });
  });
  expect(result).toMatchObject({ exitCode: 130 });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('a schema registry starts by itself on a cluster, with properties of its own', async () => {
  await whileRunning(node, async ({ listen }) => {
    const own = ['--bootstrap-server', listen!, '--listen', '127.0.0.1:0'];
    const command = ['schema-registry', 'start', ...own, '--set', 'schema.compatibility.level=FULL'];
    const result = await whileRunning(command, async ({ url }) => {
      expect(await (await fetch(`${url}/config`)).json()).toEqual({ compatibilityLevel: 'FULL' });
    });
    expect(result).toMatchObject({ exitCode: 130 });
  });
});

test('a service that does not exist is refused before anything starts', async () => {
  const result = await runCommand([...node, '--with', 'coffee'], { host: memoryHost() });
  expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('schema-registry') });
});
