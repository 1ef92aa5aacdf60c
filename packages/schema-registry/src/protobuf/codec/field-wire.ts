import { FieldType, scalarTypeName } from '../descriptor/descriptor.ts';
import type { FieldModel } from '../link/model.ts';

const FIXED32: ReadonlySet<number> = new Set([FieldType.FIXED32, FieldType.SFIXED32, FieldType.FLOAT]);
const FIXED64: ReadonlySet<number> = new Set([FieldType.FIXED64, FieldType.SFIXED64, FieldType.DOUBLE]);
const LONGS: ReadonlySet<number> = new Set([
  FieldType.INT64,
  FieldType.UINT64,
  FieldType.SINT64,
  FieldType.FIXED64,
  FieldType.SFIXED64,
]);

/** The wire type of one value: 0 varint, 1 eight bytes, 2 with a length, 3 group, 5 four bytes. */
export function wireTypeOf(type: number): number {
  if (type === FieldType.GROUP) return 3;
  if (FIXED32.has(type)) return 5;
  if (FIXED64.has(type)) return 1;
  const hasLength = type === FieldType.STRING || type === FieldType.BYTES || type === FieldType.MESSAGE;
  return hasLength ? 2 : 0;
}

/** The tag in front of one value of the field. */
export function tagOf({ number, type }: FieldModel): number {
  return tag(number, wireTypeOf(type));
}

/** The number of a field and a wire type in one. */
export function tag(number: number, wireType: number): number {
  return ((number << 3) | wireType) >>> 0;
}

/** Whether the type has 64 bits that a number cannot always hold. */
export function isLong(type: number): boolean {
  return LONGS.has(type);
}

/** The method of writer and reader for a type that is no message; enums are written as their numbers. */
export function wireMethod(type: number): string {
  return type === FieldType.ENUM ? 'int32' : (scalarTypeName(type) ?? 'bytes');
}

/** The two fields of a map entry. */
export function mapFields(field: FieldModel): { readonly key: FieldModel; readonly value: FieldModel } {
  const key = field.message?.fields.find(({ number }) => number === 1);
  const value = field.message?.fields.find(({ number }) => number === 2);
  if (key === undefined || value === undefined) throw new TypeError(`${field.fullName} is no map`);
  return { key, value };
}
