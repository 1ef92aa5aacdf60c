import { InvalidSchemaError } from '../../errors.ts';
import { describeFile, type Description } from '../descriptor/describe-file.ts';
import type { NestedOrder } from '../descriptor/describe-message.ts';
import type { ParsedProto } from '../syntax/parse-proto.ts';
import { linkFile, type Imports } from './link-file.ts';
import type { FileModel } from './model.ts';

/** Where descriptor.proto is found. */
export const DESCRIPTOR_PATH = 'google/protobuf/descriptor.proto';

/** What a pool takes files from. */
export interface FileSources {
  /** A parsed file by its import path. */
  source(path: string): ParsedProto | undefined;
  /** A file that is linked already, such as a well-known one. */
  linked(path: string): FileModel | undefined;
}

/** Options of {@link FilePool}. */
export interface FilePoolOptions {
  readonly order: NestedOrder;
  /** Whether the file that is asked for is checked for every rule; those it imports never are. */
  readonly isStrict: boolean;
}

/** Links files that import each other, each once. */
export class FilePool implements Imports {
  readonly #sources: FileSources;
  readonly #options: FilePoolOptions;
  readonly #linked = new Map<string, FileModel>();
  /** The imports that led to the file being linked, outermost first. */
  readonly #path: string[] = [];

  constructor(sources: FileSources, options: FilePoolOptions) {
    this.#sources = sources;
    this.#options = options;
  }

  /** Links the file that imports the others. @throws InvalidSchemaError */
  linkRoot(path: string, proto: ParsedProto): FileModel {
    const description = describeFile(proto.file, path, this.#options.order);
    this.#path.push(path);
    const { isStrict } = this.#options;
    return linkFile({ ...description, path, source: proto.source, isImported: false, isStrict }, this);
  }

  find(path: string): FileModel | undefined {
    const known = this.#linked.get(path);
    if (known !== undefined) return known;
    const proto = this.#sources.source(path);
    if (proto === undefined) return this.#sources.linked(path);
    this.#refuseCycle(path);
    this.#path.push(path);
    const description = describeFile(proto.file, path, this.#options.order);
    const file = this.#link(path, proto, description);
    this.#path.pop();
    this.#linked.set(path, file);
    return file;
  }

  descriptorFile(): FileModel | undefined {
    return this.#path.at(-1) === DESCRIPTOR_PATH ? undefined : this.find(DESCRIPTOR_PATH);
  }

  #link(path: string, { source }: ParsedProto, description: Description): FileModel {
    return linkFile({ ...description, path, source, isImported: true, isStrict: false }, this);
  }

  #refuseCycle(path: string): void {
    const start = this.#path.indexOf(path);
    if (start === -1) return;
    const cycle = [...this.#path.slice(start), path].join(' -> ');
    throw new InvalidSchemaError(`Files import each other in a cycle: ${cycle}`, { path });
  }
}
