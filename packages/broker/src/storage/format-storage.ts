import { join } from 'node:path';
import { makeDurableDirectory, nodeHost, silentLogger, type Host } from '@millrace/host';
import type { MetaProperties } from '@millrace/log';
import {
  INITIAL_SNAPSHOT,
  initialSnapshot,
  MAX_KRAFT_VERSION,
  METADATA_TOPIC,
  snapshotFileName,
  VoterSet,
  type Voter,
} from '@millrace/replication';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { planCluster, type ClusterPlan } from '../config/cluster-plan.ts';
import { planListeners } from '../config/listeners.ts';
import { parseBrokerProperties } from '../config/parse-broker-properties.ts';
import { DataDirectoryError, InvalidConfigurationError } from '../errors.ts';
import { bootstrapRecords } from '../metadata/bootstrap-records.ts';
import { randomUuid } from '../metadata/random-uuid.ts';
import { directoryPaths, formatDirectory, inspectDirectory } from './data-directories.ts';

/** A controller that votes from the beginning. */
export interface InitialController {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  /** 22 characters of URL-safe base64: the `directory.id` that its metadata directory gets, or has. */
  readonly directoryId: string;
}

/**
 * Who votes at first, where `controller.quorum.voters` does not say: this node alone (`standalone`), a list, or
 * somebody who lets it in later (`none`).
 */
export type InitialVoters = 'standalone' | 'none' | readonly InitialController[];

/** For `formatStorage()`. */
export interface FormatStorageOptions {
  /** 22 characters of URL-safe base64, the same on all nodes. */
  readonly clusterId: string;
  /** For controllers without `controller.quorum.voters`. */
  readonly voters?: InitialVoters;
  /** Leaves directories of the same cluster and node alone instead of refusing. Default false. */
  readonly ignoreFormatted?: boolean;
  /** Default: this machine, `nodeHost()`. */
  readonly host?: Host;
}

/** One of `log.dirs`. */
export interface FormattedDirectory {
  readonly path: string;
  readonly directoryId: string;
  /** False where it was formatted already. */
  readonly isNew: boolean;
}

const ID = /^[\w-]{22}$/;

/**
 * Prepares the directories of a node for its first start, as `kafka-storage format` does. What is there already is
 * checked first, so that nothing is written where one directory is refused.
 * @throws InvalidPropertyError, InvalidConfigurationError, DataDirectoryError
 */
export async function formatStorage(
  properties: BrokerProperties,
  options: FormatStorageOptions,
): Promise<FormattedDirectory[]> {
  const { clusterId, voters, ignoreFormatted = false, host = nodeHost() } = options;
  const { config, nodeId } = parseBrokerProperties(properties, silentLogger);
  if (!ID.test(clusterId)) {
    const problem = `is "${clusterId}", but must be 22 characters of URL-safe base64`;
    throw new InvalidConfigurationError('cluster.id', problem);
  }
  const { values } = config;
  checkVoters(voters, planCluster(values, nodeId, planListeners(values)));
  const paths = directoryPaths(values);
  const found = await Promise.all(paths.map((path) => inspectDirectory(host, path)));
  for (const [index, path] of paths.entries()) {
    checkFormatted(path, found[index], { clusterId, nodeId, ignoreFormatted });
  }
  const directories = paths.map((path, index) => ({
    path,
    directoryId:
      found[index]?.directoryId ?? newDirectoryId(host, path, index === 0 ? voters : undefined, nodeId),
    isNew: found[index] === undefined,
  }));
  const [metadataDirectory] = directories;
  const voterSet = votersOf(voters, { nodeId, directoryId: metadataDirectory!.directoryId, config });
  for (const [index, directory] of directories.entries()) {
    if (!directory.isNew) continue;
    if (index === 0 && voterSet !== undefined) await writeVoters(host, directory.path, voterSet);
    const bootstrap = index === 0 ? bootstrapRecords() : undefined;
    await formatDirectory(host, directory.path, {
      clusterId,
      nodeId,
      directoryId: directory.directoryId,
      bootstrap,
    });
  }
  return directories;
}

