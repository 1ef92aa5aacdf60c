import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ProtobufSchema } from '../protobuf-schema.ts';

/**
 * The fixtures are what Confluent's registry makes of `everything.proto`, and of its descriptor in base64: its class
 * ProtobufSchema (line 8.5 of August 2026, with Wire 6.4.0) was run on them.
 */
function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}.proto`, import.meta.url), 'utf8');
}

describe('a file with everything that Confluent prints', () => {
  const schema = ProtobufSchema.parse(fixture('everything'));

  test('is stored without comments, in one order', () => {
    expect(schema.canonical).toBe(fixture('everything.canonical'));
  });

  test('is normalised', () => {
    expect(schema.normalized).toBe(fixture('everything.normalized'));
  });

  test('is printed without extensions', () => {
    expect(schema.formatted('ignore_extensions')).toBe(fixture('everything.ignore-extensions'));
    expect(schema.formatted('frob')).toBeUndefined();
  });

  test('is printed from its descriptor', () => {
    const fromDescriptor = ProtobufSchema.parse(schema.formatted('serialized') ?? '');
    expect(fromDescriptor.canonical).toBe(fixture('everything.descriptor'));
  });

  test.each(['canonical', 'normalized'] as const)('stays as it is when its %s text is read again', (form) => {
    const again = ProtobufSchema.parse(schema[form]);
    expect(again[form]).toBe(schema[form]);
    expect(again.normalized).toBe(schema.normalized);
    expect(again.incompatibilitiesWith(schema, 'STRICT')).toEqual([]);
  });
});

describe('what Confluent leaves out or rounds is printed, because it means something', () => {
  test.each([
    ['weak imports', 'syntax = "proto3";\n\nimport weak "google/protobuf/any.proto";\n'],
    [
      'editions',
      'edition = "2023";\npackage a;\n\noption features.field_presence = IMPLICIT;\n\nmessage A {\n  reserved foo, bar;\n\n  int32 x = 1;\n}\n',
    ],
    [
      'visibility and option imports',
      'edition = "2024";\n\nimport option "google/protobuf/cpp_features.proto";\n\nexport message A {}\nlocal enum E {\n  Z = 0;\n}\n',
    ],
    [
      'options and messages of groups',
      'syntax = "proto2";\n\nmessage A {\n  optional group G = 1 [deprecated = true] {\n    optional int32 x = 1;\n  \n    message N {}\n  }\n}\n',
    ],
    [
      'bytes that are no text',
      'syntax = "proto2";\n\nmessage A {\n  optional bytes b = 1 [default = "\\377\\000a"];\n}\n',
    ],
  ])('%s', (_name, text) => {
    const schema = ProtobufSchema.parse(text);
    expect(schema.canonical).toBe(text);
    expect(ProtobufSchema.parse(schema.normalized).normalized).toBe(schema.normalized);
  });

  test.each([
    ['0.123456789', '0.123456789'],
    ['1e100', `1${'0'.repeat(100)}`],
    ['-1.50', '-1.5'],
    ['1e-7', '0.0000001'],
    ['0x10', '16'],
    ['017', '15'],
    ['-inf', '-inf'],
    ['18446744073709551615', '18446744073709551615'],
  ])('the number %s of an option', (written, normalized) => {
    const text = `syntax = "proto2"; import "google/protobuf/descriptor.proto";
      extend google.protobuf.FileOptions { optional double d = 50000; optional uint64 u = 50001; } option (${written.startsWith('184') ? 'u' : 'd'}) = ${written};`;
    expect(ProtobufSchema.parse(text).normalized).toContain(` = ${normalized};\n`);
  });
});
