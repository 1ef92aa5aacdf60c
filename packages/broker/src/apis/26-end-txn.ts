import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import { EndTxnRequest, EndTxnResponse } from '@millrace/protocol/messages/end-txn';
import { EPOCH_BUMP_VERSION } from '../transaction/transaction-metadata.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

const FIRST_WITH_PRODUCER_FENCED = 2;
const FIRST_WITH_EPOCH_BUMP = 5;

export const endTxn = defineHandler({
  key: ApiKey.END_TXN,
  minVersion: 0,
  maxVersion: 5,
  request: EndTxnRequest,
  response: EndTxnResponse,

  authorize: ({ transactionalId }, context) =>
    requireAllowed(context, 'WRITE', 'TRANSACTIONAL_ID', transactionalId),

  validate({ transactionalId }) {
    if (transactionalId === '') throw new KafkaError('INVALID_REQUEST', 'The transactional id is empty');
  },

  async handle({ transactionalId, producerId, producerEpoch, committed }, { broker, version }) {
    const ended = await broker.transactions.callWithProducerId({
      api: 'end',
      transactionalId,
      producerId,
      producerEpoch,
      isCommit: committed,
      clientVersion: version >= FIRST_WITH_EPOCH_BUMP ? EPOCH_BUMP_VERSION : 0,
    });
    const isUnknown = ended.errorCode === ErrorCode.PRODUCER_FENCED && version < FIRST_WITH_PRODUCER_FENCED;
    return {
      throttleTimeMs: 0,
      errorCode: isUnknown ? ErrorCode.INVALID_PRODUCER_EPOCH : ended.errorCode,
      producerId: ended.producerId,
      producerEpoch: ended.producerEpoch,
    };
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode }),
});
