import { describe, expect, test } from 'vitest';
import { AvroSchema } from '../avro-format.ts';

const parse = (text: string) => AvroSchema.parse(text, [], { strict: true });

/** What `Schema.toString()` of the Java library prints, which is what registries store. */
describe('the canonical text', () => {
  test.each([
    ['{"type": "string"}', '"string"'],
    [' [ "null", {"type":"int"} ] ', '["null","int"]'],
    ['{"type":"string","avro.java.string":"String"}', '{"type":"string","avro.java.string":"String"}'],
    ['{"items":"int","type":"array","x":1}', '{"type":"array","items":"int","x":1}'],
    ['{"values":"int","type":"map"}', '{"type":"map","values":"int"}'],
    [
      '{"fields":[],"doc":"d","x":{"b":1,"a":[true,null]},"namespace":"n","name":"R","aliases":["S","m.T"],"type":"record"}',
      '{"type":"record","name":"R","namespace":"n","doc":"d","fields":[],"x":{"b":1,"a":[true,null]},"aliases":["S","m.T"]}',
    ],
    [
      '{"type":"record","name":"a.b.R","fields":[]}',
      '{"type":"record","name":"R","namespace":"a.b","fields":[]}',
    ],
    [
      '{"type":"record","name":"R","fields":[{"x":1,"aliases":["b"],"order":"ignore","default":1,"doc":"d","type":"int","name":"a"}]}',
      '{"type":"record","name":"R","fields":[{"name":"a","type":"int","doc":"d","default":1,"order":"ignore","aliases":["b"],"x":1}]}',
    ],
    [
      '{"type":"record","name":"R","fields":[{"name":"a","type":"int","order":"ascending","default":null}]}',
      undefined,
    ],
    [
      '{"type":"enum","name":"E","default":"A","symbols":["A"],"doc":"d","x":1}',
      '{"type":"enum","name":"E","doc":"d","symbols":["A"],"default":"A","x":1}',
    ],
    [
      '{"type":"fixed","size":4,"name":"n.F","doc":"d"}',
      '{"type":"fixed","name":"F","namespace":"n","doc":"d","size":4}',
    ],
    [
      '{"type":"record","name":"n.R","fields":[{"name":"a","type":{"type":"fixed","name":"F","size":1}},{"name":"b","type":"n.F"},{"name":"c","type":{"type":"fixed","name":"G","namespace":"","size":1}},{"name":"d","type":"G"}]}',
      '{"type":"record","name":"R","namespace":"n","fields":[{"name":"a","type":{"type":"fixed","name":"F","size":1}},{"name":"b","type":"F"},{"name":"c","type":{"type":"fixed","name":"G","namespace":"","size":1}},{"name":"d","type":"G"}]}',
    ],
    ['{"type":"error","name":"E","fields":[]}', '{"type":"error","name":"E","fields":[]}'],
  ])('of %s is %s', (text, canonical) => {
    if (canonical === undefined) expect(() => parse(text)).toThrow('default');
    else expect(parse(text).canonical).toBe(canonical);
  });

  test.each([
    ['1.0', '1.0'],
    ['1', '1'],
    ['1.50', '1.5'],
    ['100', '100'],
    ['1e2', '100.0'],
    ['1E7', '1.0E7'],
    ['12345678.9', '1.23456789E7'],
    ['0.001', '0.001'],
    ['0.0001', '1.0E-4'],
    ['-0.0', '-0.0'],
    ['9223372036854775807', '9223372036854775807'],
  ])('has the number %s as %s', (given, printed) => {
    expect(parse(`{"type":"int","x":${given}}`).canonical).toBe(`{"type":"int","x":${printed}}`);
  });

  test('escapes as Java does', () => {
    const text = String.raw`{"type":"int","x":"\u00e9\u0001\n\"\\\/\u001F"}`;
    expect(parse(text).canonical).toBe(String.raw`{"type":"int","x":"é\u0001\n\"\\/\u001F"}`);
  });
});

