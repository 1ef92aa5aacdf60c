import { InvalidSchemaError } from '../../errors.ts';
import type { Origins } from '../descriptor/origins.ts';
import type { SourceText } from '../syntax/source-text.ts';

/** Makes errors that name a place of one file. */
export class LinkProblems {
  readonly #file: string | undefined;
  readonly #origins: Origins;
  readonly #source: SourceText;

  /** `file` is the import path, undefined for the schema itself. */
  constructor(file: string | undefined, origins: Origins, source: SourceText) {
    this.#file = file;
    this.#origins = origins;
    this.#source = source;
  }

  /** `path` is the full name of what is wrong. */
  at(descriptor: object, problem: string, path?: string): InvalidSchemaError {
    return this.atOffset(this.#origins.offsetOf(descriptor), problem, path);
  }

  atOffset(offset: number | undefined, problem: string, path?: string): InvalidSchemaError {
    const place = offset === undefined ? {} : this.#source.placeOf(offset);
    const where = this.#file === undefined ? problem : `${this.#file}: ${problem}`;
    return new InvalidSchemaError(where, { ...place, ...(path === undefined ? {} : { path }) });
  }
}
