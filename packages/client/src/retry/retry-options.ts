import { MillraceError } from '@millrace/protocol';
import type { Admin } from '../admin/admin.ts';
import { InvalidOptionError } from '../errors.ts';
import { checkNumber, checkOptionNames } from '../option-checks.ts';
import type { Producer } from '../producer/producer.ts';
import { DeserializationError } from '../serde/serde-errors.ts';

/** Retry topics and dead letters for `run()`. */
export interface RetryOptions {
  /** Writes retries and dead letters. Not closed by `run()`. */
  readonly producer: Producer;
  /** How long a record waits after its first failure, its second, ... One retry topic each. Default 5 s, 1 min, 10 min. */
  readonly delaysMs?: readonly number[];
  /**
   * How often a record is tried before it is a dead letter. Default: once, and once after each delay. More than that
   * repeats the last delay.
   */
  readonly maxAttempts?: number;
  /** Default `<topic>-retry-<delay>`, for example `orders-retry-5s`. Groups that share a topic need names of their own. */
  readonly retryTopic?: (topic: string, delayMs: number) => string;
  /** Default `<topic>-dlq`. */
  readonly deadLetterTopic?: (topic: string) => string;
  /**
   * False makes the record a dead letter at once. Default: all errors but those of deserializing, unless what failed there
   * may pass, such as a schema registry that does not answer.
   */
  readonly isRetriable?: (error: unknown) => boolean;
  /** Creates the topics that do not exist, before the run begins. Default: they are expected to exist. */
  readonly createTopics?: RetryTopicCreation;
}

/** How retry topics and dead letter topics are made. */
export interface RetryTopicCreation {
  readonly admin: Admin;
  /** Default: as many as the topic itself has. */
  readonly partitions?: number;
  /** Default: the broker's. */
  readonly replicationFactor?: number;
  readonly configs?: Readonly<Record<string, string | number>>;
}

/** With defaults. */
export interface RetrySettings {
  readonly producer: Producer;
  readonly delaysMs: readonly number[];
  readonly maxAttempts: number;
  readonly retryTopic: (topic: string, delayMs: number) => string;
  readonly deadLetterTopic: (topic: string) => string;
  readonly isRetriable: (error: unknown) => boolean;
  readonly createTopics: RetryTopicCreation | undefined;
}

const DEFAULT_DELAYS_MS = [5000, 60_000, 600_000];

const names: Record<keyof RetryOptions, true> = {
  producer: true,
  delaysMs: true,
  maxAttempts: true,
  retryTopic: true,
  deadLetterTopic: true,
  isRetriable: true,
  createTopics: true,
};

/** @throws InvalidOptionError */
export function retrySettings(options: RetryOptions): RetrySettings {
  checkOptionNames('retry of run()', options, Object.keys(names));
  const { delaysMs = DEFAULT_DELAYS_MS, maxAttempts = delaysMs.length + 1 } = options;
  for (const delayMs of delaysMs) checkNumber('retry of run()', 'delaysMs', delayMs, 1);
  if (new Set(delaysMs).size < delaysMs.length) {
    throw new InvalidOptionError(
      'retry of run()',
      'delaysMs',
      'names a delay twice; raise maxAttempts to repeat the last',
    );
  }
  checkNumber('retry of run()', 'maxAttempts', maxAttempts, 1);
  return {
    producer: options.producer,
    delaysMs,
    maxAttempts: delaysMs.length === 0 ? 1 : maxAttempts,
    retryTopic: options.retryTopic ?? ((topic, delayMs) => `${topic}-retry-${delayName(delayMs)}`),
    deadLetterTopic: options.deadLetterTopic ?? ((topic) => `${topic}-dlq`),
    isRetriable: options.isRetriable ?? mayPass,
    createTopics: options.createTopics,
  };
}

/** Bytes that do not fit today will not fit tomorrow; a serde that could not ask somebody else may find them tomorrow. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof DeserializationError)) return true;
  return error.cause instanceof MillraceError && error.cause.retriable;
}

const units: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** In the largest unit that is whole: 5s, 10m, 1500ms. */
function delayName(delayMs: number): string {
  const [unit, unitMs] = units.find(([, ms]) => delayMs % ms === 0) ?? ['ms', 1];
  return `${delayMs / unitMs}${unit}`;
}
