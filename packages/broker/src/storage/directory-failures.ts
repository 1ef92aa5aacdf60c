import { DataDirectoryError } from '../errors.ts';
import type { DataDirectories } from './data-directories.ts';

/**
 * Which data directories have failed, and whether the broker can do without them. As in Kafka it goes on while one is
 * left, but not without the metadata log.
 */
export class DirectoryFailures {
  /** Resolves with the reason when the broker cannot go on. */
  readonly failed: Promise<Error>;
  readonly #online: Set<string>;
  readonly #metadataPath: string | undefined;
  /** The broker cannot go on, for a reason that is no directory's. */
  readonly fail: (error: Error) => void;
  /** A directory has failed that the broker can do without. */
  onFailure: () => void = () => undefined;

  constructor({ paths, metadataPath }: Pick<DataDirectories, 'paths' | 'metadataPath'>, isBroker: boolean) {
    const { promise, resolve } = Promise.withResolvers<Error>();
    this.failed = promise;
    this.fail = resolve;
    // To a broker the directory of the metadata log alone is none to go on with; a controller has no use for the others.
    this.#online = new Set(paths.filter((path) => !isBroker || path !== metadataPath));
    this.#metadataPath = paths[0];
  }

  add(path: string, cause: unknown): void {
    this.#online.delete(path);
    if (this.#online.size > 0 && path !== this.#metadataPath) return this.onFailure();
    this.fail(DataDirectoryError.whileInUse(path, cause));
  }
}
