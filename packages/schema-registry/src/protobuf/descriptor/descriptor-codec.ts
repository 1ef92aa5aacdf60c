import type { FileDescriptorProto } from './descriptor.ts';
import { MalformedMessageError, rawFieldsOf, WireBytesWriter, type RawField } from './wire-bytes.ts';

/** One field of a descriptor message: its key in the interface, its number, and what it holds. */
interface Entry {
  readonly key: string;
  readonly number: number;
  readonly kind: 'string' | 'int32' | 'bool' | 'bytes' | Table;
  readonly isRepeated: boolean;
}

/** A message of descriptor.proto, its fields by ascending number. */
type Table = readonly Entry[];

function one(key: string, number: number, kind: Entry['kind']): Entry {
  return { key, number, kind, isRepeated: false };
}

function many(key: string, number: number, kind: Entry['kind']): Entry {
  return { key, number, kind, isRepeated: true };
}

const RANGE: Table = [one('start', 1, 'int32'), one('end', 2, 'int32')];
const EXTENSION_RANGE: Table = [...RANGE, one('options', 3, 'bytes')];
const FIELD: Table = [
  one('name', 1, 'string'),
  one('extendee', 2, 'string'),
  one('number', 3, 'int32'),
  one('label', 4, 'int32'),
  one('type', 5, 'int32'),
  one('typeName', 6, 'string'),
  one('defaultValue', 7, 'string'),
  one('options', 8, 'bytes'),
  one('oneofIndex', 9, 'int32'),
  one('jsonName', 10, 'string'),
  one('proto3Optional', 17, 'bool'),
];
const ONEOF: Table = [one('name', 1, 'string'), one('options', 2, 'bytes')];
const ENUM_VALUE: Table = [one('name', 1, 'string'), one('number', 2, 'int32'), one('options', 3, 'bytes')];
const ENUM: Table = [
  one('name', 1, 'string'),
  many('value', 2, ENUM_VALUE),
  one('options', 3, 'bytes'),
  many('reservedRange', 4, RANGE),
  many('reservedName', 5, 'string'),
  one('visibility', 6, 'int32'),
];
const METHOD: Table = [
  one('name', 1, 'string'),
  one('inputType', 2, 'string'),
  one('outputType', 3, 'string'),
  one('options', 4, 'bytes'),
  one('clientStreaming', 5, 'bool'),
  one('serverStreaming', 6, 'bool'),
];
const SERVICE: Table = [one('name', 1, 'string'), many('method', 2, METHOD), one('options', 3, 'bytes')];
const MESSAGE: Entry[] = [
  one('name', 1, 'string'),
  many('field', 2, FIELD),
  many('enumType', 4, ENUM),
  many('extensionRange', 5, EXTENSION_RANGE),
  many('extension', 6, FIELD),
  one('options', 7, 'bytes'),
  many('oneofDecl', 8, ONEOF),
  many('reservedRange', 9, RANGE),
  many('reservedName', 10, 'string'),
  one('visibility', 11, 'int32'),
];
MESSAGE.splice(2, 0, many('nestedType', 3, MESSAGE));
const FILE: Table = [
  one('name', 1, 'string'),
  one('package', 2, 'string'),
  many('dependency', 3, 'string'),
  many('messageType', 4, MESSAGE),
  many('enumType', 5, ENUM),
  many('service', 6, SERVICE),
  many('extension', 7, FIELD),
  one('options', 8, 'bytes'),
  many('publicDependency', 10, 'int32'),
  many('weakDependency', 11, 'int32'),
  one('syntax', 12, 'string'),
  one('edition', 14, 'int32'),
  many('optionDependency', 15, 'string'),
];

type Content = Record<string, unknown>;

/** The bytes of a file descriptor, as protoc writes them. */
export function encodeFileDescriptor(file: FileDescriptorProto): Buffer {
  return encode(FILE, { ...file });
}

/** A file descriptor from its bytes; unknown fields are dropped. @throws MalformedMessageError */
export function decodeFileDescriptor(bytes: Buffer): FileDescriptorProto {
  return decode(FILE, bytes, 0) as FileDescriptorProto;
}

function encode(table: Table, content: Content): Buffer {
  const writer = new WireBytesWriter();
  for (const { key, number, kind, isRepeated } of table) {
    const value = content[key];
    if (value === undefined) continue;
    for (const item of isRepeated ? (value as readonly unknown[]) : [value])
      encodeValue(writer, number, kind, item);
  }
  return writer.finish();
}

function encodeValue(writer: WireBytesWriter, number: number, kind: Entry['kind'], value: unknown): void {
  if (kind === 'string') writer.bytes(number, Buffer.from(value as string));
  else if (kind === 'bytes') writer.bytes(number, value as Buffer);
  else if (kind === 'int32') writer.varint(number, BigInt(value as number));
  else if (kind === 'bool') writer.varint(number, value === true ? 1n : 0n);
  else writer.bytes(number, encode(kind, value as Content));
}

/** Deeper nesting than protoc allows is refused before it fills the stack. */
const MAX_DEPTH = 100;

function decode(table: Table, bytes: Buffer, depth: number): object {
  if (depth > MAX_DEPTH) throw new MalformedMessageError('Messages nest too deep');
  const content: Content = {};
  for (const { key, isRepeated } of table) if (isRepeated) content[key] = [];
  for (const field of rawFieldsOf(bytes)) {
    const entry = table.find(({ number }) => number === field.number);
    if (entry === undefined) continue;
    for (const value of decodeValues(entry, field, depth)) {
      if (entry.isRepeated) (content[entry.key] as unknown[]).push(value);
      else content[entry.key] = value;
    }
  }
  return content;
}

function decodeValues({ kind, key }: Entry, field: RawField, depth: number): readonly unknown[] {
  const wanted = kind === 'int32' || kind === 'bool' ? 0 : 2;
  if (wanted === 0 && field.wireType === 2) return packedInt32(field.bytes);
  if (field.wireType !== wanted)
    throw new MalformedMessageError(`Field "${key}" has the wire type ${field.wireType}`);
  if (kind === 'int32') return [Number(BigInt.asIntN(32, field.value))];
  if (kind === 'bool') return [field.value !== 0n];
  if (kind === 'string') return [field.bytes.toString()];
  if (kind === 'bytes') return [field.bytes];
  return [decode(kind, field.bytes, depth + 1)];
}

/** Dependency indexes may come packed. */
function packedInt32(bytes: Buffer): readonly number[] {
  const values: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte < 0x80) {
      values.push(value);
      value = 0;
      scale = 1;
    }
  }
  return values;
}
