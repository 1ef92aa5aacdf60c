import type { AvroType } from '../model/avro-type.ts';
import type { LogicalType } from '../model/logical-type.ts';

/** Between what stands in the bytes and what JavaScript sees of a logical type. */
export interface LogicalForm {
  /** From the number, string or bytes below, which are of the kind of the type. */
  readonly toValue: (raw: unknown) => unknown;
  /** Undefined for a value that has no such form; raw ones are passed on as they are. */
  readonly toRaw: (value: unknown) => unknown;
}

/** An Avro duration: three counts that do not add up to one. */
export interface AvroDuration {
  readonly months: number;
  readonly days: number;
  readonly millis: number;
}

const MS_PER_DAY = 86_400_000;
const MAX_UINT32 = 2 ** 32 - 1;
const DURATION_BYTES = 12;

/**
 * How logical types look in JavaScript, when they are converted. Everything is exact: where no type of JavaScript is, it
 * is text in the form of ISO 8601.
 *
 * | logical type | value |
 * |---|---|
 * | decimal | text such as `149.85`, with as many decimals as the scale says |
 * | uuid | text, also of the 16 bytes of a fixed |
 * | date | `2026-11-21` |
 * | time-millis, time-micros | `18:20:00.000`, `18:20:00.000000` |
 * | timestamp-millis | a `Date` |
 * | timestamp-micros, timestamp-nanos | `2026-11-21T18:20:00.000000Z`, with nine decimals for nanos |
 * | local-timestamp-* | the same without the Z |
 * | duration | `{ months, days, millis }` |
 */
export function logicalForms(type: AvroType): LogicalForm | undefined {
  const { logical } = type;
  if (logical === undefined) return undefined;
  switch (logical.name) {
    case 'decimal':
      return decimalForm(logical, type.kind === 'fixed' ? type.sizeBytes : undefined);
    case 'uuid':
      return type.kind === 'fixed' ? uuidForm : undefined;
    case 'date':
      return dateForm;
    case 'time-millis':
      return timeForm(3);
    case 'time-micros':
      return timeForm(6);
    case 'timestamp-millis':
      return timestampMillisForm;
    case 'timestamp-micros':
      return timestampForm(6, 'Z');
    case 'timestamp-nanos':
      return timestampForm(9, 'Z');
    case 'local-timestamp-millis':
      return timestampForm(3, '');
    case 'local-timestamp-micros':
      return timestampForm(6, '');
    case 'local-timestamp-nanos':
      return timestampForm(9, '');
    case 'duration':
      return durationForm;
  }
}

const timestampMillisForm: LogicalForm = {
  toValue: (raw) => new Date(Number(raw)),
  toRaw: (value) => (value instanceof Date ? value.getTime() : value),
};

const dateForm: LogicalForm = {
  toValue: (raw) => new Date(Number(raw) * MS_PER_DAY).toISOString().replace(/T.*/, ''),
  toRaw(value) {
    if (value instanceof Date) return Math.floor(value.getTime() / MS_PER_DAY);
    if (typeof value !== 'string') return value;
    const ms = /^[+-]?\d{4,6}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
    return Number.isNaN(ms) ? undefined : ms / MS_PER_DAY;
  },
};

