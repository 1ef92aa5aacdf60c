/**
 * A compiled `.proto` file: `google.protobuf.FileDescriptorProto` and the messages it is made of, with the names of
 * descriptor.proto in camel case. Options are kept as the bytes of their message (`FileOptions` and so on), which is what
 * makes custom options exact. Source locations are not kept.
 */
export interface FileDescriptorProto {
  name?: string;
  package?: string;
  dependency: string[];
  /** Indexes into `dependency`. */
  publicDependency: number[];
  weakDependency: number[];
  optionDependency: string[];
  messageType: DescriptorProto[];
  enumType: EnumDescriptorProto[];
  service: ServiceDescriptorProto[];
  extension: FieldDescriptorProto[];
  options?: Buffer;
  /** Absent for proto2; `editions` when there is an edition. */
  syntax?: string;
  edition?: number;
}

export interface DescriptorProto {
  name: string;
  field: FieldDescriptorProto[];
  extension: FieldDescriptorProto[];
  nestedType: DescriptorProto[];
  enumType: EnumDescriptorProto[];
  extensionRange: ExtensionRange[];
  oneofDecl: OneofDescriptorProto[];
  options?: Buffer;
  reservedRange: NumberRange[];
  reservedName: string[];
  /** 1 local, 2 exported. */
  visibility?: number;
}

/** From `start` to before `end`; in enums to `end` itself. */
export interface NumberRange {
  start: number;
  end: number;
}

export interface ExtensionRange extends NumberRange {
  options?: Buffer;
}

export interface FieldDescriptorProto {
  name: string;
  extendee?: string;
  number: number;
  label: number;
  /** Absent until the type name is resolved. */
  type?: number;
  typeName?: string;
  defaultValue?: string;
  options?: Buffer;
  oneofIndex?: number;
  jsonName?: string;
  proto3Optional?: boolean;
}

export interface OneofDescriptorProto {
  name: string;
  options?: Buffer;
}

export interface EnumDescriptorProto {
  name: string;
  value: EnumValueDescriptorProto[];
  options?: Buffer;
  reservedRange: NumberRange[];
  reservedName: string[];
  visibility?: number;
}

export interface EnumValueDescriptorProto {
  name: string;
  number: number;
  options?: Buffer;
}

export interface ServiceDescriptorProto {
  name: string;
  method: MethodDescriptorProto[];
  options?: Buffer;
}

export interface MethodDescriptorProto {
  name: string;
  inputType: string;
  outputType: string;
  options?: Buffer;
  clientStreaming?: boolean;
  serverStreaming?: boolean;
}

/** `FieldDescriptorProto.Type`. */
export const FieldType = {
  DOUBLE: 1,
  FLOAT: 2,
  INT64: 3,
  UINT64: 4,
  INT32: 5,
  FIXED64: 6,
  FIXED32: 7,
  BOOL: 8,
  STRING: 9,
  GROUP: 10,
  MESSAGE: 11,
  BYTES: 12,
  UINT32: 13,
  ENUM: 14,
  SFIXED32: 15,
  SFIXED64: 16,
  SINT32: 17,
  SINT64: 18,
} as const;

/** `FieldDescriptorProto.Label`. */
export const FieldLabel = { OPTIONAL: 1, REQUIRED: 2, REPEATED: 3 } as const;

/** `SymbolVisibility`. */
export const Visibility = { LOCAL: 1, EXPORT: 2 } as const;

/** The name that a scalar type has in a `.proto` file; undefined for messages, groups and enums. */
export function scalarTypeName(type: number): string | undefined {
  return SCALAR_NAMES.get(type);
}

/** The number of a scalar type by its name in a `.proto` file; undefined for other names. */
export function scalarTypeNumber(name: string): number | undefined {
  return SCALAR_NUMBERS.get(name);
}

const NAMED: ReadonlySet<number> = new Set([FieldType.GROUP, FieldType.MESSAGE, FieldType.ENUM]);
const SCALAR_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(FieldType)
    .filter(([, type]) => !NAMED.has(type))
    .map(([name, type]) => [type, name.toLowerCase()]),
);
const SCALAR_NUMBERS: ReadonlyMap<string, number> = new Map(
  [...SCALAR_NAMES].map(([type, name]) => [name, type]),
);
