import type { PeerApi } from './peer-api.ts';

/** A request from the call until its answer, or the end of hope for one. */
export interface PendingRequest {
  readonly api: PeerApi<object, unknown>;
  readonly message: object;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  /** False once the caller has given up; what comes for it is dropped. */
  isWanted: boolean;
  resolve: (response: unknown) => void;
  reject: (error: unknown) => void;
}
