/**
 * Writes the JavaScript of the package in the working directory: one module for each entry point, and one for each part
 * that several of them share or that is imported later. What belongs together when it is written in many small files
 * costs a process about a third of a millisecond a file to find, read and link: the nine hundred files of a node took
 * half of its start.
 *
 * Other packages stay imports, so that each is there once, whoever uses it. The types beside it are written by `tsc`.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';

/** What the transformation of `using` needs is no package of the user's: it becomes part of the module. */
const ofThePackage = /^(?:\.|\/|\0|@oxc-project\/runtime)/;

/** @param {string} folder of the package */
export async function joinModules(folder) {
  const sources = join(folder, 'src');
  const target = join(folder, 'dist');
  const input = entryPoints(folder).map((file) => [relative(sources, file).replace(/\.ts$/, ''), file]);
  removeModules(target);
  const bundle = await rolldown({
    cwd: folder,
    input: Object.fromEntries(input),
    platform: 'node',
    external: (id) => !ofThePackage.test(id),
    // Everything is loaded that would be loaded file by file, for what it does then as well.
    treeshake: false,
    tsconfig: false,
    transform: { target: 'es2024' },
  });
  await bundle.write({
    dir: target,
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name]-[hash].js',
  });
  await bundle.close();
}

/** What users import, by the manifest, and what the command of the package runs. */
function entryPoints(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const patterns = Object.values(exports).flatMap((target) => target['@millrace/source'] ?? []);
  const program = join(folder, 'src/main.ts');
  const files = patterns.flatMap((pattern) => matches(folder, pattern));
  return existsSync(program) ? [...files, program] : files;
}

function matches(folder, pattern) {
  const [before, after] = pattern.split('*');
  if (after === undefined) return [join(folder, pattern)];
  const names = readdirSync(join(folder, before)).filter((name) => name.endsWith(after));
  return names.map((name) => join(folder, before, name));
}

/** Those of an earlier build: the names of shared modules change with what is in them. */
function removeModules(target) {
  if (!existsSync(target)) return;
  for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
    if (/\.js(?:\.map)?$/.test(name)) rmSync(join(target, name));
  }
}

if (import.meta.main) await joinModules(process.cwd());
