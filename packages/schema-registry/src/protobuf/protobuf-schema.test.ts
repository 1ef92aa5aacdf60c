import { describe, expect, test } from 'vitest';
import { InvalidSchemaError } from '../errors.ts';
import { decodeFileDescriptor } from './descriptor/descriptor-codec.ts';
import { ProtobufSchema } from './protobuf-schema.ts';

const proto3 = (body: string): string => `syntax = "proto3"; ${body}`;
const proto2 = (body: string): string => `syntax = "proto2"; ${body}`;
const edition = (body: string): string => `edition = "2023"; ${body}`;

describe('texts that break the grammar', () => {
  test.each([
    ['message A {', '"{" has no "}" (line 1, column 11)'],
    ['message A { int32 x = 1 }', 'Expected ";", found "}" (line 1, column 44)', proto3],
    ['message A { int32 = 1; }', 'Expected the name of a field, found "=" (line 1, column 38)', proto3],
    ['message A { int32 x = a; }', 'Expected a field number, found "a" (line 1, column 42)', proto3],
    [
      'message A { int32 x = 99999999999; }',
      '99999999999 is no field number: it must be 0 to 2147483647 (line 1, column 42)',
      proto3,
    ],
    [
      'message A { int32 x = 1; }',
      'Expected "optional", "required" or "repeated", found "int32" (line 1, column 32)',
      proto2,
    ],
    [
      'message A { required int32 x = 1; }',
      'Required fields do not exist in proto3 (line 1, column 32)',
      proto3,
    ],
    [
      'message A { optional int32 x = 1; }',
      'Label "optional" does not exist in editions: use features.field_presence (line 1, column 31)',
      edition,
    ],
    [
      'message A { repeated map<string, int32> x = 1; }',
      'A map field has no label, but "repeated" is written (line 1, column 32)',
      proto3,
    ],
    [
      'message A { oneof o { repeated int32 x = 1; } }',
      'A field of a oneof has no label, but "repeated" is written (line 1, column 42)',
      proto3,
    ],
    [
      'message A { oneof o { map<string, int32> x = 1; } }',
      'A oneof cannot have a map field (line 1, column 42)',
      proto3,
    ],
    [
      'message A { repeated group G = 1 {} }',
      'Groups exist in proto2 only: use a nested message (line 1, column 47)',
      proto3,
    ],
    [
      'message A { optional group g = 1 {} }',
      'The name of a group begins with a capital: "g" (line 1, column 47)',
      proto2,
    ],
    [
      'message A { reserved "x"; }',
      'Reserved names are written without quotes in editions (line 1, column 40)',
      edition,
    ],
    ['package a; package b;', 'A file has one package only (line 1, column 31)', proto3],
    [
      'frob A {}',
      'Expected "message", "enum" or another statement, found "frob" (line 1, column 20)',
      proto3,
    ],
    ['option x = "a', 'String has no end on its line (line 1, column 31)', proto3],
    ['option x = "\\q";', 'String has an escape that does not exist: "\\q" (line 1, column 32)', proto3],
    ['/* no end', 'Comment "/*" has no end (line 1, column 20)', proto3],
    ['message § {}', 'Character "§" does not belong in a .proto file (line 1, column 28)', proto3],
    ['message A { int32 x = 09; }', '"09" starts with 0 but is not octal (line 1, column 42)', proto3],
    [
      'message A { int32 x = 1x; }',
      'Number "1" needs a blank before what follows it (line 1, column 42)',
      proto3,
    ],
    ['syntax = "proto4";', 'Syntax "proto4" does not exist: it is "proto2" or "proto3" (line 1, column 10)'],
    ['edition = "1999";', 'Edition "1999" is not known: known are 2023, 2024 (line 1, column 11)'],
    ['\n\n  import 5;', 'Expected the path of the import in quotes, found "5" (line 3, column 10)'],
  ])('%s', (text, message, wrap = (body: string) => body) => {
    expect(() => ProtobufSchema.parse(wrap(text))).toThrow(InvalidSchemaError);
    expect(() => ProtobufSchema.parse(wrap(text))).toThrow(message);
  });

  test('limits of size and nesting', () => {
    const long = proto3(`message A {} // ${'x'.repeat(10 * 1024 * 1024)}`);
    expect(() => ProtobufSchema.parse(long)).toThrow(
      'more than 10485760; split it into files that import each other',
    );
    const nested = (depth: number) => proto3('message A { '.repeat(depth) + '}'.repeat(depth));
    expect(() => ProtobufSchema.parse(nested(1000))).toThrow('Messages nest deeper than 32');
    expect(ProtobufSchema.parse(nested(32)).name).toBe('A');
    const deepOption = proto3(`option (x) = ${'{ a: '.repeat(1000)}`);
    expect(() => ProtobufSchema.parse(deepOption)).toThrow('Values of options nest deeper than 100');
    const deepList = proto3(`option (x) = { a: ${'['.repeat(100_000)}`);
    expect(() => ProtobufSchema.parse(deepList)).toThrow('Values of options nest deeper than 100');
  });
});

