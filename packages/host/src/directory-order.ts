import type { DirectoryEntry } from './disk.ts';

/** The order of `Disk.list`: by UTF-16 code units, the same on every machine and locale. */
export function byName(left: DirectoryEntry, right: DirectoryEntry): number {
  if (left.name === right.name) return 0;
  return left.name < right.name ? -1 : 1;
}
