/**
 * A `.proto` file as it is written, without comments: names are not resolved and nothing is checked beyond the grammar.
 * Every `at` is an offset into the text; 0 where there was no text.
 */
export interface ProtoFile {
  /** Undefined when neither `syntax` nor `edition` is written, which means proto2. */
  readonly syntax: 'proto2' | 'proto3' | undefined;
  /** The edition such as `2023`; undefined when the file has a syntax. */
  readonly edition: string | undefined;
  readonly package: string | undefined;
  readonly imports: readonly ProtoImport[];
  /** In source order. */
  readonly elements: readonly ProtoFileElement[];
}

/** What stands at the top of a file. */
export type ProtoFileElement = ProtoMessage | ProtoEnum | ProtoExtend | ProtoService | ProtoOption;
/** What stands in a message. */
export type ProtoMessageElement =
  | ProtoField
  | ProtoOneof
  | ProtoMessage
  | ProtoEnum
  | ProtoExtend
  | ProtoReserved
  | ProtoExtensions
  | ProtoOption;
/** What stands in an enum. */
export type ProtoEnumElement = ProtoEnumValue | ProtoReserved | ProtoOption;

/** `import [public | weak | option] "path";` */
export interface ProtoImport {
  readonly at: number;
  readonly path: string;
  readonly modifier: 'public' | 'weak' | 'option' | undefined;
}

/** Who sees a type, from edition 2024 on. */
export type ProtoVisibility = 'export' | 'local' | undefined;

/** `message Name { … }` */
export interface ProtoMessage {
  readonly kind: 'message';
  readonly at: number;
  readonly name: string;
  readonly visibility: ProtoVisibility;
  readonly elements: readonly ProtoMessageElement[];
}

/** The label of a field, as far as it is written. */
export type ProtoLabel = 'optional' | 'required' | 'repeated' | undefined;

/** A field, a map field, or a group. */
export interface ProtoField {
  readonly kind: 'field';
  readonly at: number;
  readonly label: ProtoLabel;
  /** A scalar, or the name of a type as written; of a map what it maps to; of a group the name of the group. */
  readonly type: string;
  /** The key type of a map field. */
  readonly mapKey: string | undefined;
  readonly name: string;
  readonly number: number;
  readonly numberAt: number;
  readonly options: readonly ProtoOption[];
  /** The message that a group declares. */
  readonly group: ProtoMessage | undefined;
}

/** `oneof name { … }` */
export interface ProtoOneof {
  readonly kind: 'oneof';
  readonly at: number;
  readonly name: string;
  readonly fields: readonly ProtoField[];
  readonly options: readonly ProtoOption[];
}

/** `enum Name { … }` */
export interface ProtoEnum {
  readonly kind: 'enum';
  readonly at: number;
  readonly name: string;
  readonly visibility: ProtoVisibility;
  readonly elements: readonly ProtoEnumElement[];
}

/** `NAME = 1;` */
export interface ProtoEnumValue {
  readonly kind: 'enumValue';
  readonly at: number;
  readonly name: string;
  readonly number: number;
  readonly options: readonly ProtoOption[];
}

/** Numbers from `start` to `end`, both included; `end` undefined when one number is written. */
export interface ProtoRange {
  readonly at: number;
  readonly start: number;
  readonly end: number | undefined;
}

/** `reserved 1, 3 to 5;` or `reserved "name";` */
export interface ProtoReserved {
  readonly kind: 'reserved';
  readonly at: number;
  readonly ranges: readonly ProtoRange[];
  readonly names: readonly string[];
}

/** `extensions 100 to max;` */
export interface ProtoExtensions {
  readonly kind: 'extensions';
  readonly at: number;
  readonly ranges: readonly ProtoRange[];
  readonly options: readonly ProtoOption[];
}

/** `extend Name { … }` */
export interface ProtoExtend {
  readonly kind: 'extend';
  readonly at: number;
  readonly extendee: string;
  readonly fields: readonly ProtoField[];
}

/** `service Name { … }` */
export interface ProtoService {
  readonly kind: 'service';
  readonly at: number;
  readonly name: string;
  readonly methods: readonly ProtoMethod[];
  readonly options: readonly ProtoOption[];
}

/** `rpc Name (Request) returns (Response);` */
export interface ProtoMethod {
  readonly kind: 'method';
  readonly at: number;
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
  readonly options: readonly ProtoOption[];
  /** Whether there is a body, even an empty one. */
  readonly hasBody: boolean;
}

/** One step of an option's name: `deprecated`, or `(my.option)`, which names an extension. */
export interface ProtoOptionStep {
  readonly name: string;
  readonly isExtension: boolean;
}

/** `option (my.option).deep = value;` or the same in brackets. */
export interface ProtoOption {
  readonly kind: 'option';
  readonly at: number;
  readonly name: readonly ProtoOptionStep[];
  readonly value: ProtoValue;
  readonly valueAt: number;
}

/** The value of an option, or of a field within one. */
export type ProtoValue =
  /** `true`, `FOO`, `inf`, `-inf`, `nan`. */
  | { readonly kind: 'identifier'; readonly text: string }
  /** As written, perhaps with a minus. */
  | { readonly kind: 'number'; readonly text: string }
  /** One character a byte. */
  | { readonly kind: 'string'; readonly bytes: string }
  | { readonly kind: 'aggregate'; readonly fields: readonly ProtoValueField[] }
  | { readonly kind: 'list'; readonly values: readonly ProtoValue[] };

/** `name: value` or `[my.extension]: value` within braces. */
export interface ProtoValueField {
  readonly at: number;
  readonly name: string;
  readonly isExtension: boolean;
  readonly value: ProtoValue;
}

/** The largest field number; `max` in a range of field numbers. */
export const MAX_FIELD_NUMBER = 536_870_911;
/** `max` in a range of enum numbers. */
export const MAX_ENUM_NUMBER = 2_147_483_647;

const SCALARS: ReadonlySet<string> = new Set([
  'double',
  'float',
  'int64',
  'uint64',
  'int32',
  'fixed64',
  'fixed32',
  'bool',
  'string',
  'bytes',
  'uint32',
  'sfixed32',
  'sfixed64',
  'sint32',
  'sint64',
]);

/** Whether `type` is one of the 15 scalar types. */
export function isScalarType(type: string): boolean {
  return SCALARS.has(type);
}
