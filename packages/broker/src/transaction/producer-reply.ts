import { ErrorCode } from '@millrace/protocol';
import type { ProducerReply } from './transaction-calls.ts';
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID } from './transaction-metadata.ts';

/** The answer to a call about a producer that was refused. */
export function producerError(errorCode: number): ProducerReply {
  return { errorCode, producerId: NO_PRODUCER_ID, producerEpoch: NO_PRODUCER_EPOCH };
}

/** The machine has no producer ids of its own: whoever made the call gets one and calls again. */
export function needProducerId(): ProducerReply {
  return { ...producerError(ErrorCode.NONE), needsProducerId: true };
}
