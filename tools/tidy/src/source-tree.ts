import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SourceFile } from './finding.ts';

export const repositoryRoot = resolve(import.meta.dirname, '../../..');

const textFile =
  /\.(ts|mts|mjs|js|json|md|yml|yaml|txt|sh|py|properties)$|(^|\/)(\.gitignore|\.npmrc|run|LICENSE)$/;

/** Every path that git tracks or would track. */
export function trackedPaths(): string[] {
  const out = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(out.split('\0'))].filter((path) => path !== '' && exists(path)).toSorted();
}

export function readSourceTree(): SourceFile[] {
  return trackedPaths()
    .filter((path) => textFile.test(path))
    .map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }));
}

export function sizeBytes(path: string): number {
  return statSync(join(repositoryRoot, path)).size;
}

function exists(path: string): boolean {
  return statSync(join(repositoryRoot, path), { throwIfNoEntry: false })?.isFile() ?? false;
}
