import type { Api } from './api.ts';

/** A request on one connection, from the call until its answer. */
export interface PendingRequest {
  readonly api: Api<object, unknown>;
  readonly version: number;
  readonly message: object;
  readonly timeoutMs: number;
  /** On the monotonic clock. */
  readonly deadlineMs: number;
  /** False for Produce with acks=0, which the broker never answers. */
  readonly expectsResponse: boolean;
  /** Part of an authentication: it does not wait for the end of the one it belongs to. */
  readonly isAuthentication: boolean;
  /** Set when the request is written. */
  correlationId: number;
  resolve(response: unknown): void;
  reject(error: unknown): void;
}
