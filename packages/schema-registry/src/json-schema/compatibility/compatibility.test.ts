import { describe, expect, test } from 'vitest';
import { jsonSchemaFormat } from '../json-schema-format.ts';
import type { JsonSchema } from '../json-schema.ts';
import type { JsonValue } from '../../json-text/json-node.ts';
import { arrayCases } from './cases/array.cases.ts';
import { combinationCases } from './cases/combination.cases.ts';
import type { CompatibilityCase } from './cases/compatibility-case.ts';
import { objectCases } from './cases/object.cases.ts';
import { scalarCases } from './cases/scalar.cases.ts';
import { compareModels } from './schema-incompatibilities.ts';

const groups = { scalarCases, objectCases, arrayCases, combinationCases };

test('there are at least 120 cases, each with a change of its own', () => {
  const changes = Object.entries(groups).flatMap(([group, cases]) =>
    cases.map(({ change }) => `${group} ${change}`),
  );
  expect(new Set(changes).size).toBe(changes.length);
  expect(changes.length).toBeGreaterThanOrEqual(120);
});

describe.each(Object.entries(groups))('%s', (_, cases) => {
  test.each(cases)('$change: $verdict', ({ from, to, verdict, differences }: CompatibilityCase) => {
    const [writer, reader] = [parse(from), parse(to)];
    const found = compareModels(writer.model, reader.model, 'STRICT').differences.map(({ type }) => type);
    const strict = reader.incompatibilitiesWith(writer, 'STRICT');
    const lenient = reader.incompatibilitiesWith(writer, 'LENIENT');
    expect({
      differences: found.toSorted(),
      verdict: strict.length === 0 ? 'compatible' : lenient.length === 0 ? 'lenient' : 'incompatible',
    }).toEqual({ differences: differences.toSorted(), verdict });
  });
});

function parse(schema: JsonValue): JsonSchema {
  return jsonSchemaFormat.parse(JSON.stringify(schema), [], { strict: true });
}
