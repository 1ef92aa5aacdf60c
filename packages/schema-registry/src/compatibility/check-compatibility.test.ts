import { describe, expect, test } from 'vitest';
import { avroFormat } from '../avro/avro-format.ts';
import type { SchemaFormat } from '../format/schema-format.ts';
import { jsonSchemaFormat } from '../json-schema/json-schema-format.ts';
import { protobufFormat } from '../protobuf/protobuf-format.ts';
import { checkCompatibility } from './check-compatibility.ts';
import type { CompatibilityLevel } from './compatibility-level.ts';

const record = (...fields: readonly string[]) =>
  `{"type":"record","name":"Order","fields":[${fields.join(',')}]}`;
const id = '{"name":"id","type":"long"}';
const note = '{"name":"note","type":"string"}';
const object = (required: string) =>
  `{"type":"object","properties":{"id":{"type":"integer"}},"required":[${required}],"additionalProperties":false}`;
const proto = (fields: string) => `syntax = "proto2"; message Order { ${fields} }`;

/** What is said about `next` after `before`. */
function messages(format: SchemaFormat, before: string, next: string, level: CompatibilityLevel): string {
  const parse = (text: string) => format.parse(text, [], { strict: true });
  const previous = [{ version: 1, schema: before, parsed: () => parse(before) }];
  return checkCompatibility(parse(next), previous, { level, policy: 'STRICT' }).join('\n');
}

describe('a message says which schema is the new one, whichever of the two reads', () => {
  test.each([
    [
      'Avro',
      avroFormat,
      record(id),
      record(id, note),
      'in the new schema has no default value and is missing in the old schema',
    ],
    [
      'JSON Schema',
      jsonSchemaFormat,
      object(''),
      object('"id"'),
      'The new schema requires a property without a default, the old schema does not',
    ],
    [
      'Protobuf',
      protobufFormat,
      proto('required int32 id = 1;'),
      proto(''),
      'the required field "id" of the old schema is gone',
    ],
  ] as const)('%s, BACKWARD', (_name, format, before, next, expected) => {
    expect(messages(format, before, next, 'BACKWARD')).toContain(expected);
  });

  test.each([
    [
      'Avro',
      avroFormat,
      record(id, note),
      record(id),
      'in the old schema has no default value and is missing in the new schema',
    ],
    [
      'JSON Schema',
      jsonSchemaFormat,
      object('"id"'),
      object(''),
      'The old schema requires a property without a default, the new schema does not',
    ],
    [
      'Protobuf',
      protobufFormat,
      proto(''),
      proto('required int32 id = 1;'),
      'the required field "id" of the new schema is gone',
    ],
  ] as const)('%s, FORWARD', (_name, format, before, next, expected) => {
    expect(messages(format, before, next, 'FORWARD')).toContain(expected);
  });

  test('what the level does not ask for is not said', () => {
    expect(messages(avroFormat, record(id), record(id, note), 'FORWARD')).toBe('');
    expect(messages(avroFormat, record(id, note), record(id), 'NONE')).toBe('');
  });
});
