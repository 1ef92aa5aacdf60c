/**
 * What a change of a Protobuf schema is, and whether data written before can be read after. Derived from the language guide
 * of Protobuf ("Updating A Message Type") and from the rules of Confluent's registry.
 */
export interface CompatibilityCase {
  readonly change: string;
  /** Files by import path, where there are any. */
  readonly imports?: {
    readonly from: Readonly<Record<string, string>>;
    readonly to: Readonly<Record<string, string>>;
  };
  readonly from: string;
  readonly to: string;
  /** Each difference with its path; those behind `!` make the schemas incompatible. */
  readonly found: readonly string[];
}

const proto3 = (body: string): string => `syntax = "proto3"; package shop; ${body}`;
const proto2 = (body: string): string => `syntax = "proto2"; package shop; ${body}`;
const edition = (body: string): string => `edition = "2023"; package shop; ${body}`;

/** A change of the fields of one message of proto3. */
function inOrder(change: string, from: string, to: string, ...found: readonly string[]): CompatibilityCase {
  return { change, from: proto3(`message Order { ${from} }`), to: proto3(`message Order { ${to} }`), found };
}

/** The same in proto2. */
function inOldOrder(
  change: string,
  from: string,
  to: string,
  ...found: readonly string[]
): CompatibilityCase {
  return { change, from: proto2(`message Order { ${from} }`), to: proto2(`message Order { ${to} }`), found };
}

const files: readonly CompatibilityCase[] = [
  {
    change: 'nothing',
    from: proto3('message A { int32 x = 1; }'),
    to: proto3('message A { int32 x = 1; }'),
    found: [],
  },
  {
    change: 'the package is another one',
    from: proto3('message A {}'),
    to: 'syntax = "proto3"; package store; message A {}',
    found: ['!PACKAGE_CHANGED #/'],
  },
  {
    change: 'the package is gone',
    from: proto3('message A {}'),
    to: 'syntax = "proto3"; message A {}',
    found: ['!PACKAGE_CHANGED #/'],
  },
  {
    change: 'a message is added',
    from: proto3('message A {}'),
    to: proto3('message A {} message B {}'),
    found: ['MESSAGE_ADDED #/B'],
  },
  {
    change: 'a message is removed',
    from: proto3('message A {} message B {}'),
    to: proto3('message A {}'),
    found: ['!MESSAGE_REMOVED #/B'],
  },
  {
    change: 'a message is renamed',
    from: proto3('message A {}'),
    to: proto3('message B {}'),
    found: ['!MESSAGE_REMOVED #/A', 'MESSAGE_ADDED #/B'],
  },
  {
    change: 'messages change places',
    from: proto3('message A {} message B {}'),
    to: proto3('message B {} message A {}'),
    found: ['MESSAGE_MOVED #/A', 'MESSAGE_MOVED #/B'],
  },
  {
    change: 'a nested message is added',
    from: proto3('message A {}'),
    to: proto3('message A { message B {} }'),
    found: ['MESSAGE_ADDED #/A/B'],
  },
  {
    change: 'a nested message is removed',
    from: proto3('message A { message B {} }'),
    to: proto3('message A {}'),
    found: ['!MESSAGE_REMOVED #/A/B'],
  },
  {
    change: 'a nested message moves out',
    from: proto3('message A { message B {} B b = 1; }'),
    to: proto3('message A { B b = 1; } message B {}'),
    found: ['!FIELD_NAMED_TYPE_CHANGED #/A/1', '!MESSAGE_REMOVED #/A/B', 'MESSAGE_ADDED #/B'],
  },
  {
    change: 'a field deep inside changes its kind',
    from: proto3('message A { message B { message C { int32 x = 1; } } }'),
    to: proto3('message A { message B { message C { string x = 1; } } }'),
    found: ['!FIELD_SCALAR_KIND_CHANGED #/A/B/C/1'],
  },
  {
    change: 'syntax goes from proto2 to proto3, everything else stays',
    from: proto2('message A { optional int32 x = 1; }'),
    to: proto3('message A { int32 x = 1; }'),
    found: [],
  },
  {
    change: 'syntax goes from proto3 to an edition',
    from: proto3('message A { repeated int32 x = 1; string y = 2; }'),
    to: edition('message A { repeated int32 x = 1; string y = 2; }'),
    found: [],
  },
  {
    change: 'comments, order of fields, options',
    from: proto3('message A { int32 x = 1; int32 y = 2; }'),
    to: proto3(
      '/* both */ message A { option deprecated = true; int32 y = 2 [deprecated = true]; int32 x = 1; }',
    ),
    found: [],
  },
  {
    change: 'a service is added',
    from: proto3('message A {}'),
    to: proto3('message A {} service S { rpc Get(A) returns (A); }'),
    found: [],
  },
];

