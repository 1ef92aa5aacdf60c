import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startBroker } from '@millrace/testing';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

test('the README prints what it says it prints', { timeout: 60_000 }, async () => {
  await using broker = await startBroker();
  const readme = readFileSync(`${folder}/README.md`, 'utf8');
  const [, example = ''] = /^```ts\n([^]*?)^```/m.exec(readme) ?? [];
  const expected = [...example.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
  const code = example.replaceAll('127.0.0.1:9092', broker.bootstrapServers);
  const args = ['--conditions=@millrace/source', '--input-type=module-typescript', '--eval', code];
  const { stdout } = await run(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(stdout.trimEnd().split('\n')).toEqual(expected);
});
