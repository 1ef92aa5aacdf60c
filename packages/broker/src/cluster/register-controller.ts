import type { Logger } from '@millrace/host';
import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import {
  ControllerRegistrationRequest,
  ControllerRegistrationResponse,
  type ControllerRegistrationRequestInput,
} from '@millrace/protocol/messages/controller-registration';
import { peerApi } from '@millrace/replication';
import { messageOf } from '../errors.ts';
import type { ControllerChannel } from './controller-channel.ts';

const registrationApi = peerApi(ControllerRegistrationRequest, ControllerRegistrationResponse);

/** Long enough for any election; after that somebody should look. */
const TIMEOUT_MS = 60_000;

/**
 * Tells the active controller where this one listens and what it understands (KIP-919). Once for each start: nothing
 * waits for it, and the quorum does without.
 */
export async function registerController(
  channel: ControllerChannel,
  request: ControllerRegistrationRequestInput,
  logger: Logger,
): Promise<void> {
  try {
    const { errorCode } = await channel.send(registrationApi, request, { timeoutMs: TIMEOUT_MS });
    if (errorCode === ErrorCode.NONE) return;
    logger.warn('This controller is not registered', { error: kafkaErrorName(errorCode) });
  } catch (error) {
    logger.debug('This controller could not register', { error: messageOf(error) });
  }
}
