import { ApiKey, KafkaError } from '@millrace/protocol';
import {
  UnregisterBrokerRequest,
  UnregisterBrokerResponse,
} from '@millrace/protocol/messages/unregister-broker';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

/** Takes a node that is gone out of the cluster; this node, the only one, is not gone while it answers. */
export const unregisterBroker = defineHandler({
  key: ApiKey.UNREGISTER_BROKER,
  minVersion: 0,
  maxVersion: 0,
  isForwarded: always,
  request: UnregisterBrokerRequest,
  response: UnregisterBrokerResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  handle({ brokerId }, { broker }) {
    if (!broker.image.brokers.has(brokerId)) {
      throw new KafkaError('BROKER_ID_NOT_REGISTERED', `Broker ID ${brokerId} is not currently registered`);
    }
    throw new KafkaError('INVALID_REQUEST', `Broker ${brokerId} is this node, which is running`);
  },

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, errorMessage: error.message }),
});
