import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${folder}/README.md`, 'utf8');
const moduleComment = readFileSync(`${folder}/src/index.ts`, 'utf8').replaceAll(/^ \* ?/gm, '');
const examples = [readme, moduleComment].flatMap((text) =>
  [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map((match) => match[1] ?? ''),
);

/** An example shows what it prints behind each `console.log`. */
test.each(examples)('an example of the README or the index prints what it says it prints (%#)', (code) => {
  const expected = [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
  const args = ['--conditions=@millrace/source', '--input-type=module-typescript', '--eval', code];
  const printed = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(expected.length).toBeGreaterThan(0);
  expect(printed.trimEnd().split('\n')).toEqual(expected);
});