const fields: readonly CompatibilityCase[] = [
  inOrder('a field is added', 'int32 a = 1;', 'int32 a = 1; string b = 2;', 'FIELD_ADDED #/Order/2'),
  inOrder('a field is removed', 'int32 a = 1; string b = 2;', 'int32 a = 1;', 'FIELD_REMOVED #/Order/2'),
  inOrder(
    'a field is removed and reserved',
    'int32 a = 1; string b = 2;',
    'int32 a = 1; reserved 2;',
    'FIELD_REMOVED #/Order/2',
  ),
  inOrder('a field is renamed', 'int32 a = 1;', 'int32 b = 1;', 'FIELD_NAME_CHANGED #/Order/1'),
  inOrder(
    'a field gets another number',
    'int32 a = 1;',
    'int32 a = 2;',
    'FIELD_REMOVED #/Order/1',
    'FIELD_ADDED #/Order/2',
  ),
  inOrder(
    'two fields exchange numbers',
    'int32 a = 1; string b = 2;',
    'int32 a = 2; string b = 1;',
    'FIELD_NAME_CHANGED #/Order/1',
    '!FIELD_SCALAR_KIND_CHANGED #/Order/1',
    'FIELD_NAME_CHANGED #/Order/2',
    '!FIELD_SCALAR_KIND_CHANGED #/Order/2',
  ),
  inOrder('a JSON name is set', 'int32 a = 1;', 'int32 a = 1 [json_name = "b"];'),
  inOrder('a field becomes optional', 'int32 a = 1;', 'optional int32 a = 1;'),
  inOrder('a field is no longer optional', 'optional int32 a = 1;', 'int32 a = 1;'),
  inOrder('a plain number becomes repeated', 'int32 a = 1;', 'repeated int32 a = 1;'),
  inOrder(
    'an optional number becomes repeated',
    'optional int32 a = 1;',
    'repeated int32 a = 1;',
    '!FIELD_NUMERIC_LABEL_CHANGED #/Order/1',
  ),
  inOrder(
    'an optional text becomes repeated',
    'optional string a = 1;',
    'repeated string a = 1;',
    'FIELD_STRING_OR_BYTES_LABEL_CHANGED #/Order/1',
  ),
  inOldOrder('an optional field is added', '', 'optional int32 a = 1;', 'FIELD_ADDED #/Order/1'),
  inOldOrder('a required field is added', '', 'required int32 a = 1;', '!REQUIRED_FIELD_ADDED #/Order/1'),
  inOldOrder('a required field is removed', 'required int32 a = 1;', '', '!REQUIRED_FIELD_REMOVED #/Order/1'),
  inOldOrder(
    'an optional number becomes required',
    'optional int32 a = 1;',
    'required int32 a = 1;',
    '!FIELD_NUMERIC_LABEL_CHANGED #/Order/1',
  ),
  inOldOrder(
    'a required number becomes optional',
    'required int32 a = 1;',
    'optional int32 a = 1;',
    '!FIELD_NUMERIC_LABEL_CHANGED #/Order/1',
  ),
  inOldOrder(
    'an optional text becomes required',
    'optional string a = 1;',
    'required string a = 1;',
    'FIELD_STRING_OR_BYTES_LABEL_CHANGED #/Order/1',
    '!REQUIRED_FIELD_ADDED #/Order/1',
  ),
  inOldOrder(
    'a required text becomes optional',
    'required string a = 1;',
    'optional string a = 1;',
    'FIELD_STRING_OR_BYTES_LABEL_CHANGED #/Order/1',
  ),
  inOldOrder(
    'repeated bytes become optional',
    'repeated bytes a = 1;',
    'optional bytes a = 1;',
    'FIELD_STRING_OR_BYTES_LABEL_CHANGED #/Order/1',
  ),
  inOldOrder(
    'a repeated fixed number becomes optional',
    'repeated fixed64 a = 1;',
    'optional fixed64 a = 1;',
    '!FIELD_NUMERIC_LABEL_CHANGED #/Order/1',
  ),
  inOldOrder(
    'a default value changes',
    'optional int32 a = 1 [default = 1];',
    'optional int32 a = 1 [default = 2];',
  ),
  inOldOrder('numbers are packed', 'repeated int32 a = 1;', 'repeated int32 a = 1 [packed = true];'),
  inOldOrder(
    'a required message is added',
    'extensions 100 to 200;',
    'required Order a = 1; extensions 100 to 200;',
    '!REQUIRED_FIELD_ADDED #/Order/1',
  ),
  inOldOrder(
    'an optional message becomes required',
    'optional Order a = 1;',
    'required Order a = 1;',
    '!REQUIRED_FIELD_ADDED #/Order/1',
  ),
];

