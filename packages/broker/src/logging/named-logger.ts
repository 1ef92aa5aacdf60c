import type { LogFields, Logger } from '@millrace/host';
import { severityOf, type LogLevel } from './log-level.ts';

/** Where lines that pass go. */
export type LineWriter = (level: LogLevel, message: string, fields: LogFields | undefined) => void;

/** A logger with a name and a level of its own, which may change at any time. */
export class NamedLogger implements Logger {
  readonly name: string;
  readonly #write: LineWriter;
  #severity = 0;

  constructor(name: string, write: LineWriter) {
    this.name = name;
    this.#write = write;
  }

  /** Lines below it are dropped. */
  setThreshold(level: LogLevel): void {
    this.#severity = severityOf(level);
  }

  /** For lines that cost something to put together. */
  isEnabled(level: LogLevel): boolean {
    return severityOf(level) >= this.#severity;
  }

  trace(message: string, fields?: LogFields): void {
    this.#log('TRACE', message, fields);
  }

  debug(message: string, fields?: LogFields): void {
    this.#log('DEBUG', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#log('INFO', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#log('WARN', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#log('ERROR', message, fields);
  }

  #log(level: LogLevel, message: string, fields: LogFields | undefined): void {
    if (this.isEnabled(level)) this.#write(level, message, fields);
  }
}
