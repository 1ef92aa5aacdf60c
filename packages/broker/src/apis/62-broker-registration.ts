import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
} from '@millrace/protocol/messages/broker-registration';
import { acceptRegistration } from '../controller/accept-registration.ts';
import { OWN_CONNECTION_ID } from '../cluster/local-controller.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A broker has started and asks the active controller to be let in. */
export const brokerRegistration = defineHandler({
  key: ApiKey.BROKER_REGISTRATION,
  minVersion: 0,
  maxVersion: 4,
  request: BrokerRegistrationRequest,
  response: BrokerRegistrationResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  async handle(request, { broker, connection }) {
    const brokerEpoch = await broker.controller.run(
      (state) =>
        acceptRegistration(state, request, {
          clusterId: broker.clusterId,
          isOwn: connection.id === OWN_CONNECTION_ID && request.brokerId === broker.nodeId,
        }),
      'committed',
    );
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, brokerEpoch };
  },

  fail(error, { brokerId }, { broker, connection }) {
    broker.logger.warn('The registration of a broker was refused', {
      brokerId,
      address: connection.remoteHost,
      error: error.message,
    });
    return { throttleTimeMs: 0, errorCode: error.errorCode, brokerEpoch: -1 };
  },
});
