// Runs the official test suite of JSON Schema (json-schema-org/JSON-Schema-Test-Suite, as the sources of jsonschema have it)
// through parser, reference resolution and validator:
//   npm run conformance:json-schema
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ParsedSchema, ResolvedReference } from '../src/format/schema-format.ts';
import { drafts, type Draft } from '../src/json-schema/draft/draft.ts';
import { asJsonSchema, jsonSchemaFormat } from '../src/json-schema/json-schema-format.ts';
import { metaSchemaAddress } from '../src/json-schema/validation/draft-ajv.ts';
import { validatorOf } from '../src/json-schema/validation/validator.ts';
import { knownDifferences } from './json-schema-known-differences.ts';
import { pythonSources } from './packages-of-others.ts';

interface Group {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

const suite = join(pythonSources('jsonschema', '4.26.0'), 'jsonschema-4.26.0', 'json');
const folderOf: Readonly<Record<Draft, string>> = {
  'draft-04': 'draft4',
  'draft-06': 'draft6',
  'draft-07': 'draft7',
  '2019-09': 'draft2019-09',
  '2020-12': 'draft2020-12',
};
let failed = 0;

for (const draft of drafts) {
  const references = remotes(draft);
  const tally = { passed: 0, known: 0 };
  const folder = join(suite, 'tests', folderOf[draft]);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    for (const group of JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly Group[]) {
      runGroup(draft, references, file, group, tally);
    }
  }
  print(`${draft}: ${tally.passed} passed, ${tally.known} known differences`);
}
process.exitCode = failed === 0 ? 0 : 1;

function runGroup(
  draft: Draft,
  references: readonly ResolvedReference[],
  file: string,
  group: Group,
  tally: { passed: number; known: number },
): void {
  for (const { description, data, valid } of group.tests) {
    const name = `${draft} ${file}: ${group.description}: ${description}`;
    const problem = problemOf(draft, references, group.schema, { data, valid });
    const reason = knownDifferences.find(({ test }) => test.test(name))?.reason;
    if (problem === undefined) tally.passed += 1;
    else if (reason !== undefined) tally.known += 1;
    else {
      failed += 1;
      print(`${name}: ${problem}`);
    }
  }
}

function problemOf(
  draft: Draft,
  references: readonly ResolvedReference[],
  schema: unknown,
  { data, valid }: { readonly data: unknown; readonly valid: boolean },
): string | undefined {
  try {
    const parsed = parse(draft, schema, references);
    const found = validatorOf(parsed, { fillsDefaults: false })(data);
    if ((found === undefined) === valid) return undefined;
    return valid ? `refused: ${found?.problem}` : 'taken';
  } catch (error) {
    return (error as Error).message;
  }
}

function parse(draft: Draft, schema: unknown, references: readonly ResolvedReference[]) {
  const hasDraft = typeof schema !== 'object' || schema === null || '$schema' in schema;
  const told = hasDraft ? schema : { $schema: metaSchemaAddress[draft], ...schema };
  return asJsonSchema(jsonSchemaFormat.parse(JSON.stringify(told), references, { strict: true }));
}

/** The documents that the suite wants to be found at http://localhost:1234. */
function remotes(draft: Draft): ResolvedReference[] {
  const folder = join(suite, 'remotes');
  const references: ResolvedReference[] = [];
  const files = [...filesIn(folder)].filter(
    (file) => !/\/draft/.test(file) || file.includes(`/${folderOf[draft]}/`),
  );
  // Documents refer to each other, so each round adds what the one before made possible.
  for (let round = 0; round < 3; round += 1) {
    for (const file of files) {
      const name = `http://localhost:1234/${relative(folder, file)}`;
      const schema = tryParse(draft, file, references);
      if (schema === undefined || references.some((reference) => reference.name === name)) continue;
      references.push({ name, subject: name, version: 1, schema });
    }
  }
  return references;
}

function tryParse(
  draft: Draft,
  file: string,
  references: readonly ResolvedReference[],
): ParsedSchema | undefined {
  try {
    return parse(draft, JSON.parse(readFileSync(file, 'utf8')), references);
  } catch {
    return undefined;
  }
}

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else if (name.endsWith('.json')) yield path;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
