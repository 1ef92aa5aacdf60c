import type { LogFields, Logger } from '@millrace/host';
import { pino } from 'pino';
import type { Terminal } from './terminal.ts';

/** pino on standard error: JSON lines for collectors, one plain line each for a person at a terminal. */
export function createLogger(terminal: Terminal, level: string): Logger {
  const stream = terminal.stderr.isTTY === true ? plainLines(terminal) : terminal.stderr;
  const target = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return {
    debug: (message, fields) => target.debug(toJson(fields), message),
    info: (message, fields) => target.info(toJson(fields), message),
    warn: (message, fields) => target.warn(toJson(fields), message),
    error: (message, fields) => target.error(toJson(fields), message),
  };
}

function toJson(fields: LogFields | undefined): Record<string, unknown> {
  const entries = Object.entries(fields ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key, value instanceof Error ? errorFields(value) : value]),
  );
}

function errorFields(error: Error): Record<string, unknown> {
  const { name, message } = error;
  const code = (error as { code?: unknown }).code;
  return { name, message, ...(code === undefined ? {} : { code }) };
}

const levelNames: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

function plainLines(terminal: Terminal): { write(line: string): void } {
  return {
    write(line) {
      const { level, time, msg, ...fields } = JSON.parse(line) as {
        level: number;
        time: string;
        msg: string;
      };
      const details = Object.entries(fields).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
      terminal.stderr.write(
        `${time.slice(11, 23)} ${levelNames[level] ?? level} ${[msg, ...details].join(' ')}\n`,
      );
    },
  };
}
