import type { LogFields, Logger } from '@millrace/host';

/** Lines beyond which the start of a story is left out. */
const MAX_LINES = 400;

/** What happened in a run, in the words of the faults and of the nodes' own logs, by time. */
export class RunStory {
  readonly #lines: string[] = [];
  #nowMs = 0;

  /** For the option `onFault`. */
  readonly onFault = (timeMs: number, what: string): void => {
    this.#nowMs = timeMs;
    this.#add('', '====', what);
  };

  /** For the option `onEvent`: the story has no clock of its own. */
  readonly onEvent = ({ timeMs }: { readonly timeMs: number }): void => {
    this.#nowMs = timeMs;
  };

  /** For the option `loggerOf`. */
  readonly loggerOf = (node: string): Logger => ({
    debug: (message, fields) => this.#add(node, 'debug', message, fields),
    info: (message, fields) => this.#add(node, 'info', message, fields),
    warn: (message, fields) => this.#add(node, 'WARN', message, fields),
    error: (message, fields) => this.#add(node, 'ERROR', message, fields),
  });

  get text(): string {
    const left = this.#lines.length - MAX_LINES;
    const shown = this.#lines.slice(Math.max(0, left));
    return [...(left > 0 ? [`... ${left} lines before`] : []), ...shown].join('\n');
  }

  #add(node: string, level: string, message: string, fields: LogFields = {}): void {
    const values = Object.entries(fields).map(([name, value]) => `${name}=${inWords(value)}`);
    this.#lines.push(`${this.#nowMs.toFixed(1).padStart(9)} ${node} ${level} ${message} ${values.join(' ')}`);
  }
}

function inWords(value: unknown): string | undefined {
  if (value instanceof Error)
    return value.cause instanceof Error ? `${value.message} (${inWords(value.cause)})` : value.message;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