describe('files that make no sense', () => {
  test.each([
    [
      'a type that is nowhere',
      proto3('message A { B b = 1; }'),
      'Type "B" is not defined (at A.b, line 1, column 34)',
    ],
    [
      'a name that an inner scope hides',
      proto3('package a; message B {} message C { message a {} a.B b = 1; }'),
      'Type "a.B" means "a.C.a.B" here, which is not defined: a leading dot starts from the outermost scope (at a.C.b, line 1, column 73)',
    ],
    [
      'a type of an import that is not there',
      proto3('import "b.proto"; message A { B b = 1; }'),
      'Type "B" is not defined; no reference has the name of the import "b.proto" (at A.b',
    ],
    [
      'a type that is a field',
      proto3('message A { int32 x = 1; A.x y = 2; }'),
      '"A.x" is not a message or enum but a field (at A.y',
    ],
    [
      'a number that is taken',
      proto3('message A { int32 x = 1; int32 y = 1; }'),
      'Field "y" has the number 1 of "x" (at A.y, line 1, column 51)',
    ],
    [
      'a name that is taken',
      proto3('message A { int32 x = 1; int32 x = 2; }'),
      'field "x" has a name that field "x" has (at A.x, line 1, column 51)',
    ],
    [
      'two messages of one name',
      proto3('message A {} message A {}'),
      'message "A" has a name that message "A" has (at A, line 1, column 41)',
    ],
    [
      'values of two enums, which stand beside them',
      proto3('enum E { Z = 0; } enum F { Z = 0; }'),
      'enum value "Z" has a name that enum value "Z" has (at Z',
    ],
    ['a message with the name of the package', 'syntax = "proto3"; package a.b; message b {}', undefined],
    [
      'a number that is reserved',
      proto3('message A { reserved 2 to 4; int32 x = 3; }'),
      'Field "x" has the number 3, which is reserved (at A.x',
    ],
    [
      'a name that is reserved',
      proto3('message A { reserved "x"; int32 x = 3; }'),
      'The name "x" is reserved (at A.x',
    ],
    [
      'a number for extensions',
      proto2('message A { extensions 5; optional int32 x = 5; }'),
      'Field "x" has the number 5, which is kept for extensions (at A.x',
    ],
    [
      'ranges over each other',
      proto3('message A { reserved 2 to 4, 4; }'),
      '4 is reserved, but 2 to 4 is reserved already (at A, line 1, column 49)',
    ],
    [
      'a range the wrong way round',
      proto3('message A { reserved 4 to 2; }'),
      'The range 4 to 2 ends before it starts (at A',
    ],
    [
      'the number 0',
      proto3('message A { int32 x = 0; }'),
      'Field "x" has the number 0, but numbers go from 1 to 536870911 (at A.x',
    ],
    [
      'a number of Protobuf itself',
      proto3('message A { int32 x = 19500; }'),
      'Field "x" has the number 19500; 19000 to 19999 belong to Protobuf itself (at A.x',
    ],
    [
      'an open enum that does not begin with 0',
      proto3('enum E { A = 1; }'),
      'The first value of the open enum "E" must be 0 (at E, line 1, column 29)',
    ],
    ['an enum without values', proto2('enum E { }'), 'Enum "E" has no values (at E'],
    [
      'two values of one number',
      proto2('enum E { A = 1; B = 1; }'),
      '"B" has the number 1 of "A": set "option allow_alias = true;" if that is meant (at B',
    ],
    [
      'a reserved value',
      proto2('enum E { A = 1; reserved 1; }'),
      '"A" has the number 1, which is reserved (at E',
    ],
    ['an empty oneof', proto3('message A { oneof o { } }'), 'Oneof "o" has no fields (at A.o'],
    [
      'a JSON name that is taken',
      proto3('message A { int32 a_b = 1; int32 aB = 2; }'),
      'Field "aB" has the JSON name "aB" of "a_b" (at A.aB',
    ],
    [
      'a map by floats',
      proto3('message A { map<float, int32> x = 1; }'),
      'Field "x" is a map whose keys are float, which keys cannot be (at A.x',
    ],
    [
      'a map by messages',
      proto3('message A { map<A, int32> x = 1; }'),
      'Field "x" is a map whose keys are messages or enums, which keys cannot be (at A.x',
    ],
    [
      'a default in proto3',
      proto3('message A { int32 x = 1 [default = 5]; }'),
      'Field "x" has a default, which does not exist in proto3 (at A.x, line 1, column 45)',
    ],
    [
      'a default of another type',
      proto2('message A { optional int32 x = 1 [default = "5"]; }'),
      'Field "x" has a default that needs an integer of type int32 (at A.x, line 1, column 64)',
    ],
    [
      'a default that is too large',
      proto2('message A { optional int32 x = 1 [default = 3000000000]; }'),
      'Field "x" has a default that is out of range for int32: 3000000000 (at A.x',
    ],
    [
      'a default that is no value of the enum',
      proto2('message A { optional E x = 1 [default = Q]; } enum E { P = 1; }'),
      'Field "x" has a default that needs a value of the enum E (at A.x',
    ],
    [
      'a default of repeated values',
      proto2('message A { repeated int32 x = 1 [default = 1]; }'),
      'Field "x" is repeated, so it has no default (at A.x',
    ],
    [
      'packed texts',
      proto2('message A { repeated string x = 1 [packed = true]; }'),
      'Field "x" is packed, which only repeated numbers, bools and enums can be (at A.x',
    ],
    [
      'extensions in proto3',
      proto3('message A { extensions 5; }'),
      'Extension ranges do not exist in proto3 (at A',
    ],
    [
      'an extension outside of the ranges',
      proto2('message A { extensions 5; } extend A { optional int32 x = 6; }'),
      'Field "x" has the number 6, which is in no extension range of A (at x',
    ],
    [
      'an option that does not exist',
      proto3('message A { option frob = true; }'),
      'Option "frob" is unknown: google.protobuf.MessageOptions has no field "frob" (at A, line 1, column 39)',
    ],
    [
      'a custom option that nobody declares',
      proto3('message A { option (frob) = true; }'),
      'Option "(frob)" is unknown: no file that is imported declares this extension (at A',
    ],
    [
      'an option of another type',
      proto3('message A { option deprecated = 1; }'),
      'Option "deprecated" needs true or false (at A',
    ],
    [
      'an option that is set twice',
      proto3('message A { option deprecated = true; option deprecated = true; }'),
      'Option "deprecated" is set twice (at A',
    ],
    [
      'an option of another kind of thing',
      proto3(
        'import "google/protobuf/descriptor.proto"; extend google.protobuf.FieldOptions { int32 x = 50000; } message A { option (x) = 1; }',
      ),
      'Option "(x)" extends google.protobuf.FieldOptions, not google.protobuf.MessageOptions (at A',
    ],
    ['an imported closed enum in proto3', proto2('enum E { A = 1; }'), undefined],
  ])('%s', (_name, text, message) => {
    if (message === undefined) {
      expect(ProtobufSchema.parse(text).canonical).not.toBe('');
      return;
    }
    expect(() => ProtobufSchema.parse(text)).toThrow(InvalidSchemaError);
    expect(() => ProtobufSchema.parse(text)).toThrow(message);
  });

  test('files that import each other in a circle', () => {
    const a = ProtobufSchema.parse('import "b.proto";', [], { strict: false });
    const b = ProtobufSchema.parse('import "a.proto";', [reference('a.proto', a)], { strict: false });
    const text = proto3('import "a.proto"; message M {}');
    expect(() => ProtobufSchema.parse(text, [reference('a.proto', a), reference('b.proto', b)])).toThrow(
      'Files import each other in a cycle: a.proto -> b.proto -> a.proto (at a.proto)',
    );
  });

  test('what is wrong in an imported file names the file', () => {
    const broken = ProtobufSchema.parse(proto3('message B { Missing m = 1; }'), [], { strict: false });
    const text = proto3('import "dir/b.proto"; message A { B b = 1; }');
    expect(() => ProtobufSchema.parse(text, [reference('dir/b.proto', broken)])).toThrow(
      'dir/b.proto: Type "Missing" is not defined (at B.m, line 1, column 40)',
    );
  });

  test('a schema that is stored already is read as far as it goes', () => {
    const text = proto3('message A { int32 x = 1; int32 y = 1; }');
    expect(ProtobufSchema.parse(text, [], { strict: false }).name).toBe('A');
    const unresolved = ProtobufSchema.parse(proto3('message A { B b = 1; }'), [], { strict: false });
    expect(unresolved.canonical).toContain('B b = 1;');
    expect(() => unresolved.file).toThrow(InvalidSchemaError);
  });
});