function checkVoters(
  voters: InitialVoters | undefined,
  { isController, isAlone, voters: fixed }: ClusterPlan,
): void {
  if (voters === undefined) {
    if (!isController || isAlone || fixed.size > 0) return;
    const problem =
      'is empty, so it must be said who votes at first: this node alone, initial controllers, or nobody yet';
    throw new InvalidConfigurationError('controller.quorum.voters', problem);
  }
  if (fixed.size > 0) {
    const problem = 'says who votes; initial voters are for quorums that can change them';
    throw new InvalidConfigurationError('controller.quorum.voters', problem);
  }
  if (!isController) {
    throw new InvalidConfigurationError('process.roles', 'does not name "controller": this node cannot vote');
  }
}

function checkFormatted(
  path: string,
  meta: MetaProperties | undefined,
  wanted: { readonly clusterId: string; readonly nodeId: number; readonly ignoreFormatted: boolean },
): void {
  if (meta === undefined) return;
  if (meta.clusterId !== wanted.clusterId || meta.nodeId !== wanted.nodeId) {
    const problem =
      `belongs to node ${meta.nodeId} of cluster ${meta.clusterId}, not to node ${wanted.nodeId} of cluster ` +
      `${wanted.clusterId}; it is left alone, choose another directory`;
    throw new DataDirectoryError('FOREIGN_DATA_DIRECTORY', path, problem);
  }
  if (wanted.ignoreFormatted) return;
  const problem = 'is formatted already; say to ignore that, or choose another directory';
  throw new DataDirectoryError('FOREIGN_DATA_DIRECTORY', path, problem);
}

/** A controller of the list has told its id before; others get one by chance. */
function newDirectoryId(host: Host, path: string, voters: InitialVoters | undefined, nodeId: number): string {
  const own = Array.isArray(voters)
    ? controllersOf(voters).find((each) => each.nodeId === nodeId)
    : undefined;
  return own?.directoryId ?? randomUuid(host.random.fork(`directory-id ${path}`));
}

function controllersOf(voters: InitialVoters): readonly InitialController[] {
  return typeof voters === 'string' ? [] : voters;
}

function votersOf(
  voters: InitialVoters | undefined,
  self: {
    readonly nodeId: number;
    readonly directoryId: string;
    readonly config: ReturnType<typeof parseBrokerProperties>['config'];
  },
): VoterSet | undefined {
  if (voters === undefined || voters === 'none') return undefined;
  const plan = planListeners(self.config.values);
  const name = plan.controllers[0]?.name ?? 'CONTROLLER';
  if (voters === 'standalone') {
    const endpoints = plan.controllers.map((listener) => plan.advertised.get(listener.name) ?? listener);
    return new VoterSet([voter(self.nodeId, self.directoryId, endpoints)]);
  }
  for (const { nodeId, directoryId } of voters) {
    if (ID.test(directoryId)) continue;
    const problem = `has "${directoryId}" for node ${nodeId}, but must be 22 characters of URL-safe base64`;
    throw new InvalidConfigurationError('directory.id', problem);
  }
  if (!voters.some(({ nodeId }) => nodeId === self.nodeId)) {
    const ids = voters.map(({ nodeId }) => nodeId).join(', ');
    throw new InvalidConfigurationError('node.id', `is ${self.nodeId}, but initial controllers are ${ids}`);
  }
  return new VoterSet(
    voters.map(({ nodeId, directoryId, host, port }) => voter(nodeId, directoryId, [{ name, host, port }])),
  );
}

function voter(id: number, directoryId: string, endpoints: Voter['endpoints']): Voter {
  const plain = endpoints.map(({ name, host, port }) => ({ name, host, port }));
  return { id, directoryId, endpoints: plain, minKraftVersion: 0, maxKraftVersion: MAX_KRAFT_VERSION };
}

async function writeVoters(host: Host, path: string, voters: VoterSet): Promise<void> {
  const directory = join(path, `${METADATA_TOPIC}-0`);
  await makeDurableDirectory(host.disk, directory);
  const content = initialSnapshot(voters, host.clock.nowMs());
  await host.disk.writeFile(join(directory, snapshotFileName(INITIAL_SNAPSHOT)), content, { sync: true });
  await host.disk.syncDirectory(directory);
}
