import { join } from 'node:path';
import type { Disk } from '@millrace/host';
import { FeatureLevelRecord } from '@millrace/protocol/messages/metadata-records';
import { METADATA_VERSION } from './features.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { BOOTSTRAP_CHECKPOINT, decodeSnapshot } from './snapshot-file.ts';

/** What a new cluster begins with. */
export function bootstrapRecords(): readonly MetadataRecord[] {
  return [
    {
      type: 'FeatureLevel',
      data: FeatureLevelRecord.create({ name: 'metadata.version', featureLevel: METADATA_VERSION }),
    },
  ];
}

/** What formatting left in the metadata directory for the first start, ours or that of Kafka's tool. */
export async function readBootstrapRecords(
  disk: Disk,
  directory: string,
): Promise<readonly MetadataRecord[]> {
  const path = join(directory, BOOTSTRAP_CHECKPOINT);
  if ((await disk.stat(path)) === undefined) return bootstrapRecords();
  return decodeSnapshot(await disk.readFile(path), path);
}
