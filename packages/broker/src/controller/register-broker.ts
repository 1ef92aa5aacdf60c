import {
  BrokerRegistrationChangeRecord,
  PartitionChangeRecord,
  RegisterBrokerRecord,
} from '@millrace/protocol/messages/metadata-records';
import type { SecuredAddress } from '../config/listeners.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { ownEndpoints, ownFeatures } from '../metadata/registration-fields.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';

/** What a node says of itself when it joins. */
export interface BrokerRegistration {
  /** New for each start of the process. */
  readonly incarnationId: string;
  readonly endpoints: readonly SecuredAddress[];
  readonly rack: string | null;
  readonly directoryIds: readonly string[];
}

/** Values of the `fenced` field of a BrokerRegistrationChange. */
const UNFENCE = -1;

/**
 * Registers this node, fenced, and lets it in: on a single node nothing has to catch up in between. Its broker epoch is
 * the offset of the first record.
 */
export function registerBroker(
  { nodeId, nextOffset }: ControllerState,
  { incarnationId, endpoints, rack, directoryIds }: BrokerRegistration,
): ControllerResult<void> {
  const registration = RegisterBrokerRecord.create({
    brokerId: nodeId,
    incarnationId,
    brokerEpoch: nextOffset,
    endPoints: ownEndpoints(endpoints),
    features: ownFeatures(),
    rack,
    fenced: true,
    logDirs: [...directoryIds],
  });
  const unfencing = BrokerRegistrationChangeRecord.create({
    brokerId: nodeId,
    brokerEpoch: nextOffset,
    fenced: UNFENCE,
  });
  return {
    records: [
      { type: 'RegisterBroker', data: registration },
      { type: 'BrokerRegistrationChange', data: unfencing },
    ],
    response: undefined,
  };
}

/**
 * Elects this node anew for every partition it has a replica of, in a new leader epoch.
 *
 * 1. A consumer reads offset 7 of epoch 0. 2. The machine dies before the page cache was written. 3. After the restart
 * the log ends at 5, and new records get the offsets 5 to 9.
 *
 * Under the same epoch the consumer would go on at 8 and never see that its 7 was replaced; with a new one its next
 * fetch finds that epoch 0 ended at 5 (KIP-320).
 */
export function electAfterRestart({ image, nodeId }: ControllerState): MetadataRecord[] {
  const records: MetadataRecord[] = [];
  for (const topic of image.topics.byId.values()) {
    for (const { index, inSyncReplicas } of topic.partitions) {
      if (!inSyncReplicas.includes(nodeId)) continue;
      const data = PartitionChangeRecord.create({ partitionId: index, topicId: topic.id, leader: nodeId });
      records.push({ type: 'PartitionChange', data });
    }
  }
  return records;
}
