import { readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompareScript } from './script.ts';

const folder = resolve(import.meta.dirname, '../scripts');

/** The scripts whose name contains one of the words, or all of them without a word; in order of their names. */
export async function findScripts(words: readonly string[]): Promise<CompareScript[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.script.ts'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  const scripts = await Promise.all(files.toSorted().map(load));
  return scripts;
}

async function load(file: string): Promise<CompareScript> {
  const { script } = (await import(pathToFileURL(resolve(folder, file)).href)) as { script: CompareScript };
  if (script.name !== basename(file, '.script.ts')) {
    throw new Error(`${file} calls itself "${script.name}"`);
  }
  return script;
}
