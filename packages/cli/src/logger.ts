import type { LogFields, Logger } from '@millrace/host';
import type { Terminal } from './terminal.ts';

/** What `--log-level` may be, from the most to the least, with the numbers that pino and bunyan write. */
const levels = { debug: 20, info: 30, warn: 40, error: 50, silent: Infinity } as const;

export type LogLevel = keyof typeof levels;

export const logLevels = Object.keys(levels) as readonly LogLevel[];

/**
 * Log lines on standard error: JSON as pino writes it for collectors, one plain line each for a person at a terminal.
 * @param nowMs wall clock
 */
export function createLogger(terminal: Terminal, least: LogLevel, nowMs: () => number): Logger {
  const format = terminal.stderr.isTTY === true ? plainLine : jsonLine;
  const at = (level: Exclude<LogLevel, 'silent'>) => (message: string, fields?: LogFields) => {
    if (levels[level] < levels[least]) return;
    const time = new Date(nowMs()).toISOString();
    const values = Object.entries(fields ?? {}).map(([key, value]) => [key, printable(value)] as const);
    terminal.stderr.write(`${format({ level, time, message, values })}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

interface LogLine {
  readonly level: Exclude<LogLevel, 'silent'>;
  readonly time: string;
  readonly message: string;
  readonly values: readonly (readonly [string, unknown])[];
}

function jsonLine({ level, time, message, values }: LogLine): string {
  return JSON.stringify({ level: levels[level], time, ...Object.fromEntries(values), msg: message });
}

function plainLine({ level, time, message, values }: LogLine): string {
  const details = values.map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${time.slice(11, 23)} ${level} ${[message, ...details].join(' ')}`;
}

/** What JSON can hold: a line about a failure must not fail itself. */
function printable(value: unknown): unknown {
  if (value instanceof Error) return errorFields(value);
  if (typeof value === 'bigint') return String(value);
  try {
    JSON.stringify(value);
    return value;
  } catch {
    return String(value);
  }
}

function errorFields(error: Error): Record<string, unknown> {
  const { name, message } = error;
  const code = (error as { code?: unknown }).code;
  return { name, message, ...(typeof code === 'string' ? { code } : {}) };
}
