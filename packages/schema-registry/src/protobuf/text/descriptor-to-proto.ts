import { InvalidSchemaError } from '../../errors.ts';
import type { FileDescriptorProto } from '../descriptor/descriptor.ts';
import { MalformedMessageError } from '../descriptor/wire-bytes.ts';
import { DESCRIPTOR_PATH } from '../link/file-pool.ts';
import type { FieldModel, MessageModel } from '../link/model.ts';
import { wellKnownFile } from '../link/well-known-files.ts';
import type { ProtoFile } from '../syntax/proto-file.ts';
import { DescriptorWriter } from './proto-of-descriptor.ts';
import { OptionReader } from './read-options.ts';

/** The only custom options that are kept: those of Confluent. */
const CONFLUENT_META = 'confluent/meta.proto';

/**
 * A descriptor as a `.proto` file, as Confluent's registry makes it of schemas that arrive in base64. Custom options are
 * left out, except those of Confluent: a registry that kept them would not find the schemas that another one has stored.
 *
 * @throws InvalidSchemaError when the descriptor makes no sense
 */
export function descriptorToProto(descriptor: FileDescriptorProto): ProtoFile {
  checkNames(descriptor);
  try {
    return new DescriptorWriter(new OptionReader(confluentExtension), optionsType).file(descriptor);
  } catch (cause) {
    if (!(cause instanceof MalformedMessageError)) throw cause;
    throw new InvalidSchemaError(`Options of the descriptor are damaged: ${cause.message}`, {}, { cause });
  }
}

function confluentExtension(extendee: string, number: number): FieldModel | undefined {
  return wellKnownFile(CONFLUENT_META)?.extensions.find(
    (extension) => extension.extendee?.fullName === extendee && extension.number === number,
  );
}

function optionsType(name: string): MessageModel {
  const type = wellKnownFile(DESCRIPTOR_PATH)?.messages.find((message) => message.name === name);
  if (type === undefined) throw new TypeError(`descriptor.proto has no ${name}`);
  return type;
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
  checkPart(descriptor);
}

function checkPart(part: object): void {
  for (const [key, value] of Object.entries(part) as [string, unknown][]) {
    if (!Array.isArray(value)) continue;
    for (const child of value as readonly unknown[]) {
      if (typeof child !== 'object' || child === null || key.endsWith('Range')) continue;
      const { name } = child as { readonly name?: unknown };
      if (typeof name !== 'string' || !IDENTIFIER.test(name)) throw invalidName(String(name));
      checkPart(child);
    }
  }
}

function invalidName(name: string): InvalidSchemaError {
  return new InvalidSchemaError(
    `The descriptor has the name ${JSON.stringify(name)}, which is no identifier`,
  );
}
