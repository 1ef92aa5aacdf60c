import { basename, dirname, join, resolve } from 'node:path';
import type { Disk } from '@millrace/host';
import { parsePartitionDirectoryName } from '../files/partition-directory-name.ts';
import { META_PROPERTIES } from '../files/meta-properties.ts';
import { NoLogDirectoryError } from '../errors.ts';

export interface ListedPartition {
  /** `<topic>-<partition>`. */
  readonly name: string;
  readonly topic: string;
  readonly partition: number;
  readonly path: string;
  /** Of its `.log` files. */
  readonly logBytes: number;
}

export interface LogDirectoryListing {
  /** Of the log directory, also where one partition of it was asked for. */
  readonly path: string;
  /** The directory as a whole, not one partition of it. */
  readonly isWhole: boolean;
  readonly partitions: readonly ListedPartition[];
  /** Directories that are no live partition. */
  readonly strangers: readonly { readonly name: string; readonly problem: string }[];
}

const problems = {
  delete: 'the partition was deleted; the next start removes it',
  future: 'a copy of a partition on its way between directories',
  stray: 'a partition that was not assigned to this node',
} as const;

/** What a log directory holds. The path of a partition directory is taken for that partition alone. */
export async function listLogDirectory(disk: Disk, path: string): Promise<LogDirectoryListing> {
  const root = resolve(path);
  const status = await disk.stat(root);
  if (status?.isDirectory !== true) {
    throw new NoLogDirectoryError(root, status === undefined ? 'it does not exist' : 'it is a file');
  }
  const entries = await disk.list(root);
  const isPartition =
    parsePartitionDirectoryName(basename(root)) !== undefined &&
    entries.some(({ name, isDirectory }) => !isDirectory && name.endsWith('.log'));
  if (isPartition) {
    const partition = await listPartition(disk, root);
    return { path: dirname(root), isWhole: false, partitions: [partition], strangers: [] };
  }
  const directories = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  const live = directories.filter((name) => parsePartitionDirectoryName(name)?.state === 'live');
  if (live.length === 0 && !entries.some(({ name }) => name === META_PROPERTIES))
    throw new NoLogDirectoryError(root, 'it has neither partitions nor a meta.properties');
  const partitions: ListedPartition[] = [];
  for (const name of live) partitions.push(await listPartition(disk, join(root, name)));
  const strangers = directories.flatMap((name) => {
    const state = parsePartitionDirectoryName(name)?.state;
    if (state === 'live' || name === 'lost+found') return [];
    return [{ name, problem: state === undefined ? 'its name is not that of a partition' : problems[state] }];
  });
  return { path: root, isWhole: true, partitions, strangers };
}

async function listPartition(disk: Disk, path: string): Promise<ListedPartition> {
  const name = basename(path);
  const { topic, partition } = parsePartitionDirectoryName(name)!;
  let logBytes = 0;
  for (const entry of await disk.list(path)) {
    if (!entry.name.endsWith('.log')) continue;
    logBytes += (await disk.stat(join(path, entry.name)))?.sizeBytes ?? 0;
  }
  return { name, topic, partition, path, logBytes };
}
