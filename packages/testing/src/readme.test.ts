import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const pages = [
  'README.md',
  '../../docs/how-to/test-against-a-broker.md',
  '../../docs/how-to/test-against-a-cluster.md',
  '../../docs/how-to/run-a-schema-registry.md',
];

function examplesOf(page: string): string[] {
  const text = readFileSync(`${folder}/${page}`, 'utf8');
  return [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map((match) => match[1] ?? '');
}

/** An example shows what it prints behind each `console.log`. */
describe.each(pages)('%s', (page) => {
  test.each(examplesOf(page))('prints what it says it prints (%#)', { timeout: 60_000 }, (code) => {
    const expected = [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
    const args = ['--conditions=@millrace/source', '--input-type=module-typescript', '--eval', code];
    const printed = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(expected.length).toBeGreaterThan(0);
    expect(printed.trimEnd().split('\n')).toEqual(expected);
  });
});
