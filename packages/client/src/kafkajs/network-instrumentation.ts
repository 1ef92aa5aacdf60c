import type { Clock } from '@millrace/host';
import { RequestTimeoutError } from '../errors.ts';
import type { ClientObserver, RequestEvent } from '../observability/client-observer.ts';
import type { RequestPayload } from './kafkajs-types.ts';

/** Where network events go. */
export interface NetworkListener {
  request(payload: RequestPayload): void;
  requestTimeout(payload: Omit<RequestPayload, 'duration' | 'size'>): void;
  queueSize(payload: { broker: string; clientId: string; queueSize: number }): void;
}

/** Tells a listener of requests in the words of kafkajs. */
export function networkObserver(clock: Clock, listener: NetworkListener): ClientObserver {
  const queues = new Map<string, number>();
  const changeQueue = ({ address, clientId }: RequestEvent, change: number) => {
    const queueSize = Math.max(0, (queues.get(address) ?? 0) + change);
    queues.set(address, queueSize);
    listener.queueSize({ broker: address, clientId, queueSize });
  };
  const payload = (event: RequestEvent) => {
    // Events carry monotonic times; kafkajs tells the time of day.
    const offsetMs = clock.nowMs() - clock.monotonicMs();
    return {
      apiKey: event.apiKey,
      apiName: event.api,
      apiVersion: event.version,
      broker: event.address,
      clientId: event.clientId,
      correlationId: event.correlationId,
      createdAt: Math.round(event.createdMs + offsetMs),
      sentAt: Math.round(event.sentMs + offsetMs),
      pendingDuration: Math.round(event.sentMs - event.createdMs),
    };
  };
  return {
    onRequestSent: (event) => changeQueue(event, 1),
    onRequestAnswered: (event) => {
      changeQueue(event, -1);
      const { durationMs, responseBytes } = event;
      listener.request({ ...payload(event), duration: Math.round(durationMs), size: responseBytes });
    },
    onRequestLost: (event) => {
      changeQueue(event, -1);
      if (event.error instanceof RequestTimeoutError) listener.requestTimeout(payload(event));
    },
  };
}
