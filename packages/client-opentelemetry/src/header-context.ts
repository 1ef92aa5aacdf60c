import {
  context,
  propagation,
  type Context,
  type TextMapGetter,
  type TextMapSetter,
} from '@opentelemetry/api';
import type { ConsumerRecord, ProducerRecord } from '@millrace/client';

type Headers = ConsumerRecord['headers'];
type MutableHeaders = { readonly key: string; readonly value: Uint8Array | string | null }[];

const setter: TextMapSetter<MutableHeaders> = {
  set(headers, key, value) {
    // A record that is sent on has the context of the one it came from, which is not its own.
    const at = headers.findIndex((header) => header.key === key);
    if (at >= 0) headers.splice(at, 1);
    headers.push({ key, value });
  },
};

const getter: TextMapGetter<Headers> = {
  keys: (headers) => headers.map(({ key }) => key),
  get: (headers, key) => headers.findLast((header) => header.key === key)?.value?.toString(),
};

/** The record with the context in its headers: `traceparent` and `tracestate` as W3C has them, by default. */
export function withContext(record: ProducerRecord, from: Context = context.active()): ProducerRecord {
  const headers: MutableHeaders = [...(record.headers ?? [])];
  propagation.inject(from, headers, setter);
  return { ...record, headers };
}

/** The context that a record brings along, on top of `base`. */
export function contextOf(
  record: Pick<ConsumerRecord, 'headers'>,
  base: Context = context.active(),
): Context {
  return propagation.extract(base, record.headers, getter);
}
