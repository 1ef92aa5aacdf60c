/**
 * OpenTelemetry for `@millrace/client`: context in headers, spans and metrics by the conventions for messaging.
 *
 * ```ts
 * import { Consumer, Producer } from '@millrace/client';
 * import { ClientTelemetry } from '@millrace/client-opentelemetry';
 *
 * const servers = { 'bootstrap.servers': '127.0.0.1:9092' };
 * const telemetry = new ClientTelemetry({ groupId: 'billing' });
 * await using producer = new Producer(servers, { interceptors: [telemetry.producerInterceptor()] });
 * await producer.send({ topic: 'orders', key: 'order-1', value: 'created' });
 *
 * await using consumer = new Consumer({ ...servers, 'group.id': 'billing', 'auto.offset.reset': 'earliest' });
 * consumer.subscribe('orders');
 * const end = new AbortController();
 * const bill = telemetry.eachRecord(({ value }) => {
 *   console.log(`billing ${String(value)}`); // billing created
 *   end.abort();
 * });
 * await consumer.run({ eachRecord: bill, signal: end.signal });
 * ```
 *
 * @packageDocumentation
 */

export { ClientTelemetry, type ClientTelemetryOptions } from './client-telemetry.ts';
export { contextOf, withContext } from './header-context.ts';
export { observeClient, type MeasuredClient } from './observe-client.ts';
