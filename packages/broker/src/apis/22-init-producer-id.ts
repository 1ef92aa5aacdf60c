import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import { InitProducerIdRequest, InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import { defineHandler } from './handler.ts';

const NONE = -1;

export const initProducerId = defineHandler({
  key: ApiKey.INIT_PRODUCER_ID,
  minVersion: 0,
  // 6 is not final in Kafka either, and is not advertised there.
  maxVersion: 5,
  request: InitProducerIdRequest,
  response: InitProducerIdResponse,

  validate({ transactionalId, producerId, producerEpoch }) {
    if (transactionalId === '') throw new KafkaError('INVALID_REQUEST', 'The transactional id is empty');
    if ((producerId === NONE) !== (producerEpoch === NONE)) {
      throw new KafkaError('INVALID_REQUEST', 'Producer id and epoch go together');
    }
    if (transactionalId !== null) {
      throw new KafkaError('UNSUPPORTED_VERSION', 'Transactions are not supported by this version');
    }
  },

  /** An idempotent producer without transactions just gets the next id; its old one, if any, is left to expire. */
  async handle(_request, { broker }) {
    const producerId = await broker.producerIds.next();
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, producerId, producerEpoch: 0 };
  },

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, producerId: NONE, producerEpoch: NONE }),
});
