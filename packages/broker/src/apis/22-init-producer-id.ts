import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import { InitProducerIdRequest, InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import { accessRefused, isAllowed, mayWriteSomeTopic, requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

const NONE = -1;
const FIRST_WITH_PRODUCER_FENCED = 4;

export const initProducerId = defineHandler({
  key: ApiKey.INIT_PRODUCER_ID,
  minVersion: 0,
  // 6 is not final in Kafka either, and is not advertised there.
  maxVersion: 5,
  request: InitProducerIdRequest,
  response: InitProducerIdResponse,

  authorize({ transactionalId }, context) {
    if (transactionalId !== null) requireAllowed(context, 'WRITE', 'TRANSACTIONAL_ID', transactionalId);
    else if (!isAllowed(context, 'IDEMPOTENT_WRITE', 'CLUSTER') && !mayWriteSomeTopic(context)) {
      throw accessRefused('CLUSTER');
    }
  },

  validate({ transactionalId, producerId, producerEpoch }) {
    if (transactionalId === '') throw new KafkaError('INVALID_REQUEST', 'The transactional id is empty');
    if ((producerId === NONE) !== (producerEpoch === NONE)) {
      throw new KafkaError('INVALID_REQUEST', 'Producer id and epoch go together');
    }
  },

  async handle(request, { broker, version }) {
    const { transactionalId, producerId, producerEpoch, transactionTimeoutMs: timeoutMs } = request;
    if (transactionalId === null) {
      // Without transactions it just gets the next id; its old one, if any, is left to expire.
      const newProducerId = await broker.producerIds.next();
      return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, producerId: newProducerId, producerEpoch: 0 };
    }
    checkTimeout(timeoutMs, broker.config['transaction.max.timeout.ms']);
    const expected = producerId === NONE ? undefined : { producerId, producerEpoch };
    const call = { api: 'init', transactionalId, timeoutMs, expected } as const;
    const reply = await broker.transactions.callWithProducerId(call);
    const isUnknown = reply.errorCode === ErrorCode.PRODUCER_FENCED && version < FIRST_WITH_PRODUCER_FENCED;
    return {
      throttleTimeMs: 0,
      errorCode: isUnknown ? ErrorCode.INVALID_PRODUCER_EPOCH : reply.errorCode,
      producerId: reply.producerId,
      producerEpoch: reply.producerEpoch,
    };
  },

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, producerId: NONE, producerEpoch: NONE }),
});

function checkTimeout(timeoutMs: number, maxMs: number): void {
  if (timeoutMs > 0 && timeoutMs <= maxMs) return;
  throw new KafkaError(
    'INVALID_TRANSACTION_TIMEOUT',
    `A transaction timeout of ${timeoutMs} ms is not between 1 and transaction.max.timeout.ms, ${maxMs}`,
  );
}
