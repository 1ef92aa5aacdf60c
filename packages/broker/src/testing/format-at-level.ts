import { makeDurableDirectory, type Host } from '@millrace/host';
import { FeatureLevelRecord } from '@millrace/protocol/messages/metadata-records';
import { bootstrapRecords } from '../metadata/bootstrap-records.ts';
import { formatDirectory } from '../storage/data-directories.ts';
import { CLUSTER_ID } from './three-nodes.ts';

/** Formats the directories of node 1, the first of them for the metadata, for a cluster that begins at an older level. */
export async function formatAtLevel(host: Host, level: number, paths: readonly string[]): Promise<void> {
  const [, ...others] = bootstrapRecords();
  const data = FeatureLevelRecord.create({ name: 'metadata.version', featureLevel: level });
  for (const [index, path] of paths.entries()) {
    await makeDurableDirectory(host.disk, path);
    await formatDirectory(host, path, {
      clusterId: CLUSTER_ID,
      nodeId: 1,
      directoryId: Buffer.alloc(16, path).toString('base64url'),
      bootstrap: index === 0 ? [{ type: 'FeatureLevel', data }, ...others] : undefined,
    });
  }
}
