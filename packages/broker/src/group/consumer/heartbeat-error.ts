import { ConsumerGroupHeartbeatResponse } from '@millrace/protocol/messages/consumer-group-heartbeat';

/** The answer to a heartbeat that was refused. */
export function heartbeatError(
  errorCode: number,
  errorMessage: string | null = null,
): ConsumerGroupHeartbeatResponse {
  return ConsumerGroupHeartbeatResponse.create({ errorCode, errorMessage });
}
