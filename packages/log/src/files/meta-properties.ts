import { join } from 'node:path';
import { parsePropertiesFile } from '@millrace/config';
import { replaceFile, type Disk } from '@millrace/host';
import { CorruptFileError } from '../errors.ts';
import { readOptionalFile } from './read-optional-file.ts';

/** Name of the file that says whose a log directory is. */
export const META_PROPERTIES = 'meta.properties';

/** The identity of a log directory. */
export interface MetaProperties {
  readonly clusterId: string;
  readonly nodeId: number;
  /** A UUID of 22 characters, unique per directory. */
  readonly directoryId: string;
}

/** The content of `meta.properties`, as Apache Kafka writes it. */
export function formatMetaProperties(meta: MetaProperties): string {
  return [
    '#',
    `cluster.id=${meta.clusterId}`,
    `directory.id=${meta.directoryId}`,
    `node.id=${meta.nodeId}`,
    'version=1',
    '',
  ].join('\n');
}

/** @throws CorruptFileError */
export function parseMetaProperties(text: string, path: string): MetaProperties {
  const properties = parsePropertiesFile(text, path);
  if (properties['version'] !== '1') {
    throw new CorruptFileError(path, 0, `version "${properties['version'] ?? ''}" is not 1`);
  }
  const clusterId = required(properties, 'cluster.id', path);
  const nodeId = Number(required(properties, 'node.id', path));
  if (!Number.isInteger(nodeId) || nodeId < 0)
    throw new CorruptFileError(path, 0, 'node.id is not a whole number');
  return { clusterId, nodeId, directoryId: required(properties, 'directory.id', path) };
}

function required(properties: Readonly<Record<string, string>>, name: string, path: string): string {
  const value = properties[name];
  if (value === undefined || value === '') throw new CorruptFileError(path, 0, `${name} is missing`);
  return value;
}

/** `undefined` where the directory was never formatted. @throws CorruptFileError */
export async function readMetaProperties(disk: Disk, logDir: string): Promise<MetaProperties | undefined> {
  const path = join(logDir, META_PROPERTIES);
  const content = await readOptionalFile(disk, path);
  return content === undefined ? undefined : parseMetaProperties(content.toString('utf8'), path);
}

/** Replaces the file as a whole: after a power loss it is the old one or the new one. */
export async function writeMetaProperties(disk: Disk, logDir: string, meta: MetaProperties): Promise<void> {
  await replaceFile(disk, join(logDir, META_PROPERTIES), formatMetaProperties(meta));
}
