import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const pages = ['README.md', '../../docs/how-to/watch-a-node.md'];
const examples = pages.flatMap((page) => {
  const text = readFileSync(`${folder}/${page}`, 'utf8');
  return [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map((match) => [page, match[1] ?? ''] as const);
});

/** An example shows what it prints behind each `console.log`. */
test.each(examples)('%s prints what it says it prints (%#)', (_page, code) => {
  const expected = [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
  const args = ['--conditions=@millrace/source', '--input-type=module-typescript', '--eval', code];
  const printed = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(expected.length).toBeGreaterThan(0);
  expect(printed.trimEnd().split('\n')).toEqual(expected);
});
