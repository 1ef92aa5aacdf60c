import { protobufFields } from './protobuf-fields.ts';

/** A value that a client has pushed. */
export interface PushedMetric {
  /** `org.apache.kafka.producer.connection.creation.rate` */
  readonly name: string;
  readonly unit: string;
  /** What is added up since the push before, a sum so far, or a value of the moment. */
  readonly kind: 'delta' | 'total' | 'gauge';
  readonly attributes: ReadonlyMap<string, string>;
  readonly value: number;
}

/** Of one push; more is refused rather than worked through. */
const MAX_METRICS = 10_000;
const DELTA = 1;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/**
 * Reads MetricsData of OpenTelemetry 1.x, the form in which clients push. Gauges and sums are read, which is what Kafka's
 * clients have; histograms are passed over.
 * @throws RangeError for what is no such message
 */
export function decodeMetrics(data: Buffer): PushedMetric[] {
  const found: PushedMetric[] = [];
  for (const resource of messages(data, 1)) {
    for (const scope of messages(resource, 2)) {
      for (const metric of messages(scope, 2)) readMetric(metric, found);
    }
  }
  return found;
}

function readMetric(metric: Buffer, found: PushedMetric[]): void {
  let [name, unit] = ['', ''];
  let [gauge, sum]: (Buffer | undefined)[] = [];
  for (const { number, value } of protobufFields(metric)) {
    if (typeof value === 'number') continue;
    if (number === 1) name = value.toString();
    else if (number === 3) unit = value.toString();
    else if (number === 5) gauge = value;
    else if (number === 7) sum = value;
  }
  const points = gauge ?? sum;
  if (points === undefined) return;
  const kind = sum === undefined ? 'gauge' : temporalityOf(sum) === DELTA ? 'delta' : 'total';
  for (const point of messages(points, 1)) {
    const read = readPoint(point);
    if (read === undefined) continue;
    if (found.length === MAX_METRICS) throw new RangeError(`more than ${MAX_METRICS} metrics`);
    found.push({ name, unit, kind, ...read });
  }
}

function temporalityOf(sum: Buffer): number {
  for (const { number, value } of protobufFields(sum)) {
    if (number === 2 && typeof value === 'number') return value;
  }
  return 0;
}

function readPoint(point: Buffer): Pick<PushedMetric, 'attributes' | 'value'> | undefined {
  let result: number | undefined;
  let attributes: Map<string, string> | undefined;
  for (const { number, value } of protobufFields(point)) {
    if (typeof value === 'number') continue;
    if (number === 4) result = value.readDoubleLE();
    else if (number === 6) result = Number(value.readBigInt64LE());
    else if (number === 7) {
      const [key, text] = readAttribute(value);
      (attributes ??= new Map()).set(key, text);
    }
  }
  return result === undefined ? undefined : { value: result, attributes: attributes ?? NO_ATTRIBUTES };
}

function readAttribute(attribute: Buffer): readonly [key: string, text: string] {
  let [key, text] = ['', ''];
  for (const { number, value } of protobufFields(attribute)) {
    if (typeof value === 'number') continue;
    if (number === 1) key = value.toString();
    else if (number === 2) text = readAnyValue(value);
  }
  return [key, text];
}

/** As text, since labels are. Lists and maps are left empty. */
function readAnyValue(any: Buffer): string {
  for (const { number, value } of protobufFields(any)) {
    if (number === 1 && typeof value !== 'number') return value.toString();
    if (number === 2) return String(value !== 0);
    if (number === 3 && typeof value === 'number') return String(value);
    if (number === 4 && typeof value !== 'number') return String(value.readDoubleLE());
  }
  return '';
}

/** The messages in a field. */
function* messages(message: Buffer, field: number): Iterable<Buffer> {
  for (const { number, value } of protobufFields(message)) {
    if (number === field && typeof value !== 'number') yield value;
  }
}
