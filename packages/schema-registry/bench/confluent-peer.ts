import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '1.10.1';
/** Not a dependency of the workspace: it brings the clients of five clouds. */
const FOLDER = fileURLToPath(new URL('../../../.millrace/confluent-schemaregistry/', import.meta.url));

/** What the benchmarks use of `@confluentinc/schemaregistry`. */
export interface ConfluentSchemaRegistry {
  readonly SchemaRegistryClient: new (options: { readonly baseURLs: readonly string[] }) => unknown;
  readonly SerdeType: { readonly VALUE: unknown };
  readonly AvroSerializer: new (client: unknown, type: unknown, options: object) => ConfluentSerializer;
  readonly AvroDeserializer: new (client: unknown, type: unknown, options: object) => ConfluentDeserializer;
  readonly JsonSerializer: new (client: unknown, type: unknown, options: object) => ConfluentSerializer;
  readonly JsonDeserializer: new (client: unknown, type: unknown, options: object) => ConfluentDeserializer;
  readonly ProtobufSerializer: new (client: unknown, type: unknown, options: object) => ConfluentSerializer;
  readonly ProtobufDeserializer: new (
    client: unknown,
    type: unknown,
    options: object,
  ) => ConfluentDeserializer;
}

export interface ConfluentSerializer {
  serialize(topic: string, value: unknown): Promise<Buffer>;
}

export interface ConfluentDeserializer {
  deserialize(topic: string, bytes: Buffer): Promise<unknown>;
}

/** What the benchmarks use of `@bufbuild/protobuf`, which Confluent's serializers take messages of. */
export interface ProtobufEs {
  readonly FileDescriptorProtoSchema: unknown;
  create(type: unknown, value: object): unknown;
  fromBinary(type: unknown, bytes: Uint8Array): unknown;
  createFileRegistry(file: unknown, resolve: () => undefined): { getMessage(name: string): unknown };
  createMutableRegistry(type: unknown): unknown;
}

/** Confluent's serializers for Node.js, installed beside the workspace when they are first asked for. */
export function confluentSchemaRegistry(): ConfluentSchemaRegistry {
  return installedPeers()('@confluentinc/schemaregistry') as ConfluentSchemaRegistry;
}

/** The Protobuf library that Confluent's serializers stand on. */
export function protobufEs(): ProtobufEs {
  const require = installedPeers();
  return {
    ...(require('@bufbuild/protobuf') as object),
    ...(require('@bufbuild/protobuf/wkt') as object),
  } as ProtobufEs;
}

function installedPeers(): NodeJS.Require {
  const folder = join(FOLDER, VERSION);
  if (!existsSync(join(folder, 'node_modules'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const parameters = ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', [...parameters, `@confluentinc/schemaregistry@${VERSION}`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return createRequire(join(folder, 'package.json'));
}
