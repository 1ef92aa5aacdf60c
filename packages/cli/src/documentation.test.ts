import { Broker } from '@millrace/broker';
import { memoryHost, nodeHost, type Host } from '@millrace/host';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProgram } from './program.ts';
import { runCommand } from './testing/run-command.ts';

const root = resolve(import.meta.dirname, '../../..');
/** Other programs, and a node that would not end; `cli.test.ts` starts one. */
const notOurs = /^(npm|kcat|millrace start)\b/;

let host: Host;
let broker: Broker;

beforeEach(async () => {
  host = memoryHost();
  broker = await Broker.start({ listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': '/data' }, { host });
});

afterEach(() => broker.close());

/** The commands of a page's `sh` blocks, in order: a reader runs them one after the other, so does this test. */
async function commandsOf(page: string): Promise<string[]> {
  const text = (await nodeHost().disk.readFile(resolve(root, page))).toString();
  return [...text.matchAll(/^```sh\n([^]*?)^```/gm)]
    .flatMap(([, block]) => block!.trim().split('\n'))
    .filter((line) => !notOurs.test(line));
}

function parametersOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
}

async function run(line: string): Promise<{ exitCode: number; stderr: string }> {
  const [, stdin, command] = /^(?:printf '(.*)' \| )?millrace (.*)$/.exec(line) ?? [];
  if (command === undefined) throw new Error(`This test cannot run: ${line}`);
  const parameters = parametersOf(command);
  const server = `${broker.address.host}:${broker.address.port}`;
  return await runCommand([...parameters, '--bootstrap-server', server], {
    host,
    ...(stdin === undefined ? {} : { stdin: stdin.replaceAll('\\n', '\n') }),
  });
}

describe('documented commands work', () => {
  test.each(['packages/cli/README.md', 'docs/tutorials/first-stream.md'])('%s', async (page) => {
    const commands = await commandsOf(page);
    expect(commands.length).toBeGreaterThan(4);
    for (const line of commands) expect(await run(line), line).toMatchObject({ exitCode: 0 });
  });
});

/** Pages for users, of all packages. */
async function pages(): Promise<string[]> {
  const { disk } = nodeHost();
  const namesIn = async (folder: string) =>
    (await disk.list(resolve(root, folder))).map(({ name }) => `${folder}/${name}`);
  const folders = ['docs/tutorials', 'docs/how-to', 'docs/concepts'];
  const docs = (await Promise.all(folders.map(namesIn))).flat().filter((name) => name.endsWith('.md'));
  const readmes = (await namesIn('packages')).map((folder) => `${folder}/README.md`);
  return ['README.md', 'CONTRIBUTING.md', ...docs, ...readmes];
}

/** Takes a command line apart and does nothing else. @throws CommanderError for what there is not */
async function parse(command: string): Promise<void> {
  const stdin = Readable.from([]);
  const [stdout, stderr] = [new PassThrough().resume(), new PassThrough().resume()];
  const terminal = { stdin, stdout, stderr, env: {}, signal: new AbortController().signal };
  const program = createProgram({ terminal, host });
  const quieten = (each: Command): void => {
    each.exitOverride().configureOutput({ writeOut() {}, writeErr() {} });
    if (each.commands.length === 0) each.action(() => {});
    each.commands.forEach(quieten);
  };
  quieten(program);
  await program.parseAsync(parametersOf(command), { from: 'user' });
}

test('every command in a document is one that there is, with options that there are', async () => {
  const wrong: string[] = [];
  let count = 0;
  for (const page of await pages()) {
    const text = (await nodeHost().disk.readFile(resolve(root, page))).toString();
    const blocks = [...text.matchAll(/^```(?:sh|console)\n([^]*?)^```/gm)].map(([, block]) => block!);
    const lines = blocks.flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'));
    for (const line of lines) {
      const command = /^(?:\$ |.*\| )?millrace ([^|#]*)/.exec(line)?.[1];
      if (command === undefined) continue;
      count++;
      await parse(command).catch((error: unknown) => wrong.push(`${page}: ${line}: ${String(error)}`));
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(40);
});
