import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  AllocateProducerIdsRequest,
  AllocateProducerIdsResponse,
} from '@millrace/protocol/messages/allocate-producer-ids';
import { allocateProducerIdsFor } from '../controller/allocate-producer-ids.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A broker takes a block of producer ids. */
export const allocateProducerIdsHandler = defineHandler({
  key: ApiKey.ALLOCATE_PRODUCER_IDS,
  minVersion: 0,
  maxVersion: 0,
  request: AllocateProducerIdsRequest,
  response: AllocateProducerIdsResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  async handle({ brokerId, brokerEpoch }, { broker }) {
    const { firstId, count } = await broker.controller.run(
      (state) => allocateProducerIdsFor(state, brokerId, brokerEpoch),
      'committed',
    );
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, producerIdStart: firstId, producerIdLen: count };
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode, producerIdStart: -1, producerIdLen: 0 }),
});
