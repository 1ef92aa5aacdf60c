import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
} from '@millrace/protocol/messages/broker-registration';
import { acceptRegistration } from '../controller/accept-registration.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A broker wants to become part of the cluster. */
export const brokerRegistration = defineHandler({
  key: ApiKey.BROKER_REGISTRATION,
  minVersion: 0,
  maxVersion: 4,
  request: BrokerRegistrationRequest,
  response: BrokerRegistrationResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  async handle(request, { broker }) {
    const brokerEpoch = await broker.controller.run(
      (state) => acceptRegistration(state, request, broker.clusterId),
      'committed',
    );
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, brokerEpoch };
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode }),
});
