import type { SchemaEntity, SchemaReferenceEntity } from '../../client/registry-entities.ts';
import type { SchemaRegistryClient } from '../../client/schema-registry-client.ts';
import { RegistryBadResponseError } from '../../errors.ts';
import { WELL_KNOWN_PROTOS } from '../generated/well-known-protos.ts';
import { isWellKnownPath } from '../link/well-known-files.ts';
import { importPathsOf } from '../protobuf-schema.ts';
import { missingImport, type ImportTexts } from './import-texts.ts';

/** How the files that a schema imports get into the registry. */
export interface RegisterImportsOptions {
  readonly registry: SchemaRegistryClient;
  readonly imports: ImportTexts;
  /** The subject of an imported file. */
  readonly subjectOf: (path: string) => string;
  /** Leave out the files that every registry knows. */
  readonly skipKnownTypes: boolean;
  /** Look for what is registered already, and register nothing. */
  readonly lookupOnly: boolean;
  readonly normalize: boolean;
}

/** Registers the files that a schema imports, those first that others import. */
export class ImportRegistrar {
  readonly #options: RegisterImportsOptions;
  readonly #references = new Map<string, Promise<SchemaReferenceEntity>>();

  constructor(options: RegisterImportsOptions) {
    this.#options = options;
  }

  /** The references of a text to what it imports. @throws RegistryConfigError, RegistryRefusedError */
  referencesOf(text: string): Promise<SchemaReferenceEntity[]> {
    const paths = importPathsOf(text).filter((path) => !this.#isSkipped(path));
    return Promise.all(paths.map((path) => this.#reference(path)));
  }

  #isSkipped(path: string): boolean {
    return (
      this.#options.skipKnownTypes && isWellKnownPath(path) && !Object.hasOwn(this.#options.imports, path)
    );
  }

  #reference(path: string): Promise<SchemaReferenceEntity> {
    const known = this.#references.get(path);
    if (known !== undefined) return known;
    const reference = this.#register(path);
    this.#references.set(path, reference);
    // A failure is forgotten, so that the next record tries again.
    reference.catch(() => this.#references.delete(path));
    return reference;
  }

  async #register(name: string): Promise<SchemaReferenceEntity> {
    const { registry, subjectOf, lookupOnly, normalize } = this.#options;
    const schema = this.#textOf(name);
    const references = await this.referencesOf(schema);
    const entity: SchemaEntity = {
      schema,
      schemaType: 'PROTOBUF',
      ...(references.length === 0 ? {} : { references }),
    };
    const subject = subjectOf(name);
    const registered = lookupOnly
      ? undefined
      : await registry.subjects.register(subject, entity, { normalize });
    const version = registered?.version ?? (await this.#lookUp(subject, entity));
    return { name, subject, version };
  }

  async #lookUp(subject: string, entity: SchemaEntity): Promise<number> {
    const { registry, normalize } = this.#options;
    const { version } = await registry.subjects.lookUp(subject, entity, { normalize });
    if (version === undefined)
      throw new RegistryBadResponseError(`The registry named no version of subject "${subject}"`);
    return version;
  }

  #textOf(path: string): string {
    const { imports } = this.#options;
    const text = Object.hasOwn(imports, path)
      ? imports[path]
      : isWellKnownPath(path)
        ? WELL_KNOWN_PROTOS[path]
        : undefined;
    if (text === undefined) throw missingImport(path);
    return text;
  }
}

/** Subjects of imported files, by the last part of Confluent's class names. */
export const REFERENCE_SUBJECT_STRATEGIES: Readonly<Record<string, (path: string) => string>> = {
  DefaultReferenceSubjectNameStrategy: (path) => path,
  QualifiedReferenceSubjectNameStrategy: (path) => path.replace(/\.proto$/, '').replaceAll('/', '.'),
};
