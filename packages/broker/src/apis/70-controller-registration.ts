import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  ControllerRegistrationRequest,
  ControllerRegistrationResponse,
} from '@millrace/protocol/messages/controller-registration';
import { registerController } from '../controller/register-controller.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A controller tells the active one where it is and what it understands (KIP-919). */
export const controllerRegistration = defineHandler({
  key: ApiKey.CONTROLLER_REGISTRATION,
  minVersion: 0,
  maxVersion: 0,
  request: ControllerRegistrationRequest,
  response: ControllerRegistrationResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  async handle(request, { broker }) {
    await broker.controller.run((state) => registerController(state, request), 'committed');
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, errorMessage: null };
  },

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, errorMessage: error.message }),
});
