import { ProducerIdsRecord } from '@millrace/protocol/messages/metadata-records';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { requireBrokerEpoch } from './require-broker-epoch.ts';

/** Ids that one broker takes at a time, as in Kafka. */
export const PRODUCER_ID_BLOCK_SIZE = 1000;

/** Producer ids from `firstId` on, `count` of them, that are nobody else's. */
export interface ProducerIdBlock {
  readonly firstId: number;
  readonly count: number;
}

/** Takes the next block for this node. It is spent even if the node dies before it used any. */
export function allocateProducerIds(state: ControllerState): ControllerResult<ProducerIdBlock> {
  const { image, nodeId } = state;
  return nextBlock(image, nodeId, image.brokers.get(nodeId)?.epoch ?? -1);
}

/** Takes the next block for a broker. @throws KafkaError STALE_BROKER_EPOCH */
export function allocateProducerIdsFor(
  { image }: ControllerState,
  brokerId: number,
  brokerEpoch: number,
): ControllerResult<ProducerIdBlock> {
  requireBrokerEpoch(image, brokerId, brokerEpoch);
  return nextBlock(image, brokerId, brokerEpoch);
}

function nextBlock(
  image: ClusterImage,
  brokerId: number,
  brokerEpoch: number,
): ControllerResult<ProducerIdBlock> {
  const firstId = image.nextProducerId;
  const nextProducerId = firstId + PRODUCER_ID_BLOCK_SIZE;
  const data = ProducerIdsRecord.create({ brokerId, brokerEpoch, nextProducerId });
  return { records: [{ type: 'ProducerIds', data }], response: { firstId, count: PRODUCER_ID_BLOCK_SIZE } };
}
