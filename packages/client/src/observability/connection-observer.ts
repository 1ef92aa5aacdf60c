import type { BrokerConnection } from '../cluster/broker-connection.ts';
import type { PendingRequest } from '../cluster/pending-request.ts';

/**
 * Hears what connections do. Called with what is there anyway, so that hearing costs nothing but the calls; runs inside
 * the connection, so it must neither throw nor wait.
 */
export interface ConnectionObserver {
  /** The socket is open; versions and authentication are still to come. */
  opened(connection: BrokerConnection): void;
  /** Once for each that was opened. */
  closed(connection: BrokerConnection, error: Error | undefined): void;
  /** `request.sentMs` and `request.sizeBytes` are set. */
  sent(connection: BrokerConnection, request: PendingRequest): void;
  /** @param sizeBytes of the answer; @param nowMs monotonic; @param throttleMs how long the broker asks for silence */
  answered(
    connection: BrokerConnection,
    request: PendingRequest,
    sizeBytes: number,
    nowMs: number,
    throttleMs: number,
  ): void;
  /** No answer will come. Only for requests that were sent. */
  lost(connection: BrokerConnection, request: PendingRequest, error: Error): void;
}