/** Scalars that can stand for each other, and those that cannot. */
const scalars: readonly CompatibilityCase[] = [
  ...(
    [
      ['int32', 'int64'],
      ['int64', 'uint32'],
      ['uint64', 'bool'],
      ['bool', 'int32'],
      ['sint32', 'sint64'],
      ['string', 'bytes'],
      ['bytes', 'string'],
      ['fixed32', 'sfixed32'],
      ['sfixed64', 'fixed64'],
    ] as const
  ).map(([from, to]) => inOrder(`${from} becomes ${to}`, `${from} a = 1;`, `${to} a = 1;`)),
  ...(
    [
      ['int32', 'sint32'],
      ['int32', 'fixed32'],
      ['int64', 'double'],
      ['float', 'double'],
      ['fixed32', 'fixed64'],
      ['fixed32', 'float'],
      ['string', 'int32'],
      ['bool', 'string'],
      ['sint64', 'int64'],
    ] as const
  ).map(([from, to]) =>
    inOrder(
      `${from} becomes ${to}`,
      `${from} a = 1;`,
      `${to} a = 1;`,
      '!FIELD_SCALAR_KIND_CHANGED #/Order/1',
    ),
  ),
  inOrder('an enum becomes int32', 'enum E { Z = 0; } E a = 1;', 'enum E { Z = 0; } int32 a = 1;'),
  inOrder('int64 becomes an enum', 'enum E { Z = 0; } int64 a = 1;', 'enum E { Z = 0; } E a = 1;'),
  inOrder(
    'an enum becomes another enum',
    'enum E { Z = 0; } enum F { Y = 0; } E a = 1;',
    'enum E { Z = 0; } enum F { Y = 0; } F a = 1;',
  ),
  inOrder(
    'an enum becomes a text',
    'enum E { Z = 0; } E a = 1;',
    'enum E { Z = 0; } string a = 1;',
    '!FIELD_SCALAR_KIND_CHANGED #/Order/1',
  ),
  inOrder('a scalar becomes a message', 'int32 a = 1;', 'Order a = 1;', '!FIELD_KIND_CHANGED #/Order/1'),
  inOrder('a message becomes bytes', 'Order a = 1;', 'bytes a = 1;', '!FIELD_KIND_CHANGED #/Order/1'),
  inOrder(
    'a map becomes a scalar',
    'map<string, int32> a = 1;',
    'string a = 1;',
    '!FIELD_KIND_CHANGED #/Order/1',
  ),
  inOrder(
    'a map becomes a repeated message',
    'message P { string key = 1; int32 value = 2; } map<string, int32> a = 1;',
    'message P { string key = 1; int32 value = 2; } repeated P a = 1;',
    '!FIELD_KIND_CHANGED #/Order/1',
  ),
];

