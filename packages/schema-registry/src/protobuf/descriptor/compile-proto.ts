import { FilePool } from '../link/file-pool.ts';
import { wellKnownFile } from '../link/well-known-files.ts';
import { parseProto, type ParsedProto } from '../syntax/parse-proto.ts';
import { encodeFileDescriptor } from './descriptor-codec.ts';
import { withJsonNames } from './json-names.ts';

/** Finds the text of an imported file by its path; undefined when there is none. */
export type FindText = (path: string) => string | undefined;

/** Makes descriptors of `.proto` files as protoc does with `--descriptor_set_out`, byte for byte. */
export class ProtoCompiler {
  readonly #pool: FilePool;

  /** @param findText well-known files are found without it, but what it finds comes first */
  constructor(findText: FindText) {
    const parsed = new Map<string, ParsedProto | undefined>();
    const source = (path: string): ParsedProto | undefined => {
      if (!parsed.has(path)) parsed.set(path, parsedText(findText(path)));
      return parsed.get(path);
    };
    this.#pool = new FilePool({ source, linked: wellKnownFile }, { order: 'protoc', isStrict: true });
  }

  /**
   * The bytes of the `FileDescriptorProto` of a file; undefined when there is no such file.
   *
   * @throws InvalidSchemaError naming file, line and column
   */
  compile(path: string): Buffer | undefined {
    const file = this.#pool.find(path);
    return file === undefined ? undefined : encodeFileDescriptor(withJsonNames(file.descriptor));
  }
}

function parsedText(text: string | undefined): ParsedProto | undefined {
  return text === undefined ? undefined : parseProto(text);
}
