import type { ProducerRecord } from '@millrace/client';
import { CliError } from '../cli-error.ts';

export interface RecordFormat {
  readonly topic: string;
  readonly partition?: number | undefined;
  /** Text between key and value; without one the whole line is the value. */
  readonly keySeparator?: string | undefined;
  /** A key or value that reads exactly so is null. */
  readonly nullMarker?: string | undefined;
  /** Added to every record. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A record from one line. @throws CliError where a key separator is set and the line has none */
export function parseLine(line: Buffer, format: RecordFormat, lineNumber: number): ProducerRecord {
  const { key, value } = split(line, format, lineNumber);
  return {
    topic: format.topic,
    ...(format.partition === undefined ? {} : { partition: format.partition }),
    key: orNull(key, format.nullMarker),
    value: orNull(value, format.nullMarker),
    headers: Object.entries(format.headers).map(([name, header]) => ({ key: name, value: header })),
  };
}

function split(
  line: Buffer,
  { keySeparator }: RecordFormat,
  lineNumber: number,
): { key: Buffer | null; value: Buffer } {
  if (keySeparator === undefined) return { key: null, value: line };
  const at = line.indexOf(keySeparator);
  if (at === -1) {
    throw new CliError(`Line ${lineNumber} has no key separator "${keySeparator}"`, {
      hint: 'Leave --key-separator out for values without keys. Records of earlier lines were sent.',
    });
  }
  return { key: line.subarray(0, at), value: line.subarray(at + Buffer.byteLength(keySeparator)) };
}

function orNull(bytes: Buffer | null, nullMarker: string | undefined): Buffer | null {
  return bytes === null || (nullMarker !== undefined && bytes.toString() === nullMarker) ? null : bytes;
}

interface JsonRecord {
  readonly key?: unknown;
  readonly value?: unknown;
  readonly headers?: unknown;
  readonly partition?: unknown;
  readonly timestamp?: unknown;
}

/**
 * A record from one line of JSON as `consume --output json` prints it, so that one can be piped into the other. Objects as
 * key or value are sent as their JSON text.
 * @throws CliError
 */
export function parseJsonLine(line: Buffer, format: RecordFormat, lineNumber: number): ProducerRecord {
  const { key = null, value = null, headers = [], partition, timestamp } = parseJson(line, lineNumber);
  const chosen = format.partition ?? (typeof partition === 'number' ? partition : undefined);
  return {
    topic: format.topic,
    ...(chosen === undefined ? {} : { partition: chosen }),
    key: toBytes(key),
    value: toBytes(value),
    headers: [...headersOf(headers), ...headersOf(format.headers)],
    ...(typeof timestamp === 'number' ? { timestampMs: timestamp } : {}),
  };
}

function parseJson(line: Buffer, lineNumber: number): JsonRecord {
  try {
    const parsed = JSON.parse(line.toString()) as unknown;
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch (cause) {
    throw new CliError(`Line ${lineNumber} is not JSON: ${(cause as Error).message}`, { cause });
  }
  throw new CliError(`Line ${lineNumber} is not a JSON object with "key", "value" and "headers"`);
}

/** `{"base64": ...}` is how `consume` prints bytes that are no text. */
function toBytes(value: unknown): string | Buffer | null {
  if (value === null || typeof value === 'string') return value;
  const { base64 } = value as { base64?: unknown };
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : JSON.stringify(value);
}

function headersOf(headers: unknown): { key: string; value: string | Buffer | null }[] {
  const pairs: [string, unknown][] = Array.isArray(headers)
    ? (headers as [string, unknown][])
    : Object.entries(headers as Record<string, unknown>);
  return pairs.map(([key, value]) => ({ key, value: toBytes(value ?? null) }));
}
