import type { LogFields, Logger } from '@millrace/host';

/** Warnings of things that go on: once when they begin, and again only after they had ended. */
export class RefusalLog {
  readonly #logger: Logger;
  readonly #going = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param key What goes on, and with whom. */
  warn(key: string, message: string, fields: LogFields): void {
    if (this.#going.has(key)) return this.#logger.debug(message, fields);
    this.#going.add(key);
    this.#logger.warn(message, fields);
  }

  /** It has ended. */
  ended(key: string): void {
    this.#going.delete(key);
  }
}
