import { join } from 'node:path';
import type { Disk } from '@millrace/host';
import { ConfigRecord, FeatureLevelRecord } from '@millrace/protocol/messages/metadata-records';
import { ConfigResourceType } from './cluster-image.ts';
import {
  ELR_VERSION,
  ELR_VERSION_FEATURE,
  GROUP_VERSION,
  GROUP_VERSION_FEATURE,
  METADATA_VERSION,
  METADATA_VERSION_FEATURE,
  SHARE_VERSION,
  SHARE_VERSION_FEATURE,
  STREAMS_VERSION,
  STREAMS_VERSION_FEATURE,
  TRANSACTION_VERSION,
  TRANSACTION_VERSION_FEATURE,
} from './features.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { BOOTSTRAP_CHECKPOINT, decodeSnapshot } from './snapshot-file.ts';

/** What a new cluster begins with: the features that Kafka's tool turns on at this metadata.version, in its order. */
export function bootstrapRecords(): readonly MetadataRecord[] {
  return [
    featureLevel(METADATA_VERSION_FEATURE, METADATA_VERSION),
    featureLevel(ELR_VERSION_FEATURE, ELR_VERSION),
    featureLevel(GROUP_VERSION_FEATURE, GROUP_VERSION),
    featureLevel(SHARE_VERSION_FEATURE, SHARE_VERSION),
    featureLevel(STREAMS_VERSION_FEATURE, STREAMS_VERSION),
    featureLevel(TRANSACTION_VERSION_FEATURE, TRANSACTION_VERSION),
  ];
}

/**
 * The first records of a cluster. Eligible replicas need a `min.insync.replicas` of the cluster, which is that of the
 * controller that writes them.
 */
export function firstRecords(
  bootstrap: readonly MetadataRecord[],
  minInSyncReplicas: number,
): readonly MetadataRecord[] {
  const hasElr = bootstrap.some(
    ({ type, data }) => type === 'FeatureLevel' && data.name === ELR_VERSION_FEATURE && data.featureLevel > 0,
  );
  if (!hasElr) return bootstrap;
  const data = ConfigRecord.create({
    resourceType: ConfigResourceType.BROKER,
    resourceName: '',
    name: 'min.insync.replicas',
    value: String(minInSyncReplicas),
  });
  return [...bootstrap, { type: 'Config', data }];
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
