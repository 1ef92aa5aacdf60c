import type { Clock } from '@millrace/host';
import type { BrokerConnection } from '../cluster/broker-connection.ts';
import { formatAddress } from '../cluster/bootstrap-addresses.ts';
import type { PendingRequest } from '../cluster/pending-request.ts';
import { connectionClosed, connectionOpened, requestAnswered, requestLost } from './channels.ts';
import type { AnsweredRequestEvent, ClientObserver, RequestEvent } from './client-observer.ts';
import type { ConnectionObserver } from './connection-observer.ts';
import { MetricsRegistry } from './metrics-registry.ts';
import { TrafficMetrics, type ClientKind } from './traffic-metrics.ts';

/** Everything that listens to one client: its metrics, the diagnostics channels, and an observer of the user. */
export class ClientInstruments implements ConnectionObserver {
  readonly clientId: string;
  readonly registry: MetricsRegistry;
  readonly #traffic: TrafficMetrics;
  readonly #observer: ClientObserver | undefined;

  constructor(
    clock: Clock,
    client: { readonly kind: ClientKind; readonly clientId: string },
    observer: ClientObserver | undefined,
  ) {
    this.clientId = client.clientId;
    this.registry = new MetricsRegistry(clock);
    this.#traffic = new TrafficMetrics(this.registry, clock, client.kind, client.clientId);
    this.#observer = observer;
  }

  opened(connection: BrokerConnection): void {
    this.#traffic.opened();
    if (connectionOpened.hasSubscribers) connectionOpened.publish(this.#placeOf(connection));
  }

  closed(connection: BrokerConnection, error: Error | undefined): void {
    this.#traffic.closed();
    if (!connectionClosed.hasSubscribers) return;
    connectionClosed.publish({ ...this.#placeOf(connection), ...(error === undefined ? {} : { error }) });
  }

  sent(connection: BrokerConnection, request: PendingRequest): void {
    this.#traffic.sent(connection.nodeId, request.sizeBytes, request.expectsResponse, request.sentMs);
    this.#observer?.onRequestSent?.(this.#event(connection, request));
  }

  answered(
    connection: BrokerConnection,
    request: PendingRequest,
    sizeBytes: number,
    nowMs: number,
    throttleMs: number,
  ): void {
    const durationMs = nowMs - request.sentMs;
    const answer = { sizeBytes, durationMs, throttleMs };
    this.#traffic.answered(connection.nodeId, request.api.apiKey, answer, nowMs);
    const isHeard = this.#observer !== undefined || requestAnswered.hasSubscribers;
    if (!isHeard) return;
    const responseBytes = sizeBytes;
    const event: AnsweredRequestEvent = {
      ...this.#event(connection, request),
      durationMs,
      responseBytes,
      throttleMs,
    };
    this.#observer?.onRequestAnswered?.(event);
    requestAnswered.publish(event);
  }

  lost(connection: BrokerConnection, request: PendingRequest, error: Error): void {
    this.#traffic.lost();
    const event = { ...this.#event(connection, request), error };
    this.#observer?.onRequestLost?.(event);
    requestLost.publish(event);
  }

  #placeOf(connection: BrokerConnection) {
    const { nodeId, address } = connection;
    return { clientId: this.clientId, nodeId, address: formatAddress(address) };
  }

  #event(connection: BrokerConnection, request: PendingRequest): RequestEvent {
    return {
      ...this.#placeOf(connection),
      api: request.api.name,
      apiKey: request.api.apiKey,
      version: request.version,
      correlationId: request.correlationId,
      createdMs: request.createdMs,
      sentMs: request.sentMs,
      requestBytes: request.sizeBytes,
    };
  }
}
