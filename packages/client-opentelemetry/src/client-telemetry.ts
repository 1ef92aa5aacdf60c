import {
  context,
  metrics,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Counter,
  type Histogram,
  type Meter,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { ConsumerRecord, ProducerInterceptor, ProducerRecord, RecordContext } from '@millrace/client';
import { contextOf, withContext } from './header-context.ts';
import { attribute, errorType, messagingAttributes, recordAttributes } from './messaging-attributes.ts';

const NAME = '@millrace/client-opentelemetry';

/** For `ClientTelemetry`. */
export interface ClientTelemetryOptions {
  /** Default: of the global provider. */
  readonly tracer?: Tracer;
  /** Default: of the global provider. */
  readonly meter?: Meter;
  /** `messaging.client.id`. */
  readonly clientId?: string;
  /** `messaging.consumer.group.name`, for handlers. */
  readonly groupId?: string;
}

type Handler<Item, Result> = (item: Item, recordContext: RecordContext) => Result;

interface Sent {
  readonly span: Span;
  readonly startedMs: number;
}

/**
 * Spans, context in headers and metrics for clients, by OpenTelemetry's semantic conventions for messaging: a span
 * `send orders` for each record from `send()` to its acknowledgement, and `process orders` around handlers, in one trace.
 */
export class ClientTelemetry {
  readonly #tracer: Tracer;
  readonly #own: Attributes;
  readonly #group: Attributes;
  readonly #sentMessages: Counter;
  readonly #consumedMessages: Counter;
  readonly #operationDuration: Histogram;
  readonly #processDuration: Histogram;

  constructor(options: ClientTelemetryOptions = {}) {
    const { clientId, groupId } = options;
    this.#tracer = options.tracer ?? trace.getTracer(NAME);
    this.#own = clientId === undefined ? {} : { [attribute.clientId]: clientId };
    this.#group = groupId === undefined ? {} : { [attribute.group]: groupId };
    const meter = options.meter ?? metrics.getMeter(NAME);
    this.#sentMessages = meter.createCounter('messaging.client.sent.messages', {
      unit: '{message}',
      description: 'Messages that were sent, or failed to be.',
    });
    this.#consumedMessages = meter.createCounter('messaging.client.consumed.messages', {
      unit: '{message}',
      description: 'Messages given to handlers.',
    });
    this.#operationDuration = meter.createHistogram('messaging.client.operation.duration', {
      unit: 's',
      description: 'From send() to the acknowledgement.',
    });
    this.#processDuration = meter.createHistogram('messaging.process.duration', {
      unit: 's',
      description: 'How long handlers took.',
    });
  }

  /** For `new Producer(properties, { interceptors: [telemetry.producerInterceptor()] })`. */
  producerInterceptor(): ProducerInterceptor {
    const open = new WeakMap<ProducerRecord, Sent>();
    return {
      onSend: (record) => {
        const attributes = messagingAttributes('send', record.topic, {
          ...this.#own,
          ...recordAttributes(record),
        });
        const span = this.#tracer.startSpan(`send ${record.topic}`, { kind: SpanKind.PRODUCER, attributes });
        const changed = withContext(record, trace.setSpan(context.active(), span));
        open.set(changed, { span, startedMs: performance.now() });
        return changed;
      },
      onAcknowledgement: (metadata, error, record) => {
        const sent = open.get(record);
        if (sent === undefined) return;
        open.delete(record);
        const { span, startedMs } = sent;
        if (metadata !== undefined) {
          span.setAttribute(attribute.partition, String(metadata.partition));
          span.setAttribute(attribute.offset, metadata.offset);
        }
        const outcome = this.#end(span, error);
        const attributes = messagingAttributes('send', record.topic, { ...this.#own, ...outcome });
        this.#sentMessages.add(1, attributes);
        this.#operationDuration.record((performance.now() - startedMs) / 1000, attributes);
      },
    };
  }

  /** `consumer.run({ eachRecord: telemetry.eachRecord(handler) })`: in the trace of whoever sent the record. */
  eachRecord<Result>(handler: Handler<ConsumerRecord, Result>): Handler<ConsumerRecord, Result> {
    return (record, recordContext) => {
      const attributes = this.#processAttributes(record, {
        [attribute.offset]: record.offset,
        ...recordAttributes(record),
      });
      const options = { kind: SpanKind.CONSUMER, attributes };
      const span = this.#tracer.startSpan(`process ${record.topic}`, options, contextOf(record));
      return this.#around(span, record, 1, () => handler(record, recordContext), contextOf(record));
    };
  }

  /** `consumer.run({ eachBatch: telemetry.eachBatch(handler) })`: a span of its own, linked to those of its records. */
  eachBatch<Result>(
    handler: Handler<readonly ConsumerRecord[], Result>,
  ): Handler<readonly ConsumerRecord[], Result> {
    return (records, recordContext) => {
      const first = records[0]!;
      const links = records.flatMap((record) => {
        const from = trace.getSpanContext(contextOf(record));
        return from === undefined ? [] : [{ context: from }];
      });
      const attributes = this.#processAttributes(first, { [attribute.batchCount]: records.length });
      const span = this.#tracer.startSpan(`process ${first.topic}`, {
        kind: SpanKind.CONSUMER,
        attributes,
        links,
      });
      return this.#around(span, first, records.length, () => handler(records, recordContext));
    };
  }

  #processAttributes({ topic, partition }: ConsumerRecord, own: Attributes): Attributes {
    return messagingAttributes('process', topic, {
      ...this.#own,
      ...this.#group,
      [attribute.partition]: String(partition),
      ...own,
    });
  }

  #around<Result>(
    span: Span,
    { topic }: ConsumerRecord,
    count: number,
    handle: () => Result,
    parent: Context = context.active(),
  ): Result {
    const startedMs = performance.now();
    const ended = (error: unknown) => {
      const outcome = this.#end(span, error);
      const attributes = messagingAttributes('process', topic, { ...this.#own, ...this.#group, ...outcome });
      this.#consumedMessages.add(count, attributes);
      this.#processDuration.record((performance.now() - startedMs) / 1000, attributes);
    };
    try {
      const result = context.with(trace.setSpan(parent, span), handle);
      if (!(result instanceof Promise)) {
        ended(undefined);
        return result;
      }
      result.then(
        () => ended(undefined),
        (error: unknown) => ended(error),
      );
      return result;
    } catch (error) {
      ended(error);
      throw error;
    }
  }

  /** @returns what measurements say of the outcome */
  #end(span: Span, error: unknown): Attributes {
    if (error === undefined) {
      span.end();
      return {};
    }
    const type = errorType(error);
    span.setAttribute(attribute.errorType, type);
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : type });
    span.end();
    return { [attribute.errorType]: type };
  }
}
