import { DeserializationError, SerializationError } from '../../errors.ts';
import type { AvroType } from '../model/avro-type.ts';
import { branchName } from '../model/avro-type.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { AvroCodecSettings } from './codec-options.ts';
import { compileDecoder } from './compile-decoder.ts';
import { compileEncoder } from './compile-encoder.ts';
import { valueProblem } from './value-problem.ts';

/** One of each is enough: nothing waits between the beginning and the end of a record. */
const writer = new ByteWriter();
const reader = new ByteReader();

/** Writes values of a schema behind a prefix. */
export function avroEncoder(
  type: AvroType,
  settings: AvroCodecSettings,
): (value: unknown, prefix: Buffer) => Buffer {
  // At the top level, bytes are the payload itself: its length is that of the record.
  const write =
    type.kind === 'bytes'
      ? (_writer: ByteWriter, value: unknown) =>
          writer.raw(value instanceof Uint8Array ? value : writer.bad())
      : compileEncoder(type, settings);
  return (value, prefix) => {
    try {
      writer.begin(prefix);
      write(writer, value);
      return writer.finish();
    } catch (cause) {
      const found = valueProblem(type, value, settings);
      throw new SerializationError(
        `The value does not fit ${branchName(type)}: ${found?.problem ?? String(cause)}`,
        found?.path ?? '',
        { cause },
      );
    }
  };
}

/**
 * Reads what was written with one schema as values of another one.
 * @throws IncompatibleReaderError when that cannot be
 */
export function avroDecoder(
  written: AvroType,
  wanted: AvroType,
  settings: AvroCodecSettings,
): (data: Buffer, offset: number) => unknown {
  if (written.kind === 'bytes') return rawDecoder(wanted, settings);
  const read = compileDecoder(written, wanted, settings);
  return (data, offset) => {
    let left: number;
    let value: unknown;
    try {
      reader.begin(data, offset);
      value = read(reader);
      left = reader.finish();
    } catch (cause) {
      throw damaged(data, offset, written, reasonOf(cause), cause);
    }
    if (left < 0) throw damaged(data, offset, written, `they end ${-left} bytes too early`);
    if (left > 0 && settings.failOnTrailingData)
      throw damaged(data, offset, written, `${left} bytes follow the value`);
    return value;
  };
}

/** Top-level bytes carry no length, so one is put before them for a reader that wants something else than bytes. */
function rawDecoder(
  wanted: AvroType,
  settings: AvroCodecSettings,
): (data: Buffer, offset: number) => unknown {
  if (wanted.kind === 'bytes') return (data, offset) => Buffer.from(data.subarray(offset));
  const bytes: AvroType = { kind: 'bytes', properties: new Map(), logical: undefined };
  const read = compileDecoder(bytes, wanted, settings);
  const encode = avroEncoder(
    { kind: 'array', items: bytes, properties: new Map(), logical: undefined },
    settings,
  );
  return (data, offset) => {
    // An array of one item: its count, then the bytes with their length.
    reader.begin(encode([data.subarray(offset)], Buffer.alloc(0)), 1);
    return read(reader);
  };
}

function damaged(
  data: Buffer,
  offset: number,
  written: AvroType,
  reason: string,
  cause?: unknown,
): DeserializationError {
  return new DeserializationError(
    `${data.length - offset} bytes are no ${branchName(written)} in Avro: ${reason}`,
    cause === undefined ? undefined : { cause },
  );
}

function reasonOf(cause: unknown): string {
  // The stack: values inside each other, thousands deep.
  if (cause instanceof RangeError) return 'they hold values inside each other without end';
  return cause instanceof Error ? cause.message : String(cause);
}
