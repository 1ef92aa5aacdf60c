import { ClearElrRecord, PartitionChangeRecord } from '@millrace/protocol/messages/metadata-records';
import type { TopicImage } from '../metadata/cluster-image.ts';
import { isElrEnabled } from '../metadata/features.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { ControllerState } from './controller-operation.ts';

export const MIN_IN_SYNC_REPLICAS = 'min.insync.replicas';

/**
 * With another `min.insync.replicas`, or without the feature, nobody can say any more who is eligible: a leader may move
 * the high watermark with fewer replicas than before, past those that are out of sync.
 *
 * Where nobody is in sync there is no leader that could, and those who were eligible, or led last, are all there is to
 * elect. `ClearElr` would leave such a partition without a leader until somebody asks for an unclean election, so the
 * same batch puts them back.
 *
 * @param names of topics, '' for all
 */
export function forgetEligible({ image }: ControllerState, names: readonly string[]): MetadataRecord[] {
  if (!isElrEnabled(image)) return [];
  const isAll = names.includes('');
  const cleared = (isAll ? [''] : names).map((topicName): MetadataRecord => {
    return { type: 'ClearElr', data: ClearElrRecord.create({ topicName }) };
  });
  const { byName } = image.topics;
  const topics = isAll ? [...byName.values()] : names.map((name) => byName.get(name)!);
  return [...cleared, ...topics.flatMap(putBack)];
}

function putBack({ id, partitions }: TopicImage): MetadataRecord[] {
  return partitions
    .filter(({ inSyncReplicas, eligibleLeaderReplicas, lastKnownElr }) => {
      return inSyncReplicas.length === 0 && eligibleLeaderReplicas.length + lastKnownElr.length > 0;
    })
    .map(({ index, eligibleLeaderReplicas, lastKnownElr }) => {
      const data = PartitionChangeRecord.create({
        topicId: id,
        partitionId: index,
        eligibleLeaderReplicas: [...eligibleLeaderReplicas],
        lastKnownElr: [...lastKnownElr],
      });
      return { type: 'PartitionChange', data };
    });
}
