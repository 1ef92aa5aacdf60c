import type { Terminal } from '../terminal.ts';
import { formatTable, type Table } from './table.ts';

export type OutputFormat = 'table' | 'json';

/** Prints results in the format the user asked for: tables for people, JSON for scripts. */
export class Printer {
  readonly #terminal: Terminal;
  readonly format: OutputFormat;

  constructor(terminal: Terminal, format: OutputFormat) {
    this.#terminal = terminal;
    this.format = format;
  }

  /** `value` is what `--output json` prints; `table` says how a person sees it. */
  result<T>(value: T, table: (value: T) => Table | string): void {
    if (this.format === 'json') {
      this.#terminal.stdout.write(`${JSON.stringify(value)}\n`);
      return;
    }
    const view = table(value);
    this.#terminal.stdout.write(typeof view === 'string' ? `${view}\n` : formatTable(view));
  }

  /** For people only; nothing in JSON mode, where standard output holds data alone. */
  note(text: string): void {
    if (this.format === 'table') this.#terminal.stderr.write(`${text}\n`);
  }
}
