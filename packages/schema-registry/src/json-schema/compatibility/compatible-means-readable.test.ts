import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonSchemaFormat } from '../json-schema-format.ts';
import type { JsonSchema } from '../json-schema.ts';
import { changedSchema, Dice, randomSchema, randomValue } from '../testing/random-schema.ts';
import type { JsonValue } from '../../json-text/json-node.ts';
import { validatorOf, type ValidationProblem } from '../validation/validator.ts';

const VALUES = 30;

test('a value that fits the old schema fits every new one that is called compatible', () => {
  const seen = { compatible: 0, incompatible: 0, readable: 0 };
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const dice = new Dice(seed);
      const old = randomSchema(dice, 2);
      const changed = dice.isLucky(8) ? randomSchema(dice, 2) : changedSchema(dice, old, 2);
      if (hasCountedDefaults(changed)) return;
      const [writer, reader] = [parse(old), parse(changed)];
      if (reader.incompatibilitiesWith(writer, 'STRICT').length > 0) {
        seen.incompatible += 1;
        return;
      }
      seen.compatible += 1;
      for (let count = 0; count < VALUES; count += 1) {
        const value = randomValue(dice, old, 4);
        if (validatorOf(writer, { fillsDefaults: false })(value) !== undefined) continue;
        seen.readable += 1;
        const problem = readProblem(reader, value);
        expect(problem, JSON.stringify({ value, old, changed })).toBeUndefined();
      }
    }),
    { numRuns: Number(process.env['MILLRACE_JSON_SCHEMA_RUNS'] ?? 400) },
  );
  // Neither verdict may be rare, or the test shows nothing.
  expect(seen.compatible).toBeGreaterThan(50);
  expect(seen.incompatible).toBeGreaterThan(50);
  expect(seen.readable).toBeGreaterThan(500);
});

/** The value as it is, or with the defaults that it lacks. */
function readProblem(reader: JsonSchema, value: JsonValue): ValidationProblem | undefined {
  const problem = validatorOf(reader, { fillsDefaults: false })(value);
  if (problem === undefined) return undefined;
  return validatorOf(reader, { fillsDefaults: true })(structuredClone(value));
}

/** A default that is filled in counts as a property, which the rules for properties do not weigh against those for counts. */
function hasCountedDefaults(schema: JsonValue): boolean {
  const text = JSON.stringify(schema);
  return text.includes('"default"') && /"(?:maxProperties|dependencies)"/.test(text);
}

function parse(schema: JsonValue): JsonSchema {
  return jsonSchemaFormat.parse(JSON.stringify(schema), [], { strict: false });
}
