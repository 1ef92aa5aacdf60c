import { InvalidSchemaError } from '../errors.ts';
import type {
  CompatibilityPolicy,
  Incompatibility,
  ParsedSchema,
  ParseOptions,
  ResolvedReference,
} from '../format/schema-format.ts';
import { fileDifferences } from './compatibility/file-differences.ts';
import { decodeFileDescriptor, encodeFileDescriptor } from './descriptor/descriptor-codec.ts';
import type { FileDescriptorProto } from './descriptor/descriptor.ts';
import { MalformedMessageError } from './descriptor/wire-bytes.ts';
import { FilePool } from './link/file-pool.ts';
import type { FileModel, MessageModel } from './link/model.ts';
import { wellKnownFile } from './link/well-known-files.ts';
import { parseProto, type ParsedProto } from './syntax/parse-proto.ts';
import { descriptorToProto } from './text/descriptor-to-proto.ts';
import { normalizeProto } from './text/normalize-proto.ts';
import { printNormalizedProto, printProto } from './text/print-proto.ts';
import { withoutExtensions } from './text/without-extensions.ts';

/** The file name that a schema of a registry has, which has none. */
const FILE_NAME = 'default';

/** A Protobuf schema that was understood. */
export class ProtobufSchema implements ParsedSchema {
  readonly type = 'PROTOBUF';
  readonly text: string;
  readonly references: readonly ResolvedReference[];
  /** The file as it is written. */
  readonly proto: ParsedProto;
  /** As it is stored: printed once more, without comments. */
  readonly canonical: string;
  readonly #isStrict: boolean;
  #file: FileModel | undefined;
  #normalized: string | undefined;

  private constructor(
    text: string,
    proto: ParsedProto,
    references: readonly ResolvedReference[],
    isStrict: boolean,
  ) {
    this.text = text;
    this.proto = proto;
    this.references = references;
    this.canonical = printProto(proto.file);
    this.#isStrict = isStrict;
  }

  /**
   * From the text of a `.proto` file, or from a `FileDescriptorProto` in base64.
   *
   * @throws InvalidSchemaError with line and column, or the name of the part that makes no sense
   */
  static parse(
    text: string,
    references: readonly ResolvedReference[] = [],
    { strict }: ParseOptions = { strict: true },
  ): ProtobufSchema {
    const schema = new ProtobufSchema(text, readProto(text), references, strict);
    if (strict) schema.#file = schema.#link();
    return schema;
  }

  /**
   * The file with its names resolved; read leniently it is resolved at the first use.
   *
   * @throws InvalidSchemaError when the schema was read leniently and does not resolve
   */
  get file(): FileModel {
    this.#file ??= this.#link();
    return this.#file;
  }

  get normalized(): string {
    this.#normalized ??= printNormalizedProto(normalizeProto(this.proto.file, this.file));
    return this.#normalized;
  }

  /** The first message, else the first enum. */
  get name(): string | undefined {
    const { messages, enums } = effectiveFile(this.file);
    return (messages[0] ?? enums[0])?.fullName;
  }

  formatted(format: string): string | undefined {
    switch (format.toLowerCase()) {
      case 'serialized':
        return encodeFileDescriptor(this.file.descriptor).toString('base64');
      case 'ignore_extensions':
        return printProto(withoutExtensions(this.proto.file));
      default:
        return undefined;
    }
  }

  incompatibilitiesWith(previous: ParsedSchema, _policy: CompatibilityPolicy): readonly Incompatibility[] {
    if (previous instanceof ProtobufSchema)
      return fileDifferences(previous, this).filter(({ isCompatible }) => !isCompatible);
    const description = `The schema is PROTOBUF, the other one ${previous.type}`;
    return [{ errorType: 'SCHEMA_TYPE_CHANGED', path: '#/', description }];
  }

  topLevelFields(): readonly string[] {
    return effectiveFile(this.file).messages.flatMap(({ fields }) => fields.map(({ name }) => name));
  }

  /** A message by its full name, or by its name within the package; the first one when `name` is undefined. */
  message(name?: string): MessageModel | undefined {
    const { messages, package: packageName } = effectiveFile(this.file);
    if (name === undefined) return messages[0];
    const prefix = packageName === '' ? '' : `${packageName}.`;
    const full = name.startsWith(prefix) ? name : `${prefix}${name}`;
    return findMessage(messages, full) ?? findMessage(messages, `${prefix}${name}`);
  }