function timeForm(decimals: 3 | 6): LogicalForm {
  const perSecond = 10 ** decimals;
  return {
    toValue(raw) {
      const units = Number(raw);
      const seconds = Math.floor(units / perSecond);
      const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
        .map(twoDigits)
        .join(':');
      return `${clock}.${String(units % perSecond).padStart(decimals, '0')}`;
    },
    toRaw(value) {
      if (typeof value !== 'string') return value;
      const match = /^(\d\d):(\d\d):(\d\d)(?:\.(\d+))?$/.exec(value);
      const fraction = fractionOf(match?.[4], decimals);
      if (match === null || fraction === undefined) return undefined;
      const [hours, minutes, seconds] = match.slice(1, 4).map(Number) as [number, number, number];
      return ((hours * 60 + minutes) * 60 + seconds) * perSecond + Number(fraction);
    },
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function timestampForm(decimals: 3 | 6 | 9, zone: 'Z' | ''): LogicalForm {
  const perMs = 10n ** BigInt(decimals - 3);
  const perSecond = perMs * 1000n;
  return {
    toValue(raw) {
      const units = BigInt(raw as number | bigint);
      const fraction = ((units % perSecond) + perSecond) % perSecond;
      const date = new Date(Number((units - fraction) / perMs));
      // Years beyond what JavaScript has a calendar for stay a number.
      if (Number.isNaN(date.getTime())) return raw;
      return date.toISOString().replace(/\.\d+Z$/, `.${String(fraction).padStart(decimals, '0')}${zone}`);
    },
    toRaw(value) {
      if (value instanceof Date) return BigInt(value.getTime()) * perMs;
      if (typeof value !== 'string') return value;
      const match = /^([^.Z]*T[^.Z]*?)(?:\.(\d+))?(Z?)$/.exec(value);
      const fraction = fractionOf(match?.[2], decimals);
      const ms = match === null ? NaN : Date.parse(`${match[1]}Z`);
      if (match === null || match[3] !== zone || fraction === undefined || Number.isNaN(ms)) return undefined;
      return BigInt(ms) * perMs + fraction;
    },
  };
}

/** Digits after the point as a count of the smallest unit; undefined when they are finer than that. */
function fractionOf(digits: string | undefined, decimals: number): bigint | undefined {
  const padded = (digits ?? '').padEnd(decimals, '0');
  if (/[1-9]/.test(padded.slice(decimals))) return undefined;
  return BigInt(padded.slice(0, decimals));
}

function decimalForm(
  { precision, scale }: LogicalType & { name: 'decimal' },
  sizeBytes: number | undefined,
): LogicalForm {
  const limit = 10n ** BigInt(precision);
  return {
    toValue(raw) {
      const bytes = raw as Buffer;
      const bits = bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
      const unscaled = BigInt.asIntN(bytes.length * 8, bits);
      const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
      const sign = unscaled < 0n ? '-' : '';
      return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    },
    toRaw(value) {
      if (value instanceof Uint8Array) return value;
      const unscaled = unscaledOf(value, scale);
      if (unscaled === undefined || unscaled >= limit || unscaled <= -limit) return undefined;
      return twosComplement(unscaled, sizeBytes);
    },
  };
}

function unscaledOf(value: unknown, scale: number): bigint | undefined {
  if (typeof value === 'bigint') return value * 10n ** BigInt(scale);
  const text = typeof value === 'number' ? String(value) : value;
  const match = typeof text === 'string' ? /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) : null;
  const fraction = fractionOf(match?.[3], scale);
  if (match === null || fraction === undefined) return undefined;
  const unscaled = BigInt(match[2] as string) * 10n ** BigInt(scale) + fraction;
  return match[1] === '-' ? -unscaled : unscaled;
}

/** Big-endian, in as few bytes as hold the sign too, or in all bytes of a fixed. */
function twosComplement(value: bigint, sizeBytes: number | undefined): Buffer {
  const magnitude = value < 0n ? -value - 1n : value;
  const bits = magnitude === 0n ? 0 : magnitude.toString(2).length;
  const size = sizeBytes ?? Math.floor(bits / 8) + 1;
  return Buffer.from(
    BigInt.asUintN(size * 8, value)
      .toString(16)
      .padStart(size * 2, '0'),
    'hex',
  );
}

const uuidForm: LogicalForm = {
  toValue(raw) {
    const hex = (raw as Buffer).toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  },
  toRaw(value) {
    if (typeof value !== 'string') return value;
    return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
      ? Buffer.from(value.replaceAll('-', ''), 'hex')
      : undefined;
  },
};

const durationForm: LogicalForm = {
  toValue(raw): AvroDuration {
    const bytes = raw as Buffer;
    return { months: bytes.readUInt32LE(0), days: bytes.readUInt32LE(4), millis: bytes.readUInt32LE(8) };
  },
  toRaw(value) {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    const { months, days, millis } = value as Partial<AvroDuration>;
    const bytes = Buffer.alloc(DURATION_BYTES);
    for (const [index, count] of [months, days, millis].entries()) {
      if (!Number.isInteger(count) || (count as number) < 0 || (count as number) > MAX_UINT32)
        return undefined;
      bytes.writeUInt32LE(count as number, index * 4);
    }
    return bytes;
  },
};