describe('imports', () => {
  const money = ProtobufSchema.parse(proto3('package shop; message Money { int64 cents = 1; }'));

  test('bring their types, and those that they import publicly', () => {
    const all = ProtobufSchema.parse(proto3('import public "money.proto";'), [
      reference('money.proto', money),
    ]);
    const text = proto3(
      'package shop; import "all.proto"; message Order { Money total = 1; shop.Money tax = 2; .shop.Money tip = 3; }',
    );
    const order = ProtobufSchema.parse(text, [reference('all.proto', all)]);
    expect(order.message()?.fields.map(({ message }) => message?.fullName)).toEqual([
      'shop.Money',
      'shop.Money',
      'shop.Money',
    ]);
    const indirect = ProtobufSchema.parse(proto3('import "money.proto";'), [reference('money.proto', money)]);
    expect(() => ProtobufSchema.parse(text, [reference('all.proto', indirect)])).toThrow(
      'Type "Money" is not defined',
    );
  });

  test('that are well known need no reference', () => {
    const paths = [
      'google/protobuf/timestamp.proto',
      'google/type/money.proto',
      'confluent/meta.proto',
      'confluent/type/decimal.proto',
    ];
    const imports = paths.map((path) => `import "${path}";`).join(' ');
    const text =
      proto3(`${imports} message A { google.protobuf.Timestamp at = 1 [(confluent.field_meta).doc = "when"];
      google.type.Money price = 2; confluent.type.Decimal exact = 3; }`);
    expect(
      ProtobufSchema.parse(text)
        .message()
        ?.fields.map(({ message }) => message?.fields[0]?.name),
    ).toEqual(['seconds', 'currency_code', 'value']);
  });

  test('that are missing matter only for types, as in the registry of Confluent', () => {
    const text = proto3(
      'import "validate/validate.proto"; message A { string x = 1 [(validate.rules).string.min_len = 1]; }',
    );
    expect(ProtobufSchema.parse(text).canonical).toContain(
      'string x = 1 [(validate.rules).string.min_len = 1];',
    );
  });

  test('a file that is nothing but one public import stands for what it imports', () => {
    const wrapper = ProtobufSchema.parse(proto3('import public "money.proto";'), [
      reference('money.proto', money),
    ]);
    expect(wrapper.name).toBe('shop.Money');
    expect(wrapper.messageAt([0])?.fullName).toBe('shop.Money');
    expect(wrapper.topLevelFields()).toEqual(['cents']);
  });
});