  /** The message that indexes lead to; undefined when there is none. */
  messageAt(indexes: readonly number[]): MessageModel | undefined {
    let { messages } = effectiveFile(this.file);
    let message: MessageModel | undefined;
    for (const index of indexes) {
      message = messages[index];
      if (message === undefined) return undefined;
      ({ messages } = message);
    }
    return message;
  }

  #link(): FileModel {
    const sources = importedSources(this.references);
    const pool = new FilePool(
      { source: (path) => sources.get(path), linked: wellKnownFile },
      { order: 'registry', isStrict: this.#isStrict },
    );
    return pool.linkRoot(FILE_NAME, this.proto);
  }
}

/**
 * The path of indexes that leads to a message from the top of its file. Map entries count where the text declares them as
 * messages, unless `withoutMapEntries`; those that stand behind `map<…>` come after all others and never matter.
 */
export function messageIndexes(
  message: MessageModel,
  { withoutMapEntries = false }: { readonly withoutMapEntries?: boolean } = {},
): readonly number[] {
  const siblings = message.parent?.messages ?? message.file.messages;
  const counted = withoutMapEntries ? siblings.filter(({ isMapEntry }) => !isMapEntry) : siblings;
  const index = counted.indexOf(message);
  return message.parent === undefined
    ? [index]
    : [...messageIndexes(message.parent, { withoutMapEntries }), index];
}

/**
 * A file that has nothing but one `import public` stands for the file it imports; chains of such files do not.
 */
function effectiveFile(file: FileModel): FileModel {
  const { messages, enums, services, extensions, descriptor, publicDependencies } = file;
  const isEmpty = messages.length + enums.length + services.length + extensions.length === 0;
  const [imported] = publicDependencies;
  if (!isEmpty || imported === undefined || descriptor.dependency.length !== 1) return file;
  return imported.messages.length + imported.enums.length > 0 ? imported : file;
}

function findMessage(messages: readonly MessageModel[], fullName: string): MessageModel | undefined {
  for (const message of messages) {
    if (message.fullName === fullName) return message;
    if (fullName.startsWith(`${message.fullName}.`)) return findMessage(message.messages, fullName);
  }
  return undefined;
}

/** Everything that references bring, by import path; what is nearer wins. */
function importedSources(references: readonly ResolvedReference[]): ReadonlyMap<string, ParsedProto> {
  const sources = new Map<string, ParsedProto>();
  const queue = [...references];
  for (const { name, schema } of queue) {
    if (sources.has(name) || !(schema instanceof ProtobufSchema)) continue;
    sources.set(name, schema.proto);
    queue.push(...schema.references);
  }
  return sources;
}

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** The descriptor that a text in base64 is; undefined when it is the text of a `.proto` file. */
function serializedDescriptor(text: string): FileDescriptorProto | undefined {
  if (!BASE64.test(text)) return undefined;
  try {
    return decodeFileDescriptor(Buffer.from(text, 'base64'));
  } catch (cause) {
    if (!(cause instanceof MalformedMessageError)) throw cause;
    throw new InvalidSchemaError(
      `The text is base64, but of no FileDescriptorProto: ${cause.message}`,
      {},
      { cause },
    );
  }
}

/** The text of a `.proto` file, or a descriptor in base64, read but not linked. @throws InvalidSchemaError */
export function readProto(text: string): ParsedProto {
  const descriptor = serializedDescriptor(text);
  return descriptor === undefined ? parseProto(text) : protoOf(descriptor);
}

/** The import paths in the text of a `.proto` file or in a descriptor in base64, each once. @throws InvalidSchemaError */
export function importPathsOf(text: string): readonly string[] {
  const descriptor = serializedDescriptor(text);
  const paths = descriptor?.dependency ?? parseProto(text).file.imports.map(({ path }) => path);
  return [...new Set(paths)];
}

/** A descriptor as text, and that text parsed: from there on both kinds of schemas are the same. */
function protoOf(descriptor: FileDescriptorProto): ParsedProto {
  return parseProto(printProto(descriptorToProto(descriptor)));
}
