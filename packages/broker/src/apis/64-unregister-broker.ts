import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  UnregisterBrokerRequest,
  UnregisterBrokerResponse,
} from '@millrace/protocol/messages/unregister-broker';
import { unregisterBroker as unregisterBrokerOf } from '../controller/unregister-broker.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

/** Takes a broker out of the cluster, one that is gone for good. */
export const unregisterBroker = defineHandler({
  key: ApiKey.UNREGISTER_BROKER,
  minVersion: 0,
  maxVersion: 0,
  isForwarded: always,
  request: UnregisterBrokerRequest,
  response: UnregisterBrokerResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  async handle({ brokerId }, { broker }) {
    // On its own it would be a cluster without a broker, which nobody could ask for anything.
    const { brokers } = broker.image;
    if (brokers.size === 1 && brokers.has(brokerId)) {
      throw new KafkaError('INVALID_REQUEST', `Broker ${brokerId} is the only one, and is running`);
    }
    await broker.controller.run((state) => unregisterBrokerOf(state, brokerId));
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, errorMessage: null };
  },

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, errorMessage: error.message }),
});
