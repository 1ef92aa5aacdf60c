import type { Metric } from './metrics-registry.ts';

/** OpenTelemetry's aggregation temporalities. */
const DELTA = 1;
const CUMULATIVE = 2;

export interface OtlpTimes {
  /** Since when totals count; milliseconds since 1970. */
  readonly startMs: number;
  readonly nowMs: number;
}

/**
 * Metrics as OTLP's `MetricsData` in protobuf, with the names of KIP-714: `org.apache.kafka.producer.record.send.total`.
 * Totals are sums, everything else gauges. What has no value is left out.
 */
export function otlpMetrics(
  metrics: readonly Metric[],
  times: OtlpTimes,
  options: { readonly isDelta: boolean },
): Buffer {
  const byName = Map.groupBy(
    metrics.filter(({ value }) => Number.isFinite(value)),
    telemetryName,
  );
  const encoded = [...byName].map(([name, points]) => metric(name, points, times, options.isDelta));
  const scopeMetrics = message(encoded.map((one) => bytesField(2, one)));
  const resourceMetrics = message([bytesField(2, scopeMetrics)]);
  return message([bytesField(1, resourceMetrics)]);
}

/** KIP-714: dots for dashes, without the word "metrics". */
export function telemetryName({ group, name }: Pick<Metric, 'group' | 'name'>): string {
  const area = group.replaceAll('-', '.').replaceAll('.metrics', '');
  return `org.apache.kafka.${area}.${name.replaceAll('-', '.')}`;
}

function metric(name: string, points: readonly Metric[], times: OtlpTimes, isDelta: boolean): Buffer {
  const dataPoints = points.map((point) => bytesField(1, dataPoint(point, times)));
  if (!name.endsWith('.total')) {
    return message([textField(1, name), bytesField(5, message(dataPoints))]);
  }
  const sum = message([...dataPoints, numberField(2, isDelta ? DELTA : CUMULATIVE), numberField(3, 1)]);
  return message([textField(1, name), bytesField(7, sum)]);
}

function dataPoint({ value, tags }: Metric, { startMs, nowMs }: OtlpTimes): Buffer {
  // The broker knows the client by its connection.
  const attributes = Object.entries(tags)
    .filter(([name]) => name !== 'client-id')
    .map(([name, text]) => {
      const anyValue = message([textField(1, text)]);
      return bytesField(7, message([textField(1, name.replaceAll('-', '_')), bytesField(2, anyValue)]));
    });
  return message([nanosField(2, startMs), nanosField(3, nowMs), doubleField(4, value), ...attributes]);
}

function message(fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields);
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;

function bytesField(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint((number << 3) | LENGTH_DELIMITED), varint(bytes.length), bytes]);
}

function textField(number: number, text: string): Buffer {
  return bytesField(number, Buffer.from(text));
}

function numberField(number: number, value: number): Buffer {
  return Buffer.concat([varint((number << 3) | VARINT), varint(value)]);
}

function doubleField(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = (number << 3) | FIXED64;
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function nanosField(number: number, timeMs: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = (number << 3) | FIXED64;
  bytes.writeBigUInt64LE(BigInt(Math.round(timeMs)) * 1_000_000n, 1);
  return bytes;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}
