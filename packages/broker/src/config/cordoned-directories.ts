import { resolve } from 'node:path';
import type { BrokerPropertyValues } from './broker-properties.ts';

/** The property that names directories which take no new replicas (KIP-1066). */
export const CORDONED_LOG_DIRS = 'cordoned.log.dirs';

/** In the place of the names of directories. */
const ALL = '*';

/** The directories as the configuration names them. */
export function configuredLogDirs(config: BrokerPropertyValues): readonly string[] {
  return config['log.dirs'].length > 0 ? config['log.dirs'] : [config['log.dir']];
}

/** Whether a directory takes no new replicas. What it holds stays and is served. @param path absolute */
export function isCordoned(config: BrokerPropertyValues, path: string): boolean {
  const cordoned = config[CORDONED_LOG_DIRS];
  return cordoned.includes(ALL) || cordoned.some((directory) => resolve(directory) === path);
}

/** The directories in a value that a client sends, empty ones included. */
export function cordonedIn(value: string): string[] {
  return value.trim() === '' ? [] : value.split(',').map((directory) => directory.trim());
}

/** Why a node cannot take those for its cordoned directories, in the words of Apache Kafka. */
export function cordonedProblem(
  cordoned: readonly string[],
  config: BrokerPropertyValues,
): string | undefined {
  if (cordoned.includes('')) return `Configuration '${CORDONED_LOG_DIRS}' values must not be empty.`;
  if (cordoned.includes(ALL)) {
    return cordoned.length === 1
      ? undefined
      : `When ${CORDONED_LOG_DIRS} is set to ${ALL}, it must not contain other values`;
  }
  const known = configuredLogDirs(config);
  const missing = cordoned.filter((directory) => !known.includes(directory));
  return missing.length === 0
    ? undefined
    : `All entries in ${CORDONED_LOG_DIRS} must be present in log.dirs or log.dir. Missing entries : ${missing.join(', ')}`;
}