const maps: readonly CompatibilityCase[] = [
  inOrder('a map is added', '', 'map<string, int32> a = 1;', 'FIELD_ADDED #/Order/1'),
  inOrder('a map is removed', 'map<string, int32> a = 1;', '', 'FIELD_REMOVED #/Order/1'),
  inOrder('the keys change within their kind', 'map<int32, int32> a = 1;', 'map<int64, int32> a = 1;'),
  inOrder(
    'the keys change their kind',
    'map<string, int32> a = 1;',
    'map<int32, int32> a = 1;',
    '!FIELD_SCALAR_KIND_CHANGED #/Order/1',
  ),
  inOrder('the values change within their kind', 'map<string, string> a = 1;', 'map<string, bytes> a = 1;'),
  inOrder(
    'the values change their kind',
    'map<string, int32> a = 1;',
    'map<string, string> a = 1;',
    '!FIELD_SCALAR_KIND_CHANGED #/Order/1',
  ),
  inOrder(
    'the values become messages',
    'map<string, int32> a = 1;',
    'map<string, Order> a = 1;',
    '!FIELD_KIND_CHANGED #/Order/1',
  ),
  inOrder(
    'the map is written as the message that it is',
    'map<string, int32> a = 1;',
    'repeated AEntry a = 1; message AEntry { option map_entry = true; string key = 1; int32 value = 2; }',
  ),
];

const enums: readonly CompatibilityCase[] = [
  {
    change: 'an enum is added',
    from: proto3('message A {}'),
    to: proto3('message A {} enum E { Z = 0; }'),
    found: ['ENUM_ADDED #/E'],
  },
  {
    change: 'an enum is removed',
    from: proto3('message A {} enum E { Z = 0; }'),
    to: proto3('message A {}'),
    found: ['ENUM_REMOVED #/E'],
  },
  inOrder(
    'a value is added',
    'enum E { Z = 0; }',
    'enum E { Z = 0; B = 1; }',
    'ENUM_CONST_ADDED #/Order/E/1',
  ),
  inOrder(
    'a value is removed',
    'enum E { Z = 0; B = 1; }',
    'enum E { Z = 0; }',
    'ENUM_CONST_REMOVED #/Order/E/1',
  ),
  inOrder(
    'a value is renamed',
    'enum E { Z = 0; B = 1; }',
    'enum E { Z = 0; C = 1; }',
    'ENUM_CONST_CHANGED #/Order/E/1',
  ),
  inOrder(
    'a value gets another number',
    'enum E { Z = 0; B = 1; }',
    'enum E { Z = 0; B = 2; }',
    'ENUM_CONST_REMOVED #/Order/E/1',
    'ENUM_CONST_ADDED #/Order/E/2',
  ),
];

