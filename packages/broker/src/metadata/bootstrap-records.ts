import { join } from 'node:path';
import type { Disk } from '@millrace/host';
import { FeatureLevelRecord } from '@millrace/protocol/messages/metadata-records';
import {
  GROUP_VERSION,
  GROUP_VERSION_FEATURE,
  METADATA_VERSION,
  SHARE_VERSION,
  SHARE_VERSION_FEATURE,
  TRANSACTION_VERSION,
  TRANSACTION_VERSION_FEATURE,
} from './features.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { BOOTSTRAP_CHECKPOINT, decodeSnapshot } from './snapshot-file.ts';

/** What a new cluster begins with. */
export function bootstrapRecords(): readonly MetadataRecord[] {
  return [
    featureLevel('metadata.version', METADATA_VERSION),
    featureLevel(TRANSACTION_VERSION_FEATURE, TRANSACTION_VERSION),
    featureLevel(GROUP_VERSION_FEATURE, GROUP_VERSION),
    featureLevel(SHARE_VERSION_FEATURE, SHARE_VERSION),
  ];
}

function featureLevel(name: string, level: number): MetadataRecord {
  return { type: 'FeatureLevel', data: FeatureLevelRecord.create({ name, featureLevel: level }) };
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
