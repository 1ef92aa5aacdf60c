import type { AvroRecord, AvroType } from '../model/avro-type.ts';

/** By record; 0 while it is being counted, which is less than it is, and only makes a bound wider. */
const counted = new WeakMap<AvroRecord, number>();

/** Least bytes that a value takes: what bounds how many items a block of so many bytes can have. */
export function minBytes(type: AvroType): number {
  switch (type.kind) {
    case 'null':
      return 0;
    case 'float':
      return 4;
    case 'double':
      return 8;
    case 'fixed':
      return type.sizeBytes;
    case 'record':
      return recordBytes(type);
    case 'boolean':
    case 'int':
    case 'long':
    case 'string':
    case 'bytes':
    case 'enum':
    case 'array':
    case 'map':
    case 'union':
      return 1;
  }
}

function recordBytes(type: AvroRecord): number {
  const known = counted.get(type);
  if (known !== undefined) return known;
  counted.set(type, 0);
  const bytes = type.fields.reduce((sum, field) => sum + minBytes(field.type), 0);
  counted.set(type, bytes);
  return bytes;
}
