import { FeatureLevelRecord } from '@millrace/protocol/messages/metadata-records';
import { METADATA_VERSION } from './features.ts';
import type { MetadataRecord } from './metadata-record.ts';

/** What a new cluster begins with. */
export function bootstrapRecords(): readonly MetadataRecord[] {
  return [
    {
      type: 'FeatureLevel',
      data: FeatureLevelRecord.create({ name: 'metadata.version', featureLevel: METADATA_VERSION }),
    },
  ];
}
