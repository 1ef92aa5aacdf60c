import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startTestBroker, TestRegistry } from './server/testing/test-registry.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const pages = [
  'README.md',
  '../../docs/how-to/use-json-schema.md',
  '../../docs/how-to/use-protobuf.md',
  '../../docs/how-to/evolve-a-schema.md',
];
const run = promisify(execFile);

test.each(pages)('%s prints what it says it prints', { timeout: 120_000 }, async (page) => {
  const text = readFileSync(`${folder}/${page}`, 'utf8');
  const examples = [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map((match) => match[1] ?? '');
  await using broker = await startTestBroker();
  await using registry = await TestRegistry.start({
    'kafkastore.bootstrap.servers': broker.bootstrapServers,
  });
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) {
    const expected = [...example.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
    const code = example
      .replaceAll('127.0.0.1:9092', broker.bootstrapServers)
      .replaceAll('http://127.0.0.1:8081', registry.url);
    const args = ['--conditions=@millrace/source', '--input-type=module-typescript', '--eval', code];
    const { stdout } = await run(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(stdout.trimEnd().split('\n')).toEqual(expected);
  }
});
