import type { LogFields, Logger as HostLogger } from '@millrace/host';
import { logLevel } from './constants.ts';

export interface LoggerEntryContent {
  readonly timestamp: string;
  readonly message: string;
  readonly [key: string]: unknown;
}

export interface LogEntry {
  namespace: string;
  level: logLevel;
  label: string;
  log: LoggerEntryContent;
}

export type logCreator = (level: logLevel) => (entry: LogEntry) => void;

export interface Logger {
  info(message: string, extra?: object): void;
  error(message: string, extra?: object): void;
  warn(message: string, extra?: object): void;
  debug(message: string, extra?: object): void;
  namespace(namespace: string, level?: logLevel): Logger;
  setLogLevel(level: logLevel): void;
}

interface Level {
  current: logLevel;
}

/** kafkajs's logger: levels, name spaces, and a function of the user that takes the entries. */
export function createLogger(level: logLevel, create: logCreator, nowMs: () => number): Logger {
  return loggerOf({ current: level }, { write: create(level), nowMs }, '');
}

interface Output {
  readonly write: (entry: LogEntry) => void;
  readonly nowMs: () => number;
}

function loggerOf(level: Level, output: Output, namespace: string): Logger {
  const at =
    (label: keyof typeof logLevel) =>
    (message: string, extra: object = {}): void => {
      if (logLevel[label] > level.current) return;
      const timestamp = new Date(output.nowMs()).toISOString();
      const log = { timestamp, logger: 'kafkajs', message, ...extra };
      output.write({ namespace, level: logLevel[label], label, log });
    };
  return {
    info: at('INFO'),
    error: at('ERROR'),
    warn: at('WARN'),
    debug: at('DEBUG'),
    namespace: (name, ownLevel) =>
      loggerOf(ownLevel === undefined ? level : { current: ownLevel }, output, name),
    setLogLevel: (next) => {
      level.current = next;
    },
  };
}

/** What kafkajs does by default: one line of JSON each, errors and warnings to the standard error. */
export const jsonLines: logCreator =
  () =>
  ({ namespace, level, label, log }) => {
    const message = namespace === '' ? log.message : `[${namespace}] ${log.message}`;
    const stream = level <= logLevel.WARN ? process.stderr : process.stdout;
    stream.write(`${JSON.stringify({ level: label, ...log, message })}\n`);
  };

/** The same logger for what the layer is made of. Its infos are details to a user of kafkajs. */
export function hostLogger(logger: Logger): HostLogger {
  return {
    debug: (message, fields) => logger.debug(message, plain(fields)),
    info: (message, fields) => logger.debug(message, plain(fields)),
    warn: (message, fields) => logger.warn(message, plain(fields)),
    error: (message, fields) => logger.error(message, plain(fields)),
  };
}

/** An Error has no JSON of its own. */
function plain(fields: LogFields = {}): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? value.message : value]),
  );
}
