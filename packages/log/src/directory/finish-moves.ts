import { join } from 'node:path';
import type { Host, Logger } from '@millrace/host';
import { DuplicatePartitionError } from '../errors.ts';
import { parsePartitionDirectoryName, partitionDirectoryName } from '../files/partition-directory-name.ts';

/** A partition directory with what its name says. */
interface Found {
  readonly logDir: string;
  readonly directoryName: string;
  /** `<topic>-<partition>` */
  readonly name: string;
  /** What a partition that was put away and its copy have in common; empty for a live one. */
  readonly number: string;
}

/**
 * Finishes moves between log directories that a crash interrupted after the partition was put away: its copy takes the
 * final name. See `PartitionMoves`.
 * @returns partitions that are in more than one directory, with the error that whoever wants them gets
 */
export async function finishMoves(
  { host, logger }: { readonly host: Pick<Host, 'disk'>; readonly logger: Logger },
  logDirs: readonly string[],
): Promise<ReadonlyMap<string, Error>> {
  const found = (await Promise.all(logDirs.map((logDir) => listPartitions(host, logDir)))).flat();
  const live = new Map<string, string[]>();
  for (const { name, logDir } of found.filter(({ directoryName }) => stateOf(directoryName) === 'live'))
    live.set(name, [...(live.get(name) ?? []), logDir]);
  const putAway = new Set(
    found.filter(({ directoryName }) => stateOf(directoryName) === 'delete').map(({ number }) => number),
  );
  for (const { logDir, directoryName, name, number } of found) {
    if (stateOf(directoryName) !== 'future' || live.has(name) || !putAway.has(number)) continue;
    await host.disk.rename(join(logDir, directoryName), join(logDir, name));
    await host.disk.syncDirectory(logDir);
    live.set(name, [logDir]);
    logger.info('Move of a partition between log directories is finished', { log: name, directory: logDir });
  }
  const duplicates = [...live].filter(([, directories]) => directories.length > 1);
  return new Map(
    duplicates.map(([name, directories]) => [name, new DuplicatePartitionError(name, directories)]),
  );
}

async function listPartitions({ disk }: Pick<Host, 'disk'>, logDir: string): Promise<Found[]> {
  const entries = await disk.list(logDir);
  return entries.flatMap(({ name: directoryName, isDirectory }) => {
    const parsed = isDirectory ? parsePartitionDirectoryName(directoryName) : undefined;
    if (parsed === undefined) return [];
    const name = partitionDirectoryName(parsed.topic, parsed.partition);
    const number = parsed.state === 'live' ? '' : directoryName.slice(0, -parsed.state.length);
    return [{ logDir, directoryName, name, number }];
  });
}

function stateOf(directoryName: string): string | undefined {
  return parsePartitionDirectoryName(directoryName)?.state;
}
