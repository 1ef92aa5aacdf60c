import { describe, expect, test } from 'vitest';
import { ProtobufSchema } from '../protobuf-schema.ts';
import { fileDifferences } from './file-differences.ts';
import { compatibilityCases } from './protobuf-compatibility.cases.ts';

describe('what a change is, and whether old data can be read after it', () => {
  test('the table has at least 60 cases, each with a name of its own', () => {
    const names = compatibilityCases.map(({ change, from }) => `${change} ${from}`);
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(compatibilityCases)('$change', ({ from, to, imports, found }) => {
    const original = parse(from, imports?.from, 1);
    const update = parse(to, imports?.to, 2);
    const differences = fileDifferences(original, update);
    const told = differences.map(
      ({ errorType, path, isCompatible }) => `${isCompatible ? '' : '!'}${errorType} ${path}`,
    );
    expect(told.toSorted()).toEqual(found.toSorted());
    for (const { path, description } of differences) expect(description).toContain(`'${path}'`);
    const incompatible = update.incompatibilitiesWith(original, 'STRICT').map(({ errorType }) => errorType);
    expect(incompatible.length > 0).toBe(found.some((item) => item.startsWith('!')));
  });

  test('references to the same version of a subject are not compared', () => {
    const text = 'syntax = "proto3"; import "c.proto"; message A { C c = 1; }';
    const reference = (body: string) => parse(`syntax = "proto3"; message C { ${body} }`, undefined, 1);
    const schemaWith = (body: string, version: number) =>
      ProtobufSchema.parse(text, [{ name: 'c.proto', subject: 'c', version, schema: reference(body) }]);
    const before = schemaWith('int32 x = 1;', 1);
    expect(schemaWith('string x = 1;', 1).incompatibilitiesWith(before, 'STRICT')).toEqual([]);
    expect(schemaWith('string x = 1;', 2).incompatibilitiesWith(before, 'STRICT')).toMatchObject([
      { errorType: 'FIELD_SCALAR_KIND_CHANGED', path: '#/C/1' },
      { errorType: 'FIELD_NAMED_TYPE_CHANGED', path: '#/A/1' },
    ]);
  });

  test('a description names both sides', () => {
    const before = parse('syntax = "proto3"; message A { string x = 1; }', undefined, 1);
    const after = parse('syntax = "proto3"; message A { map<string, int32> x = 1; }', undefined, 1);
    expect(after.incompatibilitiesWith(before, 'STRICT').map(({ description }) => description)).toEqual([
      `At path '#/A/1' the field "x" is map<string, int32>, in the writing schema string`,
    ]);
  });
});

function parse(text: string, files: Readonly<Record<string, string>> = {}, version: number): ProtobufSchema {
  const references = Object.entries(files).map(([name, file]) => ({
    name,
    subject: name,
    version,
    schema: ProtobufSchema.parse(file),
  }));
  return ProtobufSchema.parse(text, references);
}
