import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  AddOffsetsToTxnRequest,
  AddOffsetsToTxnResponse,
} from '@millrace/protocol/messages/add-offsets-to-txn';
import { coordinatorPartition } from '../coordinator/coordinator-partition.ts';
import { CONSUMER_OFFSETS_TOPIC } from '../metadata/topic-names.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

const FIRST_WITH_PRODUCER_FENCED = 2;

export const addOffsetsToTxn = defineHandler({
  key: ApiKey.ADD_OFFSETS_TO_TXN,
  minVersion: 0,
  maxVersion: 4,
  request: AddOffsetsToTxnRequest,
  response: AddOffsetsToTxnResponse,

  authorize({ transactionalId, groupId }, context) {
    requireAllowed(context, 'WRITE', 'TRANSACTIONAL_ID', transactionalId);
    requireAllowed(context, 'READ', 'GROUP', groupId);
  },

  validate({ transactionalId }) {
    if (transactionalId === '') throw new KafkaError('INVALID_REQUEST', 'The transactional id is empty');
  },

  /** Adds the partition that keeps the offsets of the group. */
  async handle({ transactionalId, producerId, producerEpoch, groupId }, { broker, version }) {
    const topic = await broker.ensureInternalTopic(CONSUMER_OFFSETS_TOPIC);
    const partition = coordinatorPartition(groupId, topic.partitions.length);
    const { errorCode } = await broker.transactions.call({
      api: 'add',
      transactionalId,
      producerId,
      producerEpoch,
      partitions: new Map([[CONSUMER_OFFSETS_TOPIC, new Set([partition])]]),
      clientVersion: 0,
    });
    const isUnknown = errorCode === ErrorCode.PRODUCER_FENCED && version < FIRST_WITH_PRODUCER_FENCED;
    return { throttleTimeMs: 0, errorCode: isUnknown ? ErrorCode.INVALID_PRODUCER_EPOCH : errorCode };
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode }),
});
