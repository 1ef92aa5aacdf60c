// Takes public Avro schemas through everything that a registry and its serdes do with one:
//   npm run conformance:real-avro-schemas
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative } from 'node:path';
import type * as Avsc from 'avsc';
import { avro, AvroSchema } from '../src/avro/index.ts';
import { avroDecoder, avroEncoder } from '../src/avro/codec/avro-codec.ts';
import { codecSettings } from '../src/avro/codec/codec-options.ts';
import { sampleValues } from '../src/avro/testing/sample-values.ts';
import type { ResolvedReference } from '../src/format/schema-format.ts';
import { SchemaRegistryClient } from '../src/index.ts';
import { TestRegistry } from '../src/server/testing/test-registry.ts';
import { pythonPackage } from './packages-of-others.ts';

const avsc = createRequire(import.meta.url)('avsc') as typeof Avsc;

/** Packages that hold schemas of different people and sizes. */
const folders: readonly (readonly [string, () => string])[] = [
  ['acryl-datahub 1.7.0.17', () => pythonPackage('acryl-datahub', '1.7.0.17')],
  ['avrotize 3.9.3', () => pythonPackage('avrotize', '3.9.3')],
  ['avro 1.12.2', () => pythonPackage('avro', '1.12.2')],
  ['igwn-gwalert-schema 1.3.0', () => pythonPackage('igwn-gwalert-schema', '1.3.0')],
];

/** Schemas whose own text is wrong, and why. */
const rightlyRefused: readonly { readonly problem: RegExp; readonly reason: string }[] = [
  {
    problem: /No type has the name "(?:Any|repeated)"/,
    reason: 'a name that no file of the package defines',
  },
];

const settings = codecSettings({ unions: 'wrapped' });
const NOTHING = Buffer.alloc(0);
let passed = 0;
let refused = 0;
let failed = 0;
/** Those of which avsc read a value; it makes numbers of longs, so those with longs beyond 2^53 are left out. */
const compared = new Set<AvroSchema>();

await using registry = await TestRegistry.start();
const client = new SchemaRegistryClient({ 'schema.registry.url': registry.url });
for (const [name, folderOf] of folders) {
  const folder = folderOf();
  const texts = new Map([...filesIn(folder)].map((path) => [readFileSync(path, 'utf8'), path]));
  const before = passed;
  for (const [text, path] of texts) await check(text, path, [...texts.keys()]);
  print(`${name}: ${passed - before} of ${texts.size} different schemas`);
}
print(
  `${passed} passed, ${compared.size} of them compared with avsc byte by byte, ${refused} rightly refused, ${failed} failed`,
);
process.exitCode = failed === 0 && passed >= 100 ? 0 : 1;

/** Read, printed, read back, compared, registered, and values of it written and read. */
async function check(text: string, path: string, others: readonly string[]): Promise<void> {
  try {
    const references = referencesOf(text, others);
    const schema = AvroSchema.parse(text, references, { strict: true });
    for (const printed of [schema.canonical, schema.normalized]) {
      const again = AvroSchema.parse(printed, references, { strict: true });
      require(again.canonical === printed, 'the text is stable');
      require(again.parsingCanonicalForm() === schema.parsingCanonicalForm(), 'both mean the same');
    }
    require(schema.incompatibilitiesWith(schema, 'STRICT').length === 0, 'it is compatible with itself');
    if (references.length === 0) await register(schema, path);
    roundTrip(schema);
    passed += 1;
  } catch (error) {
    if (rightlyRefused.some(({ problem }) => problem.test((error as Error).message))) {
      refused += 1;
      return;
    }
    failed += 1;
    print(`${relative(process.cwd(), path)}: ${(error as Error).message.slice(0, 300)}`);
  }
}

/** Through the registry and the serde, as a producer and a consumer would. */
async function register(schema: AvroSchema, path: string): Promise<void> {
  const topic = basename(path);
  const serde = avro<unknown>(schema.text, { registry: client, unions: 'wrapped' });
  const context = { topic, part: 'value' as const, headers: [] };
  const [value] = sampleValues(schema.root);
  if (value === null) return;
  const bytes = await serde.serialize(value, context);
  require(same(await serde.deserialize(bytes, context), value), 'a value comes back through the registry');
  const stored = await client.schemas.byId(bytes.readUInt32BE(1));
  require(stored.schema === schema.canonical, 'the registry stores the canonical text');
}

function roundTrip(schema: AvroSchema): void {
  const encode = avroEncoder(schema.root, settings);
  const decode = avroDecoder(schema.root, schema.root, { ...settings, failOnTrailingData: true });
  const peer = peerType(schema);
  for (const value of sampleValues(schema.root)) {
    const bytes = encode(value, NOTHING);
    const read = decode(bytes, 0);
    require(same(read, value), 'values come back');
    if (peer !== undefined && !JSON.stringify(plain(value)).includes('n"')) {
      require(same(plain(peer.fromBuffer(bytes)), plain(value)), 'avsc reads the same');
      compared.add(schema);
    }
  }
}

/** avsc has no logical types of its own, and refuses some names and references; then it is no judge. */
function peerType(schema: AvroSchema): Avsc.Type | undefined {
  try {
    return avsc.Type.forSchema(JSON.parse(schema.formatted('resolved') as string) as Avsc.Schema, {
      wrapUnions: true,
    });
  } catch {
    return undefined;
  }
}

function referencesOf(text: string, others: readonly string[]): readonly ResolvedReference[] {
  try {
    AvroSchema.parse(text, [], { strict: true });
    return [];
  } catch (error) {
    const missing = /No type has the name "([^"]+)"/.exec((error as Error).message)?.[1];
    const simple = missing?.split('.').at(-1);
    const found = others.find((other) => other !== text && simple !== undefined && nameOf(other) === simple);
    if (found === undefined) throw error;
    const schema = AvroSchema.parse(found, referencesOf(found, others), { strict: true });
    return [{ name: schema.name ?? '', subject: simple as string, version: 1, schema }];
  }
}

function nameOf(text: string): string | undefined {
  const schema = JSON.parse(text) as { name?: string };
  return schema.name?.split('.').at(-1);
}

/** Longs that a number cannot hold are texts here, as avsc makes numbers of all of them. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

function same(first: unknown, second: unknown): boolean {
  return JSON.stringify(plain(first)) === JSON.stringify(plain(second));
}

function require(condition: boolean, promise: string): void {
  if (!condition) throw new Error(`It does not hold that ${promise}`);
}

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else if (/\.(?:avsc|avro\.json)$/.test(name)) yield path;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
