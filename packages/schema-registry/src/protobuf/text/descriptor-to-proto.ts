import { InvalidSchemaError } from '../../errors.ts';
import { decodeFileDescriptor, encodeFileDescriptor } from '../descriptor/descriptor-codec.ts';
import type { FileDescriptorProto } from '../descriptor/descriptor.ts';
import { MalformedMessageError } from '../descriptor/wire-bytes.ts';
import type { FilePool } from '../link/file-pool.ts';
import type { FieldModel, FileModel } from '../link/model.ts';
import type { ProtoFile } from '../syntax/proto-file.ts';
import { DescriptorWriter } from './proto-of-descriptor.ts';
import { OptionReader } from './read-options.ts';

/** Custom options of Confluent are understood even where their file is not imported. */
const CONFLUENT_META = 'confluent/meta.proto';

/**
 * A descriptor as a `.proto` file. Custom options are kept as far as the files that declare them are in `pool`.
 *
 * @throws InvalidSchemaError when the descriptor makes no sense
 */
export function descriptorToProto(descriptor: FileDescriptorProto, pool: FilePool): ProtoFile {
  checkNames(descriptor);
  try {
    const file = pool.linkDescriptor(decodeFileDescriptor(encodeFileDescriptor(descriptor)));
    const extensions = extensionsOf([file, pool.find(CONFLUENT_META)]);
    const reader = new OptionReader((extendee, number) => extensions.get(`${extendee} ${number}`));
    const optionsFile = pool.descriptorFile();
    return new DescriptorWriter(reader, (name) => {
      const type = optionsFile?.messages.find((message) => message.name === name);
      if (type === undefined) throw new TypeError(`descriptor.proto has no ${name}`);
      return type;
    }).file(descriptor);
  } catch (cause) {
    if (!(cause instanceof MalformedMessageError)) throw cause;
    throw new InvalidSchemaError(`Options of the descriptor are damaged: ${cause.message}`, {}, { cause });
  }
}

/** Extensions of all files that can be reached, by what they extend and their number. */
function extensionsOf(roots: readonly (FileModel | undefined)[]): ReadonlyMap<string, FieldModel> {
  const extensions = new Map<string, FieldModel>();
  const files = new Set(roots.filter((file) => file !== undefined));
  for (const { symbols, dependencies } of files) {
    for (const dependency of dependencies) files.add(dependency);
    for (const symbol of symbols.values()) {
      if (symbol.kind === 'field' && symbol.extendee !== undefined) {
        extensions.set(`${symbol.extendee.fullName} ${symbol.number}`, symbol);
      }
    }
  }
  return extensions;
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const PACKAGE = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/;

/** Names that are none would change what the printed text means. */
function checkNames(descriptor: FileDescriptorProto): void {
  const { package: packageName = '', syntax = '' } = descriptor;
  if (packageName !== '' && !PACKAGE.test(packageName)) throw invalidName(packageName);
  if (!['', 'proto2', 'proto3', 'editions'].includes(syntax)) {
    throw new InvalidSchemaError(`The descriptor has the syntax "${syntax}", which does not exist`);
  }
  checkPart(descriptor as unknown as Part);
}

interface Part {
  readonly [key: string]: unknown;
}

function checkPart(part: Part): void {
  for (const [key, value] of Object.entries(part)) {
    if (!Array.isArray(value)) continue;
    for (const child of value as readonly unknown[]) {
      if (typeof child !== 'object' || child === null || key.endsWith('Range')) continue;
      const { name } = child as { readonly name?: unknown };
      if (typeof name !== 'string' || !IDENTIFIER.test(name)) throw invalidName(String(name));
      checkPart(child as Part);
    }
  }
}

function invalidName(name: string): InvalidSchemaError {
  return new InvalidSchemaError(
    `The descriptor has the name ${JSON.stringify(name)}, which is no identifier`,
  );
}
