import { ProducerIdsRecord } from '@millrace/protocol/messages/metadata-records';
import type { ControllerResult, ControllerState } from './controller-operation.ts';

/** Ids that one broker takes at a time, as in Kafka. */
export const PRODUCER_ID_BLOCK_SIZE = 1000;

/** Producer ids from `firstId` on, `count` of them, that are nobody else's. */
export interface ProducerIdBlock {
  readonly firstId: number;
  readonly count: number;
}

/** Takes the next block. It is spent even if the broker dies before it used any. */
export function allocateProducerIds({ image, nodeId }: ControllerState): ControllerResult<ProducerIdBlock> {
  const firstId = image.nextProducerId;
  const data = ProducerIdsRecord.create({
    brokerId: nodeId,
    brokerEpoch: image.brokers.get(nodeId)?.epoch ?? -1,
    nextProducerId: firstId + PRODUCER_ID_BLOCK_SIZE,
  });
  return { records: [{ type: 'ProducerIds', data }], response: { firstId, count: PRODUCER_ID_BLOCK_SIZE } };
}
