import { InvalidSchemaError, RegistryConfigError } from '../../errors.ts';
import type { ResolvedReference } from '../../format/schema-format.ts';
import { isWellKnownPath } from '../link/well-known-files.ts';
import { importPathsOf, ProtobufSchema } from '../protobuf-schema.ts';

/** The texts of imported files by their import paths. */
export type ImportTexts = Readonly<Record<string, string>>;

/**
 * A schema with the files it imports, without a registry.
 *
 * @throws InvalidSchemaError where a file is wrong, RegistryConfigError where one is missing
 */
export function parseWithImports(text: string, imports: ImportTexts): ProtobufSchema {
  return ProtobufSchema.parse(text, new ImportParser(imports).referencesOf(text, []));
}

class ImportParser {
  readonly #imports: ImportTexts;
  readonly #parsed = new Map<string, ProtobufSchema>();

  constructor(imports: ImportTexts) {
    this.#imports = imports;
  }

  referencesOf(text: string, trail: readonly string[]): readonly ResolvedReference[] {
    return importPathsOf(text)
      .filter((path) => Object.hasOwn(this.#imports, path) || !isWellKnownPath(path))
      .map((name) => ({ name, subject: name, version: 1, schema: this.#schema(name, trail) }));
  }

  #schema(path: string, trail: readonly string[]): ProtobufSchema {
    const known = this.#parsed.get(path);
    if (known !== undefined) return known;
    if (trail.includes(path)) {
      throw new InvalidSchemaError(`Files import each other in a cycle: ${[...trail, path].join(' -> ')}`);
    }
    const text = Object.hasOwn(this.#imports, path) ? this.#imports[path] : undefined;
    if (text === undefined) throw missingImport(path);
    const references = this.referencesOf(text, [...trail, path]);
    const schema = ProtobufSchema.parse(text, references, { strict: false });
    this.#parsed.set(path, schema);
    return schema;
  }
}

/** The error for an import whose text nobody gave. */
export function missingImport(path: string): RegistryConfigError {
  return new RegistryConfigError(
    `The schema imports "${path}", but there is no text for it: give it in "imports", or its registered schema in "references"`,
  );
}
