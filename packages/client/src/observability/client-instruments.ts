import type { BrokerConnection } from '../cluster/broker-connection.ts';
import { formatAddress } from '../cluster/bootstrap-addresses.ts';
import type { PendingRequest } from '../cluster/pending-request.ts';
import type { ClientObserver, RequestEvent } from './client-observer.ts';
import type { ConnectionObserver } from './connection-observer.ts';

/** Everything that listens to the connections of one client. */
export class ClientInstruments implements ConnectionObserver {
  readonly #clientId: string;
  readonly #observer: ClientObserver | undefined;

  constructor(clientId: string, observer: ClientObserver | undefined) {
    this.#clientId = clientId;
    this.#observer = observer;
  }

  opened(_connection: BrokerConnection): void {}

  closed(_connection: BrokerConnection, _error: Error | undefined): void {}

  sent(connection: BrokerConnection, request: PendingRequest): void {
    this.#observer?.onRequestSent?.(this.#event(connection, request));
  }

  answered(
    connection: BrokerConnection,
    request: PendingRequest,
    sizeBytes: number,
    nowMs: number,
    throttleMs: number,
  ): void {
    this.#observer?.onRequestAnswered?.({
      ...this.#event(connection, request),
      durationMs: nowMs - request.sentMs,
      responseBytes: sizeBytes,
      throttleMs,
    });
  }

  lost(connection: BrokerConnection, request: PendingRequest, error: Error): void {
    this.#observer?.onRequestLost?.({ ...this.#event(connection, request), error });
  }

  #event(connection: BrokerConnection, request: PendingRequest): RequestEvent {
    return {
      clientId: this.#clientId,
      api: request.api.name,
      apiKey: request.api.apiKey,
      version: request.version,
      nodeId: connection.nodeId,
      address: formatAddress(connection.address),
      correlationId: request.correlationId,
      createdMs: request.createdMs,
      sentMs: request.sentMs,
      requestBytes: request.sizeBytes,
    };
  }
}
