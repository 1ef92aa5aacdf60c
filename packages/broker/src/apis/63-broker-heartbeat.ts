import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  BrokerHeartbeatRequest,
  BrokerHeartbeatResponse,
} from '@millrace/protocol/messages/broker-heartbeat';
import { brokerHeartbeat } from '../controller/broker-heartbeat.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A broker tells the active controller that it is alive, what it wants, and how its directories are. */
export const brokerHeartbeatHandler = defineHandler({
  key: ApiKey.BROKER_HEARTBEAT,
  minVersion: 0,
  maxVersion: 2,
  request: BrokerHeartbeatRequest,
  response: BrokerHeartbeatResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  async handle(request, { broker }) {
    const reply = await broker.controller.run((state) => brokerHeartbeat(state, request), 'committed');
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, ...reply };
  },

  fail: ({ errorCode }) => ({
    throttleTimeMs: 0,
    errorCode,
    isCaughtUp: false,
    isFenced: true,
    shouldShutDown: false,
  }),
});
