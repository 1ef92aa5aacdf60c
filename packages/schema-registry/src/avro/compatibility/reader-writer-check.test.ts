import { describe, expect, test } from 'vitest';
import { AvroSchema } from '../avro-format.ts';
import { avroCompatibilityCases } from './avro-compatibility.cases.ts';

const lenient = { strict: false };
const schemaOf = (schema: unknown) => AvroSchema.parse(JSON.stringify(schema), [], lenient);

describe('reading with one schema what was written with another', () => {
  test.each(avroCompatibilityCases)('$name', ({ reader, writer, problems }) => {
    const found = schemaOf(reader).incompatibilitiesWith(schemaOf(writer), 'STRICT');
    expect(found.map(({ errorType, path }) => `${errorType} ${path}`)).toEqual(problems);
    for (const { description, path } of found) expect(description).toContain(path);
  });
});

test('every problem is described in a sentence that names the place', () => {
  const before = { type: 'record', name: 'Order', fields: [{ name: 'id', type: 'long' }] };
  const after = {
    type: 'record',
    name: 'Order',
    fields: [
      { name: 'id', type: 'int' },
      { name: 'total', type: 'double' },
    ],
  };
  expect(schemaOf(after).incompatibilitiesWith(schemaOf(before), 'STRICT')).toMatchInlineSnapshot(`
    [
      {
        "additionalInfo": "reader type: INT not compatible with writer type: LONG",
        "description": "The type (path '/fields/0/type') of a field in the new schema does not match with the old schema",
        "errorType": "TYPE_MISMATCH",
        "path": "/fields/0/type",
      },
      {
        "additionalInfo": "total",
        "description": "The field 'total' at path '/fields/1' in the new schema has no default value and is missing in the old schema",
        "errorType": "READER_FIELD_MISSING_DEFAULT_VALUE",
        "path": "/fields/1",
      },
    ]
  `);
});

test('schemas of thousands of fields are compared in time that grows with their size', () => {
  const fields = (type: string) =>
    Array.from({ length: 20_000 }, (_, index) => ({ name: `field${index}`, type }));
  const wide = (type: string) => schemaOf({ type: 'record', name: 'Wide', fields: fields(type) });
  expect(wide('long').incompatibilitiesWith(wide('int'), 'STRICT')).toEqual([]);
  expect(wide('int').incompatibilitiesWith(wide('long'), 'STRICT').length).toBe(100);
});
