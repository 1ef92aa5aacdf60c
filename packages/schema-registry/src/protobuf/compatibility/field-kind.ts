import { FieldLabel, FieldType, scalarTypeName } from '../descriptor/descriptor.ts';
import { isMapField, type FieldModel } from '../link/model.ts';

/** What a field is on the wire, as far as a change of it cannot be read. */
export type FieldKind = 'scalar' | 'map' | 'message' | 'group';

export function fieldKind(field: FieldModel): FieldKind {
  if (isMapField(field)) return 'map';
  if (field.type === FieldType.GROUP) return 'group';
  return field.type === FieldType.MESSAGE ? 'message' : 'scalar';
}

/** Scalars that can stand for each other on the wire. */
export type ScalarKind =
  | 'number'
  | 'signed number'
  | 'string or bytes'
  | 'fixed32'
  | 'fixed64'
  | 'float'
  | 'double';

const SCALAR_KINDS: Readonly<Record<number, ScalarKind>> = {
  [FieldType.INT32]: 'number',
  [FieldType.INT64]: 'number',
  [FieldType.UINT32]: 'number',
  [FieldType.UINT64]: 'number',
  [FieldType.BOOL]: 'number',
  [FieldType.ENUM]: 'number',
  [FieldType.SINT32]: 'signed number',
  [FieldType.SINT64]: 'signed number',
  [FieldType.STRING]: 'string or bytes',
  [FieldType.BYTES]: 'string or bytes',
  [FieldType.FIXED32]: 'fixed32',
  [FieldType.SFIXED32]: 'fixed32',
  [FieldType.FIXED64]: 'fixed64',
  [FieldType.SFIXED64]: 'fixed64',
  [FieldType.FLOAT]: 'float',
  [FieldType.DOUBLE]: 'double',
};

export function scalarKind(field: FieldModel): ScalarKind | undefined {
  return SCALAR_KINDS[field.type];
}

/** The label as it is written; undefined for members of a oneof and for plain fields of proto3 and editions. */
export function writtenLabel(field: FieldModel): 'optional' | 'required' | 'repeated' | undefined {
  if (field.isRepeated) return 'repeated';
  if (field.isRequired) return 'required';
  const { label, proto3Optional } = field.descriptor;
  if (proto3Optional === true) return 'optional';
  const isProto2 = field.file.syntax === 'proto2' && field.oneof === undefined;
  return isProto2 && label === FieldLabel.OPTIONAL ? 'optional' : undefined;
}

/** The type of a field for people. */
export function typeText(field: FieldModel): string {
  if (isMapField(field)) {
    const [key, value] = field.message?.fields ?? [];
    return key === undefined || value === undefined ? 'map' : `map<${typeText(key)}, ${typeText(value)}>`;
  }
  return (field.message ?? field.enumType)?.fullName ?? scalarTypeName(field.type) ?? 'unknown';
}
