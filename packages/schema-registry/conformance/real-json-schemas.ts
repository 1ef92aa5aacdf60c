// Takes public JSON Schemas through everything that a registry does with one:
//   npm run conformance:real-json-schemas
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { ParsedSchema, ResolvedReference } from '../src/format/schema-format.ts';
import { asJsonSchema, jsonSchemaFormat } from '../src/json-schema/json-schema-format.ts';
import { jsonSchemaTypes } from '../src/json-schema/types/typescript-types.ts';
import { validatorOf } from '../src/json-schema/validation/validator.ts';
import { npmPackage } from './packages-of-others.ts';
import { RegisteredSchemas } from './registered-schemas.ts';

/** Packages that hold schemas of different people, drafts and sizes, and whether to look at every JSON file or at those with `$schema`. */
const packages = [
  ['@asyncapi/specs', '6.11.1'],
  ['@octokit/webhooks-schemas', '7.6.1'],
  ['@schematics/angular', '22.2.7'],
  ['vega-lite', '6.5.0'],
  ['nx', '23.2.1'],
  ['@angular/cli', '22.2.7'],
  ['app-builder-lib', '26.17.0'],
  ['ajv', '8.20.0'],
] as const;

const known = new Map<SchemaFile, ParsedSchema>();
/** Schemas that are no valid ones, or whose references cannot be registered, and why. */
const rightlyRefused: readonly { readonly problem: RegExp; readonly reason: string }[] = [
  {
    problem: /"#\/definitions\/vendorExtension" leads to no part/,
    reason: 'the definition is missing in the file',
  },
  { problem: /without-\$id\.json" leads to no part/, reason: 'the file that it names is not in the package' },
  {
    problem: /operation(?:Trait)?\.json(?:#[^"]*)?" leads to no part/,
    reason: 'two files refer to each other, which registered schemas cannot',
  },
  { problem: /exclusiveMinimum, line/, reason: 'a meta-schema of draft 4 inside of a schema of draft 7' },
];

await using registered = await RegisteredSchemas.start();
let failed = 0;
let refused = 0;
let passed = 0;
for (const [name, version] of packages) {
  const folder = npmPackage(name, version);
  const files = [...filesIn(folder)].flatMap((file) => schemaIn(file) ?? []);
  const before = { passed, failed };
  for (const file of files) await check(file, files);
  print(`${name} ${version}: ${passed - before.passed} of ${files.length} schemas`);
}
print(`${passed} passed, ${refused} rightly refused, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

interface SchemaFile {
  readonly path: string;
  readonly text: string;
  readonly id: string | undefined;
}

function schemaIn(path: string): SchemaFile | undefined {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  if (!/"\$schema":\s*"https?:\/\/json-schema\.org\//.test(text)) return undefined;
  const schema = JSON.parse(text) as { $schema?: unknown; $id?: string; id?: string };
  if (typeof schema.$schema !== 'string') return undefined;
  return { path, text, id: schema.$id ?? (typeof schema.id === 'string' ? schema.id : undefined) };
}

/** Parsed and printed, read back, compared with itself, compiled, made into types, registered. */
async function check(file: SchemaFile, all: readonly SchemaFile[]): Promise<void> {
  try {
    const references = referencesOf(file, all, new Set());
    const schema = asJsonSchema(jsonSchemaFormat.parse(file.text, references, { strict: true }));
    const again = jsonSchemaFormat.parse(schema.canonical, references, { strict: true });
    const normalized = jsonSchemaFormat.parse(schema.normalized, references, { strict: true });
    require(again.canonical === schema.canonical, 'the canonical text is stable');
    require(normalized.normalized === schema.normalized, 'the normalized text is stable');
    require(again.normalized === schema.normalized, 'both texts normalize to the same');
    require(sameValue(schema.canonical, file.text), 'the canonical text has the same value');
    const problems = again.incompatibilitiesWith(schema, 'STRICT');
    require(problems.length ===
      0, `it is compatible with itself, but ${JSON.stringify(problems.slice(0, 2))}`);
    validatorOf(schema, { fillsDefaults: false })({});
    require(jsonSchemaTypes(schema).includes('export '), 'it has types');
    await registered.register(file.id ?? basename(file.path), schema);
    passed += 1;
  } catch (error) {
    if (rightlyRefused.some(({ problem }) => problem.test((error as Error).message))) {
      refused += 1;
      return;
    }
    failed += 1;
    print(`${relative(process.cwd(), file.path)}: ${(error as Error).message.slice(0, 300)}`);
  }
}

/** The schemas of the package that the text names, and what those name. */
function referencesOf(
  file: SchemaFile,
  all: readonly SchemaFile[],
  path: Set<SchemaFile>,
): ResolvedReference[] {
  path.add(file);
  const references = all.flatMap((other) => {
    if (other.id === undefined || other === file || path.has(other) || !file.text.includes(`"${other.id}`))
      return [];
    const schema = parsed(other, all, path);
    return [{ name: other.id, subject: other.id, version: 1, schema }];
  });
  path.delete(file);
  return references;
}

function parsed(file: SchemaFile, all: readonly SchemaFile[], path: Set<SchemaFile>): ParsedSchema {
  let schema = known.get(file);
  if (schema === undefined) {
    schema = jsonSchemaFormat.parse(file.text, referencesOf(file, all, path), { strict: true });
    known.set(file, schema);
  }
  return schema;
}

function sameValue(first: string, second: string): boolean {
  return JSON.stringify(JSON.parse(first)) === JSON.stringify(JSON.parse(second));
}

function require(condition: boolean, expectation: string): void {
  if (!condition) throw new Error(`Expected: ${expectation}`);
}

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else if (name.endsWith('.json') && name !== 'package.json') yield path;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