describe('the normalised text', () => {
  test.each([
    [
      'properties sorted, logical types first',
      '{"type":"bytes","zoo":1,"scale":2,"ape":{"b":1,"a":2},"precision":9,"logicalType":"decimal"}',
      '{"type":"bytes","logicalType":"decimal","precision":9,"scale":2,"ape":{"a":2,"b":1},"zoo":1}',
    ],
    [
      'names split the same way however they were given, aliases sorted, empty docs gone',
      '{"type":"record","name":"n.R","doc":"","aliases":["z","n.a"],"fields":[]}',
      '{"type":"record","name":"R","namespace":"n","fields":[],"aliases":["a","z"]}',
    ],
    [
      'defaults as their type has them',
      '{"type":"record","name":"R","fields":[{"name":"a","type":"double","default":1},{"name":"b","type":"float","default":0.1},{"name":"c","type":{"type":"map","values":"double"},"default":{"y":2,"x":1}}]}',
      '{"type":"record","name":"R","fields":[{"name":"a","type":"double","default":1.0},{"name":"b","type":"float","default":0.1},{"name":"c","type":{"type":"map","values":"double"},"default":{"x":1.0,"y":2.0}}]}',
    ],
  ])('has %s', (_what, text, normalized) => {
    expect(parse(text).normalized).toBe(normalized);
  });
});

describe('references', () => {
  const customer = parse(
    '{"type":"record","name":"shop.Customer","fields":[{"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A"]}}]}',
  );
  const reference = { name: 'shop.Customer', subject: 'customer', version: 1, schema: customer };
  const text =
    '{"type":"record","name":"shop.Order","fields":[{"name":"by","type":"Customer"},{"name":"kind","type":"Kind"}]}';
  const order = AvroSchema.parse(text, [reference]);

  test('stay names in the canonical text', () => {
    expect(order.canonical).toBe(
      '{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"by","type":"Customer"},{"name":"kind","type":"Kind"}]}',
    );
  });

  test('are put in place where the resolved text is asked for', () => {
    expect(order.formatted('resolved')).toBe(
      '{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"by","type":{"type":"record","name":"Customer","fields":[{"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A"]}}]}},{"name":"kind","type":"Kind"}]}',
    );
    expect(order.formatted('serialized')).toBeUndefined();
  });

  test('may not be defined again, and are missed when they are not given', () => {
    expect(() => AvroSchema.parse('{"type":"fixed","name":"shop.Kind","size":1}', [reference])).toThrow(
      'defined twice',
    );
    expect(() => AvroSchema.parse(text)).toThrow('No type has the name "Customer"');
  });
});

describe('the Parsing Canonical Form', () => {
  const text =
    '{"namespace":"x.y","name":"R","doc":"d","type":"record","fields":[{"name":"a","type":{"type":"long","logicalType":"date"},"default":1,"aliases":["b"]},{"name":"e","type":{"symbols":["A"],"type":"enum","name":"E"}}]}';

  test('is what decides how bytes are read', () => {
    expect(parse(text).parsingCanonicalForm()).toBe(
      '{"name":"x.y.R","type":"record","fields":[{"name":"a","type":"long"},{"name":"e","type":{"name":"x.y.E","type":"enum","symbols":["A"]}}]}',
    );
  });

  /** Examples of the specification's test data (schema-tests.txt), as hexadecimal numbers. */
  test.each([
    ['"null"', '63dd24e7cc258f8a'],
    ['"boolean"', '9f42fc78a4d4f764'],
    ['"int"', '7275d51a3f395c8f'],
    ['"long"', 'd054e14493f41db7'],
    ['"float"', '4d7c02cb3ea8d790'],
    ['"double"', '8e7535c032ab957e'],
    ['"bytes"', '4fc016dac3201965'],
    ['"string"', '8f014872634503c7'],
  ])('of %s has the fingerprint %s', (schema, hex) => {
    expect(parse(schema).fingerprint('CRC-64-AVRO').readBigUInt64LE().toString(16)).toBe(hex);
  });

  test('has fingerprints by MD5 and SHA-256 too', () => {
    expect(parse('"int"').fingerprint('MD5').toString('hex')).toBe('ef524ea1b91e73173d938ade36c1db32');
    expect(parse('"int"').fingerprint('SHA-256').toString('hex')).toBe(
      '3f2b87a9fe7cc9b13835598c3981cd45e3e355309e5090aa0933d7becb6fba45',
    );
  });
});
