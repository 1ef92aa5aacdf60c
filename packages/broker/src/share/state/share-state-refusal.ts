import type { ShareStateCall, ShareStateReply } from './share-state-calls.ts';

/** The reply that carries an error. */
export function refuseShareStateCall(
  call: ShareStateCall,
  errorCode: number,
  errorMessage: string | null = null,
): ShareStateReply {
  const error = { errorCode, errorMessage };
  if (call.api === 'read') return { ...error, stateEpoch: 0, startOffset: 0, batches: [] };
  if (call.api !== 'summary') return error;
  return { ...error, stateEpoch: 0, leaderEpoch: 0, startOffset: 0, deliveryCompleteCount: -1 };
}
