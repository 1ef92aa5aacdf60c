import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { protocolErrors } from '../src/errors.ts';
import { emitErrorPage } from './emit-error-page.ts';
import { generateSources } from './generate-sources.ts';

const packageFolder = join(import.meta.dirname, '..');
const target = join(packageFolder, 'src/generated');
const sources = generateSources(join(packageFolder, 'definitions'));

test('the committed code is what the definitions generate; if not, run "npm run generate -w packages/protocol"', () => {
  for (const [path, text] of sources) expect(readFileSync(join(target, path), 'utf8'), path).toBe(text);
});

test('no generated file is left over from a definition that is gone', () => {
  const present = readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  expect(present.map((path) => path.replaceAll('\\', '/')).toSorted()).toEqual(
    [...sources.keys()].toSorted(),
  );
});

test('the reference page of errors is what the tables say; if not, run "npm run generate -w packages/protocol"', () => {
  const errorsText = readFileSync(join(packageFolder, 'definitions/errors.def'), 'utf8');
  const page = readFileSync(join(packageFolder, '../../docs/reference/protocol-errors.md'), 'utf8');
  expect(page).toBe(emitErrorPage(Object.values(protocolErrors), errorsText));
});
