// Takes the public .proto files of Google's APIs (7,222 of them) through everything that a registry does with one, and compares
// our descriptors with those of protoc, byte by byte:
//   npm run conformance:real-protos [-- STEP]      every STEP-th file only; default 1
// protoc comes with the Python package grpcio-tools; without it the comparison is left out, and said to be.
import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProtoCompiler } from '../src/protobuf/descriptor/compile-proto.ts';
import { rawFieldsOf } from '../src/protobuf/descriptor/wire-bytes.ts';
import { ProtobufSchema } from '../src/protobuf/index.ts';
import { isWellKnownPath } from '../src/protobuf/link/well-known-files.ts';
import { npmPackage } from './packages-of-others.ts';
import { RegisteredSchemas } from './registered-schemas.ts';

const GRPC_TOOLS = '1.85.1';
const step = Number(process.argv[2] ?? 1);
const root = join(npmPackage('google-proto-files', '6.0.1'), 'package');
const folder = fileURLToPath(new URL('../../../.millrace/conformance/', import.meta.url));
/** Test files of Protobuf itself whose imports are not in the package. */
const incomplete = /^google\/protobuf\/(?:bridge|compiler|json|test_protos|util|late|sample|internal)/;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.proto'))
  .map((path) => relative('.', path))
  .filter((path) => !incomplete.test(path))
  .toSorted();
const schemas = new Map<string, ProtobufSchema>();
const tally = { files: 0, likeProtoc: 0, failed: 0 };

await using registered = await RegisteredSchemas.start();
const theirs = protocDescriptors();
const compiler = new ProtoCompiler(textOf);
for (const path of files.filter((_, index) => index % step === 0)) {
  tally.files += 1;
  try {
    checkRegistry(path);
    await registered.register(path, schemaOf(path));
    if (theirs !== undefined) checkDescriptor(path, theirs);
  } catch (error) {
    tally.failed += 1;
    process.stderr.write(`${path}: ${String(error)}\n`);
  }
}
process.stdout.write(
  `${tally.files} files parsed, registered, normalised and read again as descriptors; ` +
    `${theirs === undefined ? 'not compared with protoc, which is not there' : `${tally.likeProtoc} descriptors as of protoc`}; ` +
    `${tally.failed} failed\n`,
);
process.exitCode = tally.failed === 0 ? 0 : 1;

/** What the registry stores means what was given, and stays as it is. */
function checkRegistry(path: string): void {
  const schema = schemaOf(path);
  const { references } = schema;
  const stored = ProtobufSchema.parse(schema.canonical, references);
  expectSame('canonical text', stored.canonical, schema.canonical);
  expectSame('normalised text', stored.normalized, schema.normalized);
  expectSame(
    'normalised text read again',
    ProtobufSchema.parse(schema.normalized, references).normalized,
    schema.normalized,
  );
  const fromDescriptor = ProtobufSchema.parse(stored.formatted('serialized') ?? '', references);
  expectSame(
    'descriptor',
    ProtobufSchema.parse(fromDescriptor.canonical, references).canonical,
    fromDescriptor.canonical,
  );
  const problems = [
    ...fromDescriptor.incompatibilitiesWith(schema, 'STRICT'),
    ...schema.incompatibilitiesWith(fromDescriptor, 'STRICT'),
  ];
  if (problems.length > 0) throw new Error(`is incompatible with itself: ${problems[0]?.description}`);
}

function checkDescriptor(path: string, descriptors: ReadonlyMap<string, Buffer>): void {
  const ours = compiler.compile(path);
  const wanted = descriptors.get(path);
  if (wanted === undefined || ours?.equals(wanted) !== true)
    throw new Error('the descriptor is not that of protoc');
  tally.likeProtoc += 1;
}

function expectSame(what: string, actual: string, expected: string): void {
  if (actual !== expected) throw new Error(`${what} differs`);
}

function schemaOf(path: string): ProtobufSchema {
  const known = schemas.get(path);
  if (known !== undefined) return known;
  const text = textOf(path) ?? '';
  const imports = [...text.matchAll(/^import\s+(?:public |weak |option )?"([^"]+)"/gm)].map(
    ([, name]) => name ?? '',
  );
  const references = imports
    .filter((name) => !isWellKnownPath(name))
    .map((name) => ({ name, subject: name, version: 1, schema: schemaOf(name) }));
  const schema = ProtobufSchema.parse(text, references);
  schemas.set(path, schema);
  return schema;
}

function textOf(path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What protoc makes of all files, by path; undefined when it cannot be had. */
function protocDescriptors(): ReadonlyMap<string, Buffer> | undefined {
  const output = join(folder, `google-proto-files-by-grpcio-tools-${GRPC_TOOLS}.bin`);
  try {
    if (!existsSync(output)) runProtoc(output);
  } catch (error) {
    process.stderr.write(`grpcio-tools ${GRPC_TOOLS} could not be installed and run: ${String(error)}\n`);
    return undefined;
  }
  const names = new TextDecoder();
  return new Map(
    rawFieldsOf(readFileSync(output)).map(({ bytes }) => [
      names.decode(rawFieldsOf(bytes).find(({ number }) => number === 1)?.bytes),
      bytes,
    ]),
  );
}

function runProtoc(output: string): void {
  const environment = join(folder, `grpcio-tools-${GRPC_TOOLS}`);
  const python = join(environment, 'bin', 'python');
  const quiet: ExecFileSyncOptions = { stdio: 'ignore' };
  if (!existsSync(python)) {
    execFileSync('python3', ['-m', 'venv', environment], quiet);
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', `grpcio-tools==${GRPC_TOOLS}`], quiet);
  }
  const list = join(folder, 'google-proto-files.txt');
  writeFileSync(list, files.join('\n'));
  const parameters = ['-m', 'grpc_tools.protoc', `-I${root}`, `--descriptor_set_out=${output}`, `@${list}`];
  execFileSync(python, parameters, { ...quiet, cwd: root });
}
