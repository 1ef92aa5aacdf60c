import { KafkaError } from '@millrace/protocol';
import type { Logger } from '@millrace/host';
import { StorageError } from '../errors.ts';

/**
 * The health of one log directory. The first I/O error takes it offline for good: what the page cache holds after a
 * failed write or fsync is unknown, so nothing may be acknowledged from it before a restart has recovered the logs.
 */
export class LogDirectory {
  readonly path: string;
  readonly #logger: Logger;
  readonly #onFailure: (error: StorageError) => void;
  #failure: StorageError | undefined;

  constructor(path: string, logger: Logger, onFailure: (error: StorageError) => void) {
    this.path = path;
    this.#logger = logger;
    this.#onFailure = onFailure;
  }

  get failure(): StorageError | undefined {
    return this.#failure;
  }

  /** Takes the directory offline and makes the error that its callers get. A second failure changes nothing. */
  fail(cause: unknown): KafkaError {
    if (this.#failure === undefined) {
      this.#failure = new StorageError(this.path, cause);
      this.#logger.error('Log directory failed and is offline', {
        directory: this.path,
        error: this.#failure,
      });
      this.#onFailure(this.#failure);
    }
    return this.offlineError();
  }

  /** Runs a task whose I/O errors take the directory offline; other errors pass. */
  async guard<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      // Errors of the operating system name the call that failed.
      const isSystemError = typeof (error as NodeJS.ErrnoException).syscall === 'string';
      throw isSystemError ? this.fail(error) : error;
    }
  }

  /** @throws KafkaError KAFKA_STORAGE_ERROR */
  assertOnline(): void {
    if (this.#failure !== undefined) throw this.offlineError();
  }

  offlineError(): KafkaError {
    return new KafkaError('KAFKA_STORAGE_ERROR', this.#failure!.message, { cause: this.#failure });
  }
}
