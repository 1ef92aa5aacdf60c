import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startBroker } from './testing/start-broker.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/** What a page says of a line is what it prints; lines without a word about them may print anything. */
function expectedLines(example: string): string[] {
  return [...example.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1] ?? '');
}

test.each([
  'use-typed-topics',
  'process-records-concurrently',
  'retry-and-dead-letters',
  'migrate-from-kafkajs',
  'queues-with-share-groups',
])('the examples of %s print what they say they print', { timeout: 60_000 }, async (page) => {
  const text = readFileSync(`${folder}/../../docs/how-to/${page}.md`, 'utf8');
  const examples = [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map((match) => match[1] ?? '');
  expect(examples.length).toBeGreaterThan(0);
  await using broker = await startBroker({ 'group.initial.rebalance.delay.ms': '0' });
  for (const example of examples) {
    const code = example.replaceAll('127.0.0.1:9092', broker.bootstrapServers);
    const args = ['--conditions=@millrace/source', '--input-type=module-typescript', '--eval', code];
    const { stdout } = await run(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    const expected = expectedLines(example);
    expect(expected.length).toBeGreaterThan(0);
    expect(stdout.trimEnd().split('\n')).toEqual(expect.arrayContaining(expected));
  }
});
