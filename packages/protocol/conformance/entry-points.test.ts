import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const sourceFolder = join(import.meta.dirname, '../src');

test('importing the package loads no message, so that a program pays for those it uses', () => {
  const loaded = loadedBy(join(sourceFolder, 'index.ts'));
  expect(loaded).toContain('wire/wire-reader.ts');
  expect(loaded.filter((path) => path.startsWith('generated/messages/'))).toEqual([]);
});

test('a message loads the wire code and nothing else', () => {
  const loaded = loadedBy(join(sourceFolder, 'generated/messages/fetch.ts'));
  const others = loaded.filter((path) => !path.startsWith('wire/') && path !== 'generated/messages/fetch.ts');
  expect(others.toSorted()).toEqual(['errors.ts', 'errors/millrace-error.ts']);
});

/** The modules that are loaded with a file, itself included; imports of types alone load nothing. */
function loadedBy(file: string, seen: Set<string> = new Set()): string[] {
  const path = relative(sourceFolder, file).replaceAll('\\', '/');
  if (seen.has(path)) return [];
  seen.add(path);
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^']*from '(\.[^']+)';/gm);
  for (const match of imports) loadedBy(join(dirname(file), match[1] as string), seen);
  return [...seen];
}
