import { WireReader, WireWriter } from '@millrace/protocol';

/** A key or value of a record in an internal topic: an int16, the type of the key or the version of the value, first. */
export function prefixedBytes(prefix: number, write: (writer: WireWriter) => void): Buffer {
  const writer = new WireWriter(128);
  writer.int16(prefix);
  write(writer);
  return writer.toBuffer();
}

/** @returns null for a tombstone @throws DecodeError for damaged bytes */
export function readPrefixed<Value>(
  bytes: Buffer | null,
  read: (reader: WireReader, prefix: number) => Value,
): Value | null {
  if (bytes === null) return null;
  const reader = new WireReader(bytes);
  const prefix = reader.int16();
  return read(reader, prefix);
}
