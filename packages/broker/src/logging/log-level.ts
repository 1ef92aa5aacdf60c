import type { Logger } from '@millrace/host';

/** Kafka's levels from the most to the least that is logged, with the method of a `Logger` that takes them. */
const methods = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
  FATAL: 'error',
} as const satisfies Record<string, keyof Logger>;

export type LogLevel = keyof typeof methods;

/** As Kafka lists them in its messages. */
export const logLevels = Object.keys(methods) as readonly LogLevel[];

export function isLogLevel(text: string): text is LogLevel {
  return Object.hasOwn(methods, text);
}

/** Where a level stands: lines below that of their logger are dropped. */
export function severityOf(level: LogLevel): number {
  return logLevels.indexOf(level);
}

export function methodOf(level: LogLevel): keyof Logger {
  return methods[level];
}
