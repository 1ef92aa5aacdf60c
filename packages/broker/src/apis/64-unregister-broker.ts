import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  UnregisterBrokerRequest,
  UnregisterBrokerResponse,
} from '@millrace/protocol/messages/unregister-broker';
import { unregisterBroker } from '../controller/unregister-broker.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

/** Takes a node that is gone out of the cluster; the only one is not gone while it answers. */
export const unregisterBrokerHandler = defineHandler({
  key: ApiKey.UNREGISTER_BROKER,
  minVersion: 0,
  maxVersion: 0,
  isForwarded: always,
  request: UnregisterBrokerRequest,
  response: UnregisterBrokerResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  async handle({ brokerId }, { broker }) {
    await broker.controller.run((state) => {
      const { brokers } = state.image;
      if (brokers.size === 1 && brokers.has(brokerId)) {
        throw new KafkaError('INVALID_REQUEST', `Broker ${brokerId} is the only one, and is running`);
      }
      return unregisterBroker(state, brokerId);
    });
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, errorMessage: null };
  },

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, errorMessage: error.message }),
});
