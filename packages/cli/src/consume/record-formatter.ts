import type { ConsumerRecord } from '@millrace/client';
import { CliError } from '../cli-error.ts';

export type RecordFormatter = (record: ConsumerRecord) => Buffer;

type Part = (record: ConsumerRecord) => string | Buffer;

/** kcat's tokens. */
const tokens: Readonly<Record<string, Part>> = {
  t: (record) => record.topic,
  p: (record) => String(record.partition),
  o: (record) => String(record.offset),
  k: (record) => record.key ?? '',
  v: (record) => record.value ?? '',
  s: (record) => record.value ?? '',
  K: (record) => String(record.key?.length ?? -1),
  S: (record) => String(record.value?.length ?? -1),
  T: (record) => String(record.timestampMs),
  h: (record) => record.headers.map(({ key, value }) => `${key}=${value?.toString() ?? 'NULL'}`).join(','),
  '%': () => '%',
};

/** What `--format` may hold, for the help text. */
export const formatHelp =
  '%t topic, %p partition, %o offset, %k key, %v value, %h headers, %T timestamp in ms, %K and %S sizes, \\n \\t \\0';

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\\': '\\' };

/**
 * Compiles a template such as `%p %o %k %v\n`. Keys and values are written as the bytes they are. A line end is added
 * unless the template has one.
 * @throws CliError for an unknown token
 */
export function compileFormat(template: string): RecordFormatter {
  const parts: Part[] = [];
  for (const [piece] of template.matchAll(/%[^]|\\[^]|[^%\\]+|[%\\]/g)) parts.push(partOf(piece));
  if (!/\\n|\n/.test(template)) parts.push(() => '\n');
  return (record) => Buffer.concat(parts.map((part) => toBuffer(part(record))));
}

function partOf(piece: string): Part {
  if (piece.startsWith('\\')) {
    const text = escapes[piece.slice(1)] ?? piece;
    return () => text;
  }
  if (!piece.startsWith('%')) return () => piece;
  const token = tokens[piece.slice(1)];
  if (token === undefined)
    throw CliError.usage(`--format has no token ${piece}`, `There are: ${formatHelp}.`);
  return token;
}

function toBuffer(value: string | Buffer): Buffer {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

/** One JSON object a line; keys and values as text, or `{"base64": ...}` where the bytes are no UTF-8. */
export const jsonLine: RecordFormatter = (record) => {
  const line = {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestampMs,
    key: textOrBase64(record.key),
    value: textOrBase64(record.value),
    headers: record.headers.map(({ key, value }) => [key, textOrBase64(value)]),
  };
  return Buffer.from(`${JSON.stringify(line)}\n`);
};

function textOrBase64(bytes: Buffer | null): string | { base64: string } | null {
  if (bytes === null) return null;
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') && !bytes.equals(Buffer.from(text))
    ? { base64: bytes.toString('base64') }
    : text;
}
