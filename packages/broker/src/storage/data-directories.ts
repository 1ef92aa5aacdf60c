import { dirname, join, resolve } from 'node:path';
import { makeDurableDirectory, type DiskLock, type Host } from '@millrace/host';
import {
  lockDirectory,
  META_PROPERTIES,
  parsePartitionDirectoryName,
  readMetaProperties,
  writeMetaProperties,
  type MetaProperties,
} from '@millrace/log';
import { METADATA_TOPIC } from '@millrace/replication';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import { configuredLogDirs } from '../config/cordoned-directories.ts';
import { brokerErrors, DataDirectoryError, InvalidConfigurationError } from '../errors.ts';
import { bootstrapRecords } from '../metadata/bootstrap-records.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { randomUuid } from '../metadata/random-uuid.ts';
import { BOOTSTRAP_CHECKPOINT, encodeSnapshot } from '../metadata/snapshot-file.ts';

/** The directories of this node, formatted, with the one identity they share. */
export interface DataDirectories {
  /** Absolute; the first one holds the metadata log. Those that can be used. */
  readonly paths: readonly string[];
  /** The first one, where it is for the metadata log alone: `metadata.log.dir` that is none of `log.dirs`. */
  readonly metadataPath: string | undefined;
  /** By path, why the disk does not let this node use them. What is in them is offline until a start finds them well. */
  readonly unusable: ReadonlyMap<string, DataDirectoryError>;
  readonly clusterId: string;
  /** By path, for whoever opens the logs. */
  readonly locks: ReadonlyMap<string, DiskLock>;
}

/** The directory of the metadata log in its data directory. */
const METADATA_PARTITION = `${METADATA_TOPIC}-0`;

/** Entries that do not make a directory "in use": made by file systems, and by a start that got no further. */
const harmlessEntries: ReadonlySet<string> = new Set([
  '.lock',
  'lost+found',
  BOOTSTRAP_CHECKPOINT,
  `${META_PROPERTIES}.tmp`,
]);

/**
 * Locks the directories, checks whose they are, and formats empty ones. On data that exists nothing is written, and in a
 * directory that holds something else not even the lock. As in Kafka a node starts without those that its disks refuse,
 * but not without the one that holds the metadata log.
 * @param isAlone A node of a cluster of several does not make up a cluster id.
 * @throws DataDirectoryError, InvalidConfigurationError; DirectoryLockedError of @millrace/log
 */
export async function prepareDataDirectories(
  host: Host,
  config: BrokerPropertyValues,
  nodeId: number,
  isAlone = true,
): Promise<DataDirectories> {
  const all = directoryPaths(config);
  const metadataPath = separateMetadataPath(config);
  const usable = new UsableDirectories(all);
  const seen = await usable.each((path) => inspectDirectory(host, path));
  const locks = new Map<string, DiskLock>();
  try {
    await usable.each(async (path) => void locks.set(path, await lock(host, path)));
    // What was empty a moment ago, before the lock was taken, may be formatted by now.
    const inspected = await usable.each(
      async (path) => seen.get(path) ?? (await inspectDirectory(host, path)),
    );
    const inspectedPaths = usable.paths;
    const found = inspectedPaths.map((path) => inspected.get(path));
    if (!isAlone && config['cluster.id'] === '' && found.every((meta) => meta === undefined)) {
      throw new DataDirectoryError(
        'UNFORMATTED_DATA',
        inspectedPaths[0]!,
        'is empty, and a node of a cluster of several must be told which one it is: format it with ' +
          '"millrace storage format --cluster-id", or set "cluster.id"',
      );
    }
    const clusterId = agreeOnCluster(host, config, inspectedPaths, found);
    for (const [index, path] of inspectedPaths.entries()) checkNode(path, found[index], nodeId);
    await usable.each((path) => {
      if (path !== all[0]) return refuseMetadataLog(host, path, all[0]!);
      return path === metadataPath ? refusePartitions(host, path) : Promise.resolve();
    });
    await usable.each(async (path) => {
      if (inspected.get(path) !== undefined) return;
      await formatDirectory(host, path, {
        clusterId,
        nodeId,
        directoryId: randomUuid(host.random.fork(`directory-id ${path}`)),
        bootstrap: path === all[0] ? bootstrapRecords() : undefined,
      });
    });
    for (const path of usable.failures.keys()) await releaseQuietly(locks, path);
    return { paths: usable.paths, metadataPath, unusable: usable.failures, clusterId, locks };
  } catch (error) {
    for (const each of locks.values()) await each.release();
    throw error;
  }
}

