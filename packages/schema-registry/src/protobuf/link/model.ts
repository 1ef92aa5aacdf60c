import type {
  DescriptorProto,
  EnumDescriptorProto,
  FieldDescriptorProto,
  FileDescriptorProto,
  MethodDescriptorProto,
  ServiceDescriptorProto,
} from '../descriptor/descriptor.ts';
import type { Features } from './features.ts';

/**
 * A file whose names are resolved: what the compatibility check, the codec and the type generator work on. Built by the
 * linker and not changed afterwards.
 */
export interface FileModel {
  /** The path that other files import it by. */
  readonly path: string;
  /** With resolved type names and the bytes of all options. */
  readonly descriptor: FileDescriptorProto;
  readonly package: string;
  readonly syntax: 'proto2' | 'proto3' | 'editions';
  /** In the order of the imports; an import that was not found is left out when the file is read leniently. */
  readonly dependencies: readonly FileModel[];
  readonly publicDependencies: readonly FileModel[];
  readonly messages: readonly MessageModel[];
  readonly enums: readonly EnumModel[];
  readonly extensions: readonly FieldModel[];
  readonly services: readonly ServiceModel[];
  readonly symbols: ReadonlyMap<string, SymbolModel>;
}

/** Whatever has a full name. */
export type SymbolModel =
  | MessageModel
  | EnumModel
  | EnumValueModel
  | FieldModel
  | OneofModel
  | ServiceModel
  | MethodModel;

/** A message; groups and map entries are messages too. */
export interface MessageModel {
  readonly kind: 'message';
  readonly name: string;
  readonly fullName: string;
  readonly file: FileModel;
  readonly parent: MessageModel | undefined;
  readonly descriptor: DescriptorProto;
  readonly fields: readonly FieldModel[];
  readonly oneofs: readonly OneofModel[];
  readonly messages: readonly MessageModel[];
  readonly enums: readonly EnumModel[];
  readonly extensions: readonly FieldModel[];
  /** Whether it stands behind a map field. */
  isMapEntry: boolean;
  features: Features;
}

/** A field of a message, or an extension. */
export interface FieldModel {
  readonly kind: 'field';
  readonly name: string;
  readonly fullName: string;
  jsonName: string;
  readonly number: number;
  readonly file: FileModel;
  /** The message it is declared in; of an extension only its scope, undefined at the top of a file. */
  readonly parent: MessageModel | undefined;
  readonly descriptor: FieldDescriptorProto;
  readonly oneof: OneofModel | undefined;
  /** The message that an extension extends. */
  extendee: MessageModel | undefined;
  /** `FieldType`; GROUP for whatever is written between group tags. */
  type: number;
  /** Of messages and groups. */
  message: MessageModel | undefined;
  /** Of enums. */
  enumType: EnumModel | undefined;
  readonly isRepeated: boolean;
  isRequired: boolean;
  /** Whether "not set" differs from the default value: messages, oneofs, proto2, `optional`. */
  hasPresence: boolean;
  isPacked: boolean;
  features: Features;
}

/** A oneof; a synthetic one stands behind an `optional` field of proto3. */
export interface OneofModel {
  readonly kind: 'oneof';
  /** Its place among the oneofs of its message. */
  readonly index: number;
  readonly name: string;
  readonly fullName: string;
  readonly parent: MessageModel;
  readonly fields: readonly FieldModel[];
  readonly isSynthetic: boolean;
  features: Features;
}

/** An enum with its values, as it is after names were resolved. */
export interface EnumModel {
  readonly kind: 'enum';
  readonly name: string;
  readonly fullName: string;
  readonly file: FileModel;
  readonly parent: MessageModel | undefined;
  readonly descriptor: EnumDescriptorProto;
  readonly values: readonly EnumValueModel[];
  /** Whether numbers without a name count as unknown fields. */
  isClosed: boolean;
}

/** One value of an enum. */
export interface EnumValueModel {
  readonly kind: 'enumValue';
  readonly name: string;
  readonly fullName: string;
  readonly number: number;
  readonly enumType: EnumModel;
}

/** A service with its methods. */
export interface ServiceModel {
  readonly kind: 'service';
  readonly name: string;
  readonly fullName: string;
  readonly descriptor: ServiceDescriptorProto;
  readonly methods: readonly MethodModel[];
}

export interface MethodModel {
  readonly kind: 'method';
  readonly name: string;
  readonly fullName: string;
  readonly descriptor: MethodDescriptorProto;
}

/** Whether a field is a map: repeated entries of key and value. */
export function isMapField(field: FieldModel): boolean {
  return field.isRepeated && field.message?.isMapEntry === true;
}