describe('messages by name and by index', () => {
  const schema = ProtobufSchema.parse(
    proto3(
      'package p; enum E { Z = 0; } message A { map<string, int32> m = 1; message X {} message Y { message Deep {} } } message B {}',
    ),
  );

  test.each([
    [[0], 'p.A'],
    [[1], 'p.B'],
    [[0, 0], 'p.A.X'],
    [[0, 1], 'p.A.Y'],
    [[0, 1, 0], 'p.A.Y.Deep'],
    [[2], undefined],
    [[1, 0], undefined],
  ])('%j is %s', (indexes, name) => {
    expect(schema.messageAt(indexes)?.fullName).toBe(name);
  });

  test.each([
    [undefined, 'p.A'],
    ['B', 'p.B'],
    ['p.A.Y.Deep', 'p.A.Y.Deep'],
    ['A.X', 'p.A.X'],
    ['C', undefined],
  ])('%s is found', (name, fullName) => {
    expect(schema.message(name)?.fullName).toBe(fullName);
  });

  test('the name of the schema is that of its first message, else of its first enum', () => {
    expect(schema.name).toBe('p.A');
    expect(ProtobufSchema.parse(proto3('package p; enum E { Z = 0; }')).name).toBe('p.E');
    expect(ProtobufSchema.parse(proto3('package p;')).name).toBeUndefined();
    expect(schema.topLevelFields()).toEqual(['m']);
  });
});

