import { Broker } from '@millrace/broker';
import { memoryHost, nodeHost, type Host } from '@millrace/host';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

async function run(line: string): Promise<{ exitCode: number; stderr: string }> {
  const [, stdin, command] = /^(?:printf '(.*)' \| )?millrace (.*)$/.exec(line) ?? [];
  if (command === undefined) throw new Error(`This test cannot run: ${line}`);
  const parameters = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
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
