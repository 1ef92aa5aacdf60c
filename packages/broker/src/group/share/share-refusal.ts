import { ShareGroupHeartbeatResponse } from '@millrace/protocol/messages/share-group-heartbeat';
import { describeShareError } from './describe.ts';
import type { ShareCall, ShareReplies } from './share-calls.ts';

/** The reply that carries an error. */
export function refuseShareCall(
  call: ShareCall,
  errorCode: number,
  errorMessage: string | null = null,
): ShareReplies[ShareCall['api']] {
  const error = { errorCode, errorMessage };
  switch (call.api) {
    case 'shareHeartbeat':
      return { response: shareHeartbeatError(errorCode, errorMessage), initialize: undefined };
    case 'shareDescribe':
      return call.groupIds.map((groupId) => describeShareError(groupId, errorCode));
    case 'sharePartitions':
    case 'shareForget':
      return { ...error, topics: [] };
    case 'shareAlterOffsets':
      return { ...error, stateEpoch: 0 };
    case 'shareForgotten':
    case 'shareInitialized':
    case 'shareNotInitialized':
      return error;
  }
}

/** The answer to a heartbeat that was refused. */
export function shareHeartbeatError(
  errorCode: number,
  errorMessage: string | null = null,
): ShareGroupHeartbeatResponse {
  return ShareGroupHeartbeatResponse.create({ errorCode, errorMessage });
}