describe('format=serialized', () => {
  const text = proto3(`package p;
message A {
  map<string, B> bs = 1;
  optional int32 x = 2;

  message B {}
}
`);

  test('is a descriptor that is read again', () => {
    const schema = ProtobufSchema.parse(text);
    const descriptor = decodeFileDescriptor(Buffer.from(schema.formatted('serialized') ?? '', 'base64'));
    expect(descriptor).toMatchObject({ name: 'default', package: 'p', syntax: 'proto3' });
    expect(
      descriptor.messageType[0]?.nestedType.map(({ name }) => name),
      'map entries come last',
    ).toEqual(['B', 'BsEntry']);
    const again = ProtobufSchema.parse(schema.formatted('serialized') ?? '');
    expect(again.canonical).toBe(`syntax = "proto3";
package p;

message A {
  repeated .p.A.BsEntry bs = 1;
  optional int32 x = 2;

  message B {}
  message BsEntry {
    option map_entry = true;
${'  '}
    string key = 1;
    .p.A.B value = 2;
  }
}
`);
    expect(again.normalized).toBe(schema.normalized);
    expect(again.formatted('serialized')).toBe(schema.formatted('serialized'));
    expect(again.incompatibilitiesWith(schema, 'STRICT')).toEqual([]);
  });

  test.each([
    ['AAAA', 'The text is base64, but of no FileDescriptorProto'],
    [Buffer.from([0x0a, 0x05, 0x61]).toString('base64'), 'A field of 5 bytes goes beyond the end'],
    [
      descriptorOf('message', 'A; message Evil {} //'),
      'The descriptor has the name "A; message Evil {} //", which is no identifier',
    ],
    [
      descriptorOf('package', 'a; option x = 1'),
      'The descriptor has the name "a; option x = 1", which is no identifier',
    ],
    [descriptorOf('syntax', 'proto9'), 'The descriptor has the syntax "proto9", which does not exist'],
  ])('%s is refused', (base64, message) => {
    expect(() => ProtobufSchema.parse(base64)).toThrow(InvalidSchemaError);
    expect(() => ProtobufSchema.parse(base64)).toThrow(message);
  });
});

function reference(name: string, schema: ProtobufSchema) {
  return { name, subject: name, version: 1, schema };
}

/** A FileDescriptorProto with one member. */
function descriptorOf(member: 'message' | 'package' | 'syntax', text: string): string {
  const field = (number: number, bytes: Buffer) =>
    Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
  const value = Buffer.from(text);
  if (member === 'message') return field(4, field(1, value)).toString('base64');
  return field(member === 'package' ? 2 : 12, value).toString('base64');
}
