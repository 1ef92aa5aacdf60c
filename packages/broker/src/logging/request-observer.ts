import { apiDescription } from '@millrace/protocol';
import type { LogFields } from '@millrace/host';
import type { ConnectionInfo } from '../apis/handler.ts';
import { RequestMetrics } from '../metrics/request-metrics.ts';
import type { ServedRequest } from '../metrics/served-request.ts';
import type { BrokerLoggers } from './broker-loggers.ts';
import { loggableMessage } from './loggable-message.ts';
import type { NamedLogger } from './named-logger.ts';

/** One slow request is an example, thousands are a second problem. */
const SLOW_LINE_INTERVAL_MS = 1000;

/** Is told of each request that was answered: counts it, and writes the request log and the log of slow ones. */
export class RequestObserver {
  readonly metrics = new RequestMetrics();
  readonly #requestLog: NamedLogger;
  readonly #slowLog: NamedLogger;
  readonly #slowThresholdMs: () => number;
  #nextSlowLineMs = -Infinity;
  #unreported = 0;

  /** @param slowThresholdMs `slow.request.threshold.ms`; -1 for never */
  constructor(loggers: BrokerLoggers, slowThresholdMs: () => number) {
    this.#requestLog = loggers.of('kafka.request.logger');
    this.#slowLog = loggers.of('kafka.request.slow');
    this.#slowThresholdMs = slowThresholdMs;
  }

  /** Whether `served` should keep the decoded messages. */
  get wantsMessages(): boolean {
    return this.#requestLog.isEnabled('TRACE');
  }

  onServed(served: ServedRequest, connection: ConnectionInfo): void {
    if (served.apiKey < 0) return;
    this.metrics.of(served.apiKey).record(served);
    const requestLog = this.#requestLog;
    if (requestLog.isEnabled('DEBUG')) {
      const fields = { ...describe(served, connection), ...messages(served) };
      if (served.request === undefined) requestLog.debug('Completed request', fields);
      else requestLog.trace('Completed request', fields);
    }
    const thresholdMs = this.#slowThresholdMs();
    if (thresholdMs >= 0 && served.localMs >= thresholdMs) this.#reportSlow(served, connection, thresholdMs);
  }

  /** The peer has taken an answer that there was no room for at first. @param apiKey -1 for an answer without one */
  onSent(apiKey: number, elapsedMs: number, nowMs: number): void {
    if (apiKey >= 0) this.metrics.of(apiKey).recordSent(elapsedMs, nowMs);
  }

  #reportSlow(served: ServedRequest, connection: ConnectionInfo, thresholdMs: number): void {
    if (served.answeredMs < this.#nextSlowLineMs) {
      this.#unreported++;
      return;
    }
    this.#slowLog.warn('Slow request', {
      ...describe(served, connection),
      thresholdMs,
      unreportedBefore: this.#unreported,
    });
    this.#nextSlowLineMs = served.answeredMs + SLOW_LINE_INTERVAL_MS;
    this.#unreported = 0;
  }
}

function describe(served: ServedRequest, connection: ConnectionInfo): LogFields {
  const { apiKey, version, correlationId, clientId, requestBytes, responseBytes } = served;
  const { id, remoteHost, remotePort, listenerName, securityProtocol, principal } = connection;
  return {
    api: apiDescription(apiKey)?.name ?? apiKey,
    version,
    correlationId,
    clientId,
    connection: id,
    remote: `${remoteHost}:${remotePort}`,
    listener: listenerName,
    securityProtocol,
    principal,
    requestBytes,
    responseBytes,
    totalMs: rounded(served.totalMs),
    queueMs: rounded(served.queueMs),
    localMs: rounded(served.localMs),
    remoteMs: rounded(served.remoteMs),
  };
}

function messages({ apiKey, request, response }: ServedRequest): LogFields {
  if (request === undefined) return {};
  return {
    request: loggableMessage(apiKey, request),
    ...(response === undefined ? {} : { response: loggableMessage(apiKey, response) }),
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