const oneofs: readonly CompatibilityCase[] = [
  inOrder(
    'an empty message gets a oneof',
    '',
    'oneof o { int32 a = 1; string b = 2; }',
    'ONEOF_ADDED #/Order/o',
    'ONEOF_FIELD_ADDED #/Order/o/1',
    'ONEOF_FIELD_ADDED #/Order/o/2',
  ),
  inOrder(
    'a oneof is removed with all members',
    'oneof o { int32 a = 1; string b = 2; }',
    '',
    'ONEOF_REMOVED #/Order/o',
  ),
  inOrder(
    'a oneof is renamed',
    'oneof o { int32 a = 1; }',
    'oneof p { int32 a = 1; }',
    'ONEOF_REMOVED #/Order/o',
    'ONEOF_ADDED #/Order/p',
  ),
  inOrder(
    'a member is added',
    'oneof o { int32 a = 1; }',
    'oneof o { int32 a = 1; string b = 2; }',
    'ONEOF_FIELD_ADDED #/Order/o/2',
  ),
  inOrder(
    'a member is removed',
    'oneof o { int32 a = 1; string b = 2; }',
    'oneof o { int32 a = 1; }',
    '!ONEOF_FIELD_REMOVED #/Order/o/2',
  ),
  inOrder(
    'a oneof is renamed and loses a member',
    'oneof o { int32 a = 1; string b = 2; }',
    'oneof p { int32 a = 1; }',
    'ONEOF_REMOVED #/Order/o',
    'ONEOF_ADDED #/Order/p',
    '!ONEOF_FIELD_REMOVED #/Order/o/2',
  ),
  inOrder(
    'a member stands alone',
    'oneof o { int32 a = 1; string b = 2; }',
    'int32 a = 1; oneof o { string b = 2; }',
    'ONEOF_FIELD_MOVED_TO_TOP_LEVEL #/Order/1',
  ),
  inOrder(
    'the last member stands alone',
    'oneof o { int32 a = 1; }',
    'int32 a = 1;',
    'ONEOF_REMOVED #/Order/o',
    'ONEOF_FIELD_MOVED_TO_TOP_LEVEL #/Order/1',
  ),
  inOrder(
    'one field moves into a new oneof',
    'int32 a = 1;',
    'oneof o { int32 a = 1; }',
    'ONEOF_ADDED #/Order/o',
  ),
  inOrder(
    'one field moves into a new oneof beside a new member',
    'int32 a = 1;',
    'oneof o { int32 a = 1; string b = 2; }',
    'ONEOF_ADDED #/Order/o',
    'ONEOF_FIELD_ADDED #/Order/o/2',
  ),
  inOrder(
    'two fields move into a new oneof',
    'int32 a = 1; string b = 2;',
    'oneof o { int32 a = 1; string b = 2; }',
    '!MULTIPLE_FIELDS_MOVED_TO_ONEOF #/Order/o',
    'ONEOF_ADDED #/Order/o',
  ),
  inOrder(
    'a field moves into an existing oneof',
    'int32 a = 1; oneof o { string b = 2; }',
    'oneof o { int32 a = 1; string b = 2; }',
    '!FIELD_MOVED_TO_EXISTING_ONEOF #/Order/o',
  ),
  inOrder(
    'two oneofs become one',
    'oneof o { int32 a = 1; } oneof p { string b = 2; }',
    'oneof o { int32 a = 1; string b = 2; }',
    '!FIELD_MOVED_TO_EXISTING_ONEOF #/Order/o',
    'ONEOF_REMOVED #/Order/p',
  ),
  inOrder(
    'a oneof is divided',
    'oneof o { int32 a = 1; string b = 2; }',
    'oneof o { int32 a = 1; } oneof p { string b = 2; }',
    'ONEOF_ADDED #/Order/p',
  ),
  inOrder(
    'a member changes its kind',
    'oneof o { int32 a = 1; }',
    'oneof o { string a = 1; }',
    '!FIELD_SCALAR_KIND_CHANGED #/Order/o/1',
  ),
  inOrder(
    'a member stands alone and changes its kind',
    'oneof o { int32 a = 1; string b = 2; }',
    'string a = 1; oneof o { string b = 2; }',
    'ONEOF_FIELD_MOVED_TO_TOP_LEVEL #/Order/1',
    '!FIELD_SCALAR_KIND_CHANGED #/Order/1',
  ),
  inOrder(
    'an optional field is no member of a oneof',
    'optional int32 a = 1; optional int32 b = 2;',
    'int32 a = 1; int32 b = 2;',
  ),
];

