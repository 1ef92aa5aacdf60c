import { StreamsGroupHeartbeatResponse } from '@millrace/protocol/messages/streams-group-heartbeat';
import { describeStreamsError } from './describe.ts';
import type { StreamsCall, StreamsReplies } from './streams-calls.ts';

/** The reply that carries an error. */
export function refuseStreamsCall(
  call: StreamsCall,
  errorCode: number,
  errorMessage: string | null = null,
): StreamsReplies[StreamsCall['api']] {
  switch (call.api) {
    case 'streamsHeartbeat':
      return { response: streamsHeartbeatError(errorCode, errorMessage), missingTopics: [] };
    case 'streamsDescribe':
      return call.groupIds.map((groupId) => describeStreamsError(groupId, errorCode));
  }
}

/** The answer to a heartbeat that was refused. */
export function streamsHeartbeatError(
  errorCode: number,
  errorMessage: string | null = null,
): StreamsGroupHeartbeatResponse {
  return StreamsGroupHeartbeatResponse.create({ errorCode, errorMessage });
}
