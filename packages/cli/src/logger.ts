import type { LogFields, Logger } from '@millrace/host';
import { createRequire } from 'node:module';
import type * as Pino from 'pino';
import type { Terminal } from './terminal.ts';

/** What `--log-level` may be, from the most to the least, with pino's numbers. */
const levels = { debug: 20, info: 30, warn: 40, error: 50, silent: Infinity } as const;

export type LogLevel = keyof typeof levels;
type WrittenLevel = Exclude<LogLevel, 'silent'>;

export const logLevels = Object.keys(levels) as readonly LogLevel[];

/**
 * Log lines on standard error, by pino: JSON for collectors, one plain line each for a person at a terminal.
 *
 * pino is loaded by the first line that is written: its forty modules cost every start about 20 ms, and most nodes start
 * without a word to say.
 * @param nowMs wall clock
 */
export function createLogger(terminal: Terminal, least: LogLevel, nowMs: () => number): Logger {
  let pino: Pino.Logger | undefined;
  const at = (level: WrittenLevel) => (message: string, fields?: LogFields) => {
    if (levels[level] < levels[least]) return;
    pino ??= openPino(terminal, least, nowMs);
    pino[level](withPlainErrors(fields), message);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function openPino(terminal: Terminal, level: LogLevel, nowMs: () => number): Pino.Logger {
  const { pino } = createRequire(import.meta.url)('pino') as typeof Pino;
  const stream = terminal.stderr.isTTY === true ? plainLines(terminal) : terminal.stderr;
  const timestamp = () => `,"time":"${new Date(nowMs()).toISOString()}"`;
  return pino({ level, base: null, timestamp }, stream);
}

function plainLines(terminal: Terminal): { write(line: string): void } {
  return {
    write(line) {
      const { level, time, msg, ...fields } = JSON.parse(line) as {
        level: number;
        time: string;
        msg: string;
      };
      const name = logLevels.find((candidate) => levels[candidate] === level) ?? level;
      const details = Object.entries(fields).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
      terminal.stderr.write(`${time.slice(11, 23)} ${name} ${[msg, ...details].join(' ')}\n`);
    },
  };
}

/** Errors as name, message and code: a stack is for whoever debugs, not for whoever operates. */
function withPlainErrors(fields: LogFields = {}): Record<string, unknown> {
  const entries = Object.entries(fields);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, value instanceof Error ? plainError(value) : value]),
  );
}

function plainError(error: Error): Record<string, unknown> {
  const { name, message } = error;
  const code = (error as { code?: unknown }).code;
  return { name, message, ...(typeof code === 'string' ? { code } : {}) };
}
