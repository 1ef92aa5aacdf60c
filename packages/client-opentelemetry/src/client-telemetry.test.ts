import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { Consumer, Producer, type ConsumerRecord } from '@millrace/client';
import { startBroker } from '@millrace/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ClientTelemetry, contextOf, observeClient, withContext } from './index.ts';

const spans = new InMemorySpanExporter();
const tracer = new TracerProvider({
  spanProcessors: [new SimpleSpanProcessor({ exporter: spans })],
}).getTracer('test');
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
const meterProvider = new MeterProvider({ readers: [reader] });
const meter = meterProvider.getMeter('test');

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
});
afterAll(async () => {
  await meterProvider.shutdown();
  context.disable();
  propagation.disable();
});

test('one trace from send() to the handler, with the attributes of the conventions', async () => {
  await using broker = await startBroker();
  const servers = { 'bootstrap.servers': broker.bootstrapServers };
  const telemetry = new ClientTelemetry({ tracer, meter, clientId: 'shop', groupId: 'billing' });
  await using producer = new Producer(servers, { interceptors: [telemetry.producerInterceptor()] });
  const stopObserving = observeClient(producer, meter);
  await using consumer = new Consumer({ ...servers, 'group.id': 'billing', 'auto.offset.reset': 'earliest' });

  await tracer.startActiveSpan('order', async (parent) => {
    await producer.send({
      topic: 'orders',
      key: 'order-1',
      value: 'created',
      headers: [{ key: 'own', value: 'kept' }],
    });
    parent.end();
  });
  consumer.subscribe('orders');
  const end = new AbortController();
  let inHandler: string | undefined;
  const handler = telemetry.eachRecord(async ({ headers }: ConsumerRecord) => {
    inHandler = trace.getActiveSpan()?.spanContext().traceId;
    expect(headers.map(({ key }) => key)).toEqual(['own', 'traceparent']);
    end.abort();
  });
  await consumer.run({ eachRecord: handler, signal: end.signal });
  await reader.forceFlush();
  stopObserving();

  const named = (name: string) => spans.getFinishedSpans().find((span) => span.name === name)!;
  const [order, send, process] = ['order', 'send orders', 'process orders'].map(named);
  expect(send!.parentSpanContext?.spanId).toBe(order!.spanContext().spanId);
  expect(process!.parentSpanContext?.spanId).toBe(send!.spanContext().spanId);
  expect(inHandler).toBe(order!.spanContext().traceId);
  expect([send!.kind, process!.kind]).toEqual([SpanKind.PRODUCER, SpanKind.CONSUMER]);
  expect(send!.attributes).toEqual({
    'messaging.system': 'kafka',
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.destination.name': 'orders',
    'messaging.destination.partition.id': '0',
    'messaging.client.id': 'shop',
    'messaging.kafka.message.key': 'order-1',
    'messaging.kafka.offset': 0,
    'messaging.message.body.size': 7,
  });
  expect(process!.attributes).toMatchObject({
    'messaging.operation.type': 'process',
    'messaging.consumer.group.name': 'billing',
    'messaging.destination.partition.id': '0',
    'messaging.kafka.offset': 0,
  });
  const metrics = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap((scope) => scope.metrics)
    .map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints[0]?.value] as const);
  expect(Object.fromEntries(metrics)).toMatchObject({
    'messaging.client.sent.messages': 1,
    'messaging.client.consumed.messages': 1,
    'messaging.client.operation.duration': { count: 1 },
    'messaging.process.duration': { count: 1 },
    'kafka.producer.record_send_total': 1,
  });
});

test('a failure ends its span as an error with a code', async () => {
  spans.reset();
  await using broker = await startBroker({ properties: { 'message.max.bytes': '1000' } });
  const telemetry = new ClientTelemetry({ tracer, meter });
  const interceptors = [telemetry.producerInterceptor()];
  await using producer = new Producer({ 'bootstrap.servers': broker.bootstrapServers }, { interceptors });
  await expect(producer.send({ topic: 'small', value: 'x'.repeat(3000) })).rejects.toThrow();
  const handler = telemetry.eachRecord(() => {
    throw new TypeError('no handler');
  });
  const record = { topic: 'small', partition: 0, offset: 3, headers: [], key: null, value: null } as never;
  expect(() => handler(record, {} as never)).toThrow('no handler');
  expect(
    spans
      .getFinishedSpans()
      .map(({ name, status, attributes }) => [name, status.code, attributes['error.type']]),
  ).toEqual([
    ['send small', 2, 'MESSAGE_TOO_LARGE'],
    ['process small', 2, 'TypeError'],
  ]);
});

test('a batch is linked to the spans of its records', () => {
  spans.reset();
  const telemetry = new ClientTelemetry({ tracer, meter });
  const origin = tracer.startSpan('origin');
  const active = trace.setSpan(context.active(), origin);
  const { headers = [] } = withContext({ topic: 't', value: null }, active);
  const bytes = headers.map(({ key, value }) => ({ key, value: Buffer.from(String(value)) }));
  const record = { topic: 't', partition: 1, offset: 0, key: null, value: null, headers: bytes } as never;
  const plain = { topic: 't', partition: 1, offset: 1, key: null, value: null, headers: [] } as never;
  expect(trace.getSpanContext(contextOf({ headers: bytes }))?.spanId).toBe(origin.spanContext().spanId);
  expect(telemetry.eachBatch((records) => records.length)([record, plain], {} as never)).toBe(2);
  const [span] = spans.getFinishedSpans();
  expect(span?.links.map((link) => link.context.spanId)).toEqual([origin.spanContext().spanId]);
  expect(span?.attributes).toMatchObject({ 'messaging.batch.message_count': 2 });
});