/** Directories that come through one step after the other, until their disk refuses one. */
class UsableDirectories {
  readonly failures = new Map<string, DataDirectoryError>();
  readonly #all: readonly string[];

  /** @param all the first one holds the metadata log, and must come through */
  constructor(all: readonly string[]) {
    this.#all = all;
  }

  get paths(): readonly string[] {
    return this.#all.filter((path) => !this.failures.has(path));
  }

  /** @throws what is no error of the disk, or one of the first directory */
  async each<Result>(step: (path: string) => Promise<Result>): Promise<ReadonlyMap<string, Result>> {
    const results = new Map<string, Result>();
    for (const path of this.paths) {
      try {
        results.set(path, await step(path));
      } catch (error) {
        const isOfDisk =
          error instanceof DataDirectoryError && error.code === brokerErrors.DATA_DIRECTORY_UNUSABLE.code;
        if (!isOfDisk || path === this.#all[0]) throw error;
        this.failures.set(path, error);
      }
    }
    return results;
  }
}

/** Of a directory whose disk fails; nobody else can use it either. */
async function releaseQuietly(locks: Map<string, DiskLock>, path: string): Promise<void> {
  const taken = locks.get(path);
  locks.delete(path);
  try {
    await taken?.release();
  } catch {
    // The process ends with what it holds.
  }
}

async function lock(host: Host, path: string): Promise<DiskLock> {
  try {
    return await lockDirectory(host.disk, path);
  } catch (error) {
    throw asDirectoryError(path, error);
  }
}

function checkNode(path: string, meta: MetaProperties | undefined, nodeId: number): void {
  if (meta === undefined || meta.nodeId === nodeId) return;
  throw new DataDirectoryError(
    'FOREIGN_DATA_DIRECTORY',
    path,
    `belongs to node ${meta.nodeId}, but "node.id" is ${nodeId}; correct it or choose another directory`,
  );
}

/** Absolute; the first one holds the metadata log. */
export function directoryPaths(config: BrokerPropertyValues): string[] {
  const metadataDir = config['metadata.log.dir'];
  return [
    ...new Set(
      [...(metadataDir === '' ? [] : [metadataDir]), ...configuredLogDirs(config)].map((path) =>
        resolve(path),
      ),
    ),
  ];
}

/** The directory of the metadata log, if no partition of a topic may be in it. */
function separateMetadataPath(config: BrokerPropertyValues): string | undefined {
  const [first] = directoryPaths(config);
  return configuredLogDirs(config).some((path) => resolve(path) === first) ? undefined : first;
}

/** As Kafka does: it is not where it should be. @throws InvalidConfigurationError, DataDirectoryError */
async function refuseMetadataLog(host: Host, path: string, metadataDirectory: string): Promise<void> {
  const entries = await listDirectory(host, path);
  if (!entries.some(({ name }) => name === METADATA_PARTITION)) return;
  throw new InvalidConfigurationError(
    'metadata.log.dir',
    `is ${metadataDirectory}, but the metadata log is in ${path}; name that one, or move ${METADATA_PARTITION}`,
  );
}

/**
 * Kafka leaves alone what it finds beside the metadata log, and makes those partitions anew in another directory: empty.
 * @throws InvalidConfigurationError, DataDirectoryError
 */
async function refusePartitions(host: Host, path: string): Promise<void> {
  const entries = await listDirectory(host, path);
  const partition = entries.find(
    ({ name, isDirectory }) => isDirectory && name !== METADATA_PARTITION && isLivePartition(name),
  );
  if (partition === undefined) return;
  throw new InvalidConfigurationError(
    'metadata.log.dir',
    `is ${path}, which is not among "log.dirs" but holds partition ${partition.name}; add it to "log.dirs"`,
  );
}

async function listDirectory(host: Host, path: string) {
  try {
    return await host.disk.list(path);
  } catch (error) {
    throw asDirectoryError(path, error);
  }
}

function isLivePartition(name: string): boolean {
  return parsePartitionDirectoryName(name)?.state === 'live';
}

/** Whose directory it is, made if need be; `undefined` for an empty one. @throws DataDirectoryError */
export async function inspectDirectory(host: Host, path: string): Promise<MetaProperties | undefined> {
  try {
    await makeDurableDirectory(host.disk, path);
    const meta = await readMetaProperties(host.disk, path);
    if (meta !== undefined) return meta;
    const entries = await host.disk.list(path);
    const foreign = entries.find(({ name }) => !harmlessEntries.has(name));
    if (foreign === undefined) return undefined;
    throw new DataDirectoryError(
      'UNFORMATTED_DATA',
      path,
      `has no meta.properties, but holds "${foreign.name}"; it is left alone, choose an empty directory in "log.dirs"`,
    );
  } catch (error) {
    throw asDirectoryError(path, error);
  }
}

function agreeOnCluster(
  host: Host,
  config: BrokerPropertyValues,
  paths: readonly string[],
  found: readonly (MetaProperties | undefined)[],
): string {
  const wanted = config['cluster.id'];
  // Leniently, as Java decodes it: the last character may have bits that no byte holds.
  if (wanted !== '' && !/^[\w-]{22}$/.test(wanted)) {
    throw new InvalidConfigurationError(
      'cluster.id',
      `is "${wanted}", but must be 22 characters of URL-safe base64`,
    );
  }
  const first = found.find((meta) => meta !== undefined)?.clusterId;
  const clusterId = wanted === '' ? (first ?? randomUuid(host.random.fork('cluster-id'))) : wanted;
  for (const [index, meta] of found.entries()) {
    if (meta === undefined || meta.clusterId === clusterId) continue;
    const other = wanted === '' ? 'that of other directories' : 'the one in "cluster.id"';
    throw new DataDirectoryError(
      'FOREIGN_DATA_DIRECTORY',
      paths[index]!,
      `belongs to cluster ${meta.clusterId}, which is not ${other} (${clusterId}); choose another directory`,
    );
  }
  return clusterId;
}

/** Who a directory belongs to, and what its cluster begins with. */
export interface DirectoryIdentity {
  readonly clusterId: string;
  readonly nodeId: number;
  readonly directoryId: string;
  /** For the metadata directory alone. */
  readonly bootstrap: readonly MetadataRecord[] | undefined;
}

/** Makes an empty directory one of a node. @throws DataDirectoryError */
export async function formatDirectory(
  host: Host,
  path: string,
  { clusterId, nodeId, directoryId, bootstrap }: DirectoryIdentity,
): Promise<void> {
  try {
    if (bootstrap !== undefined) {
      const content = encodeSnapshot(bootstrap, host.clock.nowMs());
      await host.disk.writeFile(join(path, BOOTSTRAP_CHECKPOINT), content, { sync: true });
    }
    // An earlier start may have been killed between making the directory and this.
    await host.disk.syncDirectory(dirname(path));
    // Last: a directory with meta.properties is a formatted one.
    await writeMetaProperties(host.disk, path, { clusterId, nodeId, directoryId });
  } catch (error) {
    throw asDirectoryError(path, error);
  }
}

function asDirectoryError(path: string, error: unknown): unknown {
  const isFromDisk = typeof (error as { syscall?: unknown }).syscall === 'string';
  return isFromDisk ? DataDirectoryError.fromDisk(path, error) : error;
}
