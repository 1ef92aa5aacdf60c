import type { Host } from '@millrace/host';
import type { OutputFormat } from './output/printer.ts';
import type { Terminal } from './terminal.ts';

/** What every command gets. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly host: Host;
}

/** Options that every command takes. */
export interface OutputOptions {
  readonly output: OutputFormat;
}
