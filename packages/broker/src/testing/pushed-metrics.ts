/** A metric as OpenTelemetry has it. */
export interface EncodableMetric {
  readonly name: string;
  /** `delta` and `total` are sums. Default gauge. */
  readonly kind?: 'gauge' | 'delta' | 'total';
  /** Whole numbers are sent as such. */
  readonly value: number;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

const [DELTA, CUMULATIVE] = [1, 2];

/** MetricsData of OpenTelemetry, encoded by hand, so that what reads it has nothing to agree with. */
export function encodeMetrics(metrics: readonly EncodableMetric[]): Buffer {
  const scope = metrics.map((metric) => bytes(2, encodeMetric(metric)));
  return bytes(1, bytes(2, Buffer.concat(scope)));
}

function encodeMetric({ name, kind = 'gauge', value, attributes = {} }: EncodableMetric): Buffer {
  const point = Buffer.concat([
    eight(3, (target) => target.writeBigUInt64LE(1_767_225_600_000_000_000n)),
    Number.isInteger(value)
      ? eight(6, (target) => target.writeBigInt64LE(BigInt(value)))
      : eight(4, (target) => target.writeDoubleLE(value)),
    ...Object.entries(attributes).map(([key, text]) =>
      bytes(7, Buffer.concat([bytes(1, Buffer.from(key)), bytes(2, encodeAny(text))])),
    ),
  ]);
  const points = bytes(1, point);
  if (kind === 'gauge') return Buffer.concat([bytes(1, Buffer.from(name)), bytes(5, points)]);
  const sum = Buffer.concat([points, varint(2, kind === 'delta' ? DELTA : CUMULATIVE), varint(3, 1)]);
  return Buffer.concat([bytes(1, Buffer.from(name)), bytes(3, Buffer.from('1')), bytes(7, sum)]);
}

function encodeAny(value: string | number | boolean): Buffer {
  if (typeof value === 'string') return bytes(1, Buffer.from(value));
  return typeof value === 'boolean' ? varint(2, value ? 1 : 0) : varint(3, value);
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([number(field * 8 + 2), number(content.length), content]);
}

function varint(field: number, value: number): Buffer {
  return Buffer.concat([number(field * 8), number(value)]);
}

function eight(field: number, write: (target: Buffer) => void): Buffer {
  const target = Buffer.alloc(8);
  write(target);
  return Buffer.concat([number(field * 8 + 1), target]);
}

/** A varint; negative ones as the 64 bits that they are. */
function number(value: number): Buffer {
  const result: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  for (; left >= 128n; left >>= 7n) result.push(Number(left & 127n) | 128);
  return Buffer.from([...result, Number(left)]);
}
