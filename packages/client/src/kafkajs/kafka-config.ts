import type { Duplex } from 'node:stream';
import type { logCreator } from './kafkajs-logger.ts';
import type { logLevel } from './constants.ts';

/** What kafkajs passes on to `tls.connect`. Only what is named here has a counterpart; anything else is refused. */
export interface SslOptions {
  /** PEM. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[];
  readonly key?: string | Buffer;
  readonly cert?: string | Buffer | readonly (string | Buffer)[];
  readonly passphrase?: string;
  /** Only `true`: a broker whose certificate nobody vouches for is not spoken to. */
  readonly rejectUnauthorized?: boolean;
  /** Any function: the name in the certificate is not compared. */
  readonly checkServerIdentity?: unknown;
}

export type SASLOptions =
  | {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
      readonly username: string;
      readonly password: string;
    }
  | {
      readonly mechanism: 'oauthbearer';
      readonly oauthBearerProvider: () => Promise<{ readonly value: string }>;
    };

export type ISocketFactory = (args: {
  host: string;
  port: number;
  ssl: object;
  onConnect: () => void;
}) => Duplex;

export interface RetryOptions {
  maxRetryTime?: number;
  initialRetryTime?: number;
  factor?: number;
  multiplier?: number;
  retries?: number;
  restartOnFailure?: (error: Error) => Promise<boolean>;
}

/** Options of `new Kafka()`, with kafkajs's names. */
export interface KafkaConfig {
  brokers: string[] | (() => string[] | Promise<string[]>);
  ssl?: SslOptions | boolean;
  sasl?: SASLOptions;
  clientId?: string;
  /** Milliseconds; default 1000. */
  connectionTimeout?: number;
  /** Milliseconds; has no limit of its own here: it is part of opening a connection. */
  authenticationTimeout?: number;
  /** Milliseconds; sessions are renewed in time without it. */
  reauthenticationThreshold?: number;
  /** Milliseconds; default 30000. */
  requestTimeout?: number;
  /** Only `true`: requests always have a time-out. */
  enforceRequestTimeout?: boolean;
  retry?: RetryOptions;
  socketFactory?: ISocketFactory;
  logLevel?: logLevel;
  logCreator?: logCreator;
}

export const defaultRetry = {
  retries: 5,
  initialRetryTime: 300,
  maxRetryTime: 30_000,
  multiplier: 2,
} as const satisfies RetryOptions;

/** How long kafkajs pauses in all before it gives up: here it is time that limits, not the number of tries. */
export function retryBudgetMs(retry: RetryOptions): number {
  const { retries, initialRetryTime, maxRetryTime, multiplier } = { ...defaultRetry, ...retry };
  let pauseMs = Math.min(initialRetryTime, maxRetryTime);
  let totalMs = 0;
  for (let count = 0; count < retries && totalMs < MAX_BUDGET_MS; count++) {
    totalMs += pauseMs;
    pauseMs = Math.min(pauseMs * multiplier, maxRetryTime);
  }
  return Math.min(totalMs, MAX_BUDGET_MS);
}

/** Idempotent producers of kafkajs retry for ever; nothing of ours does. */
const MAX_BUDGET_MS = 600_000;
