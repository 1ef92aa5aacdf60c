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
  /** When it was handed to the connection. Monotonic, as `sentMs`. */
  readonly createdMs: number;
  /** Set when the request is written, as the two that follow. */
  correlationId: number;
  sentMs: number;
  /** As written, the length in front included. */
  sizeBytes: number;
  resolve(response: unknown): void;
  reject(error: unknown): void;
}
