import { ErrorCode, KafkaError } from '@millrace/protocol';
import {
  AllocateProducerIdsRequest,
  AllocateProducerIdsResponse,
} from '@millrace/protocol/messages/allocate-producer-ids';
import { peerApi } from '@millrace/replication';
import type { ControllerChannel } from '../cluster/controller-channel.ts';
import type { ProducerIdBlock } from './allocate-producer-ids.ts';

const ALLOCATE_PRODUCER_IDS = peerApi(AllocateProducerIdsRequest, AllocateProducerIdsResponse);

/** How long a client that needs a producer id waits for the active controller. */
const TIMEOUT_MS = 20_000;

/**
 * Has the active controller give this broker a block of producer ids. One whose answer is lost is spent.
 * @throws KafkaError
 */
export async function allocateBlock(
  channel: ControllerChannel,
  broker: { readonly brokerId: number; readonly brokerEpoch: number },
): Promise<ProducerIdBlock> {
  const answer = await channel.send(ALLOCATE_PRODUCER_IDS, broker, { timeoutMs: TIMEOUT_MS });
  const { errorCode, producerIdStart, producerIdLen } = answer;
  if (errorCode !== ErrorCode.NONE) throw KafkaError.fromCode(errorCode);
  return { firstId: producerIdStart, count: producerIdLen };
}
