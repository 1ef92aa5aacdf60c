import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const repositoryRoot = resolve(import.meta.dirname, '../../..');

export interface Publishable {
  readonly name: string;
  readonly folder: string;
  /** What users import: the package's name plus each public subpath, patterns resolved to one real module. */
  readonly entryPoints: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
}

/** Every workspace package that is not private. */
export function publishablePackages(): Publishable[] {
  return ['packages', 'plugins'].flatMap((group) =>
    list(join(repositoryRoot, group)).flatMap((entry) => {
      const folder = join(repositoryRoot, group, entry);
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
      return manifest.private === true
        ? []
        : [{ name: manifest.name, folder, entryPoints: entryPoints(manifest, folder) }];
    }),
  );
}

function entryPoints(manifest: Manifest, folder: string): string[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
    if (subpath === './package.json' || target === null) return [];
    const name = subpath === '.' ? manifest.name : `${manifest.name}/${subpath.slice(2)}`;
    return name.includes('*') ? [name.replace('*', firstMatch(target, folder))] : [name];
  });
}

/** The first module that a pattern such as `./dist/generated/messages/*.js` reaches. */
function firstMatch(target: unknown, folder: string): string {
  const pattern = (target as { default: string }).default;
  const [before = '', after = ''] = pattern.split('*');
  const match = list(join(folder, before)).find((file) => file.endsWith(after));
  if (match === undefined) throw new Error(`${pattern} in ${folder} matches nothing; was the package built?`);
  return match.slice(0, -after.length);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
