import type { RecordHeader } from '@millrace/protocol';
import type { RecordLocation } from '../consumer/run/run-errors.ts';
import type { SerdeHeader } from '../serde/serde.ts';

/**
 * Headers of records in retry topics and dead letter topics, as text in UTF-8. Named as those of Kafka Connect and
 * Kafka Streams (KIP-298, KIP-1034) with a prefix of our own.
 */
export const failureHeaders = {
  /** Where the record was first read. */
  topic: '__millrace.errors.topic',
  partition: '__millrace.errors.partition',
  offset: '__millrace.errors.offset',
  /** Milliseconds since 1970. */
  timestamp: '__millrace.errors.timestamp',
  /** Class of what was thrown last. */
  exception: '__millrace.errors.exception',
  message: '__millrace.errors.message',
  stacktrace: '__millrace.errors.stacktrace',
  /** How often it has been tried. */
  attempt: '__millrace.errors.attempt',
  /** Milliseconds since 1970; only in retry topics. */
  due: '__millrace.retry.due',
} as const;

const PREFIX = '__millrace.';
const MAX_MESSAGE_CHARACTERS = 1000;
const MAX_STACK_CHARACTERS = 4000;

/** What a record brings with it from where it first was. */
export interface FailedRecordOrigin extends RecordLocation {
  readonly timestampMs: number;
  readonly attempt: number;
}

/** Of a record in a retry or dead letter topic; undefined where somebody else has written it. */
export function readOrigin(headers: readonly RecordHeader[]): FailedRecordOrigin | undefined {
  const topic = text(headers, failureHeaders.topic);
  const numbers = [
    number(headers, failureHeaders.partition),
    number(headers, failureHeaders.offset),
    number(headers, failureHeaders.timestamp),
    number(headers, failureHeaders.attempt),
  ];
  const [partition, offset, timestampMs, attempt] = numbers;
  if (topic === undefined || partition === undefined || offset === undefined) return undefined;
  if (timestampMs === undefined || attempt === undefined) return undefined;
  return { topic, partition, offset, timestampMs, attempt };
}

/** Milliseconds since 1970; 0 where the record does not say, which is at once. */
export function readDueMs(headers: readonly RecordHeader[]): number {
  return number(headers, failureHeaders.due) ?? 0;
}

/** What the application put there itself. */
export function withoutFailureHeaders(headers: readonly RecordHeader[]): RecordHeader[] {
  return headers.filter(({ key }) => !key.startsWith(PREFIX));
}

/** @param dueMs undefined for dead letters */
export function failureHeadersOf(
  origin: FailedRecordOrigin,
  error: unknown,
  dueMs: number | undefined,
): SerdeHeader[] {
  const { exception, message, stack } = describe(error);
  const values: Partial<Record<keyof typeof failureHeaders, string>> = {
    topic: origin.topic,
    partition: String(origin.partition),
    offset: String(origin.offset),
    timestamp: String(origin.timestampMs),
    exception,
    message,
    stacktrace: stack,
    attempt: String(origin.attempt),
    ...(dueMs === undefined ? {} : { due: String(dueMs) }),
  };
  return Object.entries(values).map(([name, value]) => ({
    key: failureHeaders[name as keyof typeof failureHeaders],
    value: Buffer.from(value),
  }));
}

function describe(error: unknown): { exception: string; message: string; stack: string } {
  if (!(error instanceof Error)) {
    return { exception: typeof error, message: trimmed(String(error), MAX_MESSAGE_CHARACTERS), stack: '' };
  }
  const { name, constructor, message, stack = '' } = error;
  return {
    exception: name === 'Error' ? constructor.name : name,
    message: trimmed(message, MAX_MESSAGE_CHARACTERS),
    stack: trimmed(stack, MAX_STACK_CHARACTERS),
  };
}

function trimmed(value: string, maxCharacters: number): string {
  return value.length <= maxCharacters ? value : `${value.slice(0, maxCharacters)}…`;
}

/** The last one counts, as where a header is set twice. */
function text(headers: readonly RecordHeader[], key: string): string | undefined {
  return headers.findLast((header) => header.key === key)?.value?.toString();
}

function number(headers: readonly RecordHeader[], key: string): number | undefined {
  const found = text(headers, key);
  if (found === undefined || found === '') return undefined;
  const value = Number(found);
  return Number.isSafeInteger(value) ? value : undefined;
}
