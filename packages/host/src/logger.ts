/**
 * Structured logging as libraries need it: the message is constant text, what varies goes into `fields`. Secrets and
 * record payloads never do. pino's loggers satisfy it through a one-line adapter.
 */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** The variables of a line; its text is constant. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What libraries use unless they are given a logger. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};