const messages: readonly CompatibilityCase[] = [
  inOrder(
    'a field gets another message type',
    'message B {} message C {} B a = 1;',
    'message B {} message C {} C a = 1;',
    '!FIELD_NAMED_TYPE_CHANGED #/Order/1',
  ),
  {
    change: 'a message contains itself',
    from: proto3('message Node { Node next = 1; int32 x = 2; }'),
    to: proto3('message Node { Node next = 1; int64 x = 2; string y = 3; }'),
    found: ['FIELD_ADDED #/Node/3'],
  },
  inOldOrder(
    'a group gets a field',
    'optional group G = 1 { optional int32 a = 1; }',
    'optional group G = 1 { optional int32 a = 1; optional int32 b = 2; }',
    'FIELD_ADDED #/Order/G/2',
  ),
  inOldOrder(
    'a group loses nothing but its name',
    'optional group G = 1 { optional int32 a = 1; }',
    'optional group H = 1 { optional int32 a = 1; }',
    'FIELD_NAME_CHANGED #/Order/1',
    '!FIELD_NAMED_TYPE_CHANGED #/Order/1',
  ),
  inOldOrder(
    'a field in a group changes its kind',
    'optional group G = 1 { optional int32 a = 1; }',
    'optional group G = 1 { optional string a = 1; }',
    '!FIELD_SCALAR_KIND_CHANGED #/Order/G/1',
    '!FIELD_NAMED_TYPE_CHANGED #/Order/1',
  ),
  inOldOrder(
    'a group becomes a message',
    'message H {} optional group G = 1 {}',
    'message H {} optional H g = 1;',
    '!FIELD_KIND_CHANGED #/Order/1',
  ),
  {
    change: 'a message becomes delimited, as a group is',
    from: edition('message A { A a = 1; }'),
    to: edition('message A { A a = 1 [features.message_encoding = DELIMITED]; }'),
    found: ['!FIELD_KIND_CHANGED #/A/1'],
  },
];

const customer = (body: string): string => proto3(`message Customer { ${body} }`);
const imports = (from: string, to: string): NonNullable<CompatibilityCase['imports']> => ({
  from: { 'customer.proto': customer(from) },
  to: { 'customer.proto': customer(to) },
});
const withCustomer = proto3('import "customer.proto"; message Order { Customer customer = 1; }');

const references: readonly CompatibilityCase[] = [
  {
    change: 'an imported message gets a field',
    imports: imports('int64 id = 1;', 'int64 id = 1; string name = 2;'),
    from: withCustomer,
    to: withCustomer,
    found: ['FIELD_ADDED #/Customer/2'],
  },
  {
    change: 'an imported message changes incompatibly',
    imports: imports('int64 id = 1;', 'string id = 1;'),
    from: withCustomer,
    to: withCustomer,
    found: ['!FIELD_SCALAR_KIND_CHANGED #/Customer/1', '!FIELD_NAMED_TYPE_CHANGED #/Order/1'],
  },
  {
    change: 'an imported message moves into the file',
    imports: imports('int64 id = 1;', 'int64 id = 1;'),
    from: withCustomer,
    to: proto3('message Order { Customer customer = 1; } message Customer { int64 id = 1; }'),
    found: ['MESSAGE_ADDED #/Customer'],
  },
  {
    change: 'a well-known type becomes another one',
    from: proto3('import "google/protobuf/timestamp.proto"; message A { google.protobuf.Timestamp at = 1; }'),
    to: proto3('import "google/protobuf/duration.proto"; message A { google.protobuf.Duration at = 1; }'),
    found: ['!FIELD_NAMED_TYPE_CHANGED #/A/1'],
  },
  {
    change: 'a well-known type stays',
    from: proto3('import "google/protobuf/timestamp.proto"; message A { google.protobuf.Timestamp at = 1; }'),
    to: proto3('import "google/protobuf/timestamp.proto"; message A { .google.protobuf.Timestamp at = 1; }'),
    found: [],
  },
];

export const compatibilityCases: readonly CompatibilityCase[] = [
  ...files,
  ...fields,
  ...scalars,
  ...maps,
  ...enums,
  ...oneofs,
  ...messages,
  ...references,
];
