import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import { IncompatibleReaderError } from '../../errors.ts';
import { AvroSchema } from '../avro-format.ts';
import { avroDecoder, avroEncoder } from '../codec/avro-codec.ts';
import { codecSettings } from '../codec/codec-options.ts';
import { randomSchema, randomSchemaPair } from '../testing/random-schema.ts';
import { sampleValues } from '../testing/sample-values.ts';
import { modelCanRead } from '../testing/resolution-model.ts';

const settings = codecSettings({ unions: 'wrapped' });
const runs = Number(process.env['MILLRACE_PROPERTY_RUNS'] ?? 200);
const schemaOf = (json: unknown) => AvroSchema.parse(JSON.stringify(json), [], { strict: true });

/** Whether every sample of the writer, as bytes, is read by the codec with the reader's schema. */
function codecReadsAll(reader: AvroSchema, writer: AvroSchema): boolean {
  const encode = avroEncoder(writer.root, settings);
  try {
    const decode = avroDecoder(writer.root, reader.root, { ...settings, failOnTrailingData: true });
    for (const value of sampleValues(writer.root)) decode(encode(value, Buffer.alloc(0)), 0);
    return true;
  } catch (error) {
    if (error instanceof IncompatibleReaderError) return false;
    if ((error as Error).message.includes("reader's")) return false;
    throw error;
  }
}

test('schemas are compatible exactly when every value of the writer can be read with the reader', () => {
  let compatible = 0;
  let incompatible = 0;
  assert(
    property(randomSchemaPair, (pair) => {
      const writer = schemaOf(pair.writer);
      const reader = schemaOf(pair.reader);
      const problems = reader.incompatibilitiesWith(writer, 'STRICT');
      expect(problems.length === 0, JSON.stringify(problems)).toBe(modelCanRead(reader.root, writer.root));
      expect(codecReadsAll(reader, writer)).toBe(problems.length === 0);
      if (problems.length === 0) compatible += 1;
      else incompatible += 1;
    }),
    { numRuns: runs },
  );
  // Both answers have to be met often, or the property says little.
  expect(Math.min(compatible, incompatible)).toBeGreaterThan(runs / 10);
});

test('every schema reads itself, and every value comes back', () => {
  assert(
    property(randomSchema, (json) => {
      const schema = schemaOf(json);
      expect(schema.incompatibilitiesWith(schema, 'STRICT')).toEqual([]);
      const encode = avroEncoder(schema.root, settings);
      const decode = avroDecoder(schema.root, schema.root, { ...settings, failOnTrailingData: true });
      for (const value of sampleValues(schema.root)) {
        expect(decode(encode(value, Buffer.from('id')), 2)).toEqual(value);
      }
    }),
    { numRuns: runs },
  );
});

test('the canonical and the normalised text of a schema mean the same schema', () => {
  assert(
    property(randomSchema, (json) => {
      const schema = schemaOf(json);
      for (const text of [schema.canonical, schema.normalized]) {
        const again = AvroSchema.parse(text, [], { strict: true });
        expect(again.canonical).toBe(text);
        expect(again.parsingCanonicalForm()).toBe(schema.parsingCanonicalForm());
      }
    }),
    { numRuns: runs },
  );
});
