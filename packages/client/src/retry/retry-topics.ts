import type { Clock } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { ItemsFailedError } from '../admin/items-failed-error.ts';
import { KafkaError } from '@millrace/protocol';
import type { ConsumerRecord } from '../consumer/consumer-record.ts';
import type { ProducerRecord } from '../producer/producer-record.ts';
import {
  failureHeadersOf,
  readDueMs,
  readOrigin,
  withoutFailureHeaders,
  type FailedRecordOrigin,
} from './failure-headers.ts';
import {
  retrySettings,
  type RetryOptions,
  type RetrySettings,
  type RetryTopicCreation,
} from './retry-options.ts';

/**
 * Where records that failed go: the retry topic of their next attempt, or the dead letter topic. They are read again
 * by the same consumer when their time has come.
 */
export class RetryTopics {
  readonly #settings: RetrySettings;
  readonly #clock: Clock;
  /** Retry topics by name, with the topic whose failures they hold. */
  readonly #origins: ReadonlyMap<string, string>;
  /** What the application reads. */
  readonly #topics: readonly string[];

  /** @throws InvalidOptionError. @param subscribed Names; retry topics among them are those of an earlier run. */
  constructor(options: RetryOptions, subscribed: Iterable<string>, clock: Clock) {
    this.#settings = retrySettings(options);
    this.#clock = clock;
    const all = [...subscribed];
    const derived = new Set(all.flatMap((topic) => this.#retryTopicsOf(topic)));
    this.#topics = all.filter((topic) => !derived.has(topic));
    this.#origins = new Map(
      this.#topics.flatMap((topic) => this.#retryTopicsOf(topic).map((name) => [name, topic] as const)),
    );
  }

  /** What to subscribe to. */
  get all(): string[] {
    return [...this.#topics, ...this.#origins.keys()];
  }

  isRetryTopic(topic: string): boolean {
    return this.#origins.has(topic);
  }

  /** When a record of a retry topic may be processed; milliseconds since 1970. */
  dueAtMs({ headers }: ConsumerRecord): number {
    return readDueMs(headers);
  }

  /** Creates what does not exist, if that was asked for. */
  async create(signal: AbortSignal | undefined): Promise<void> {
    const { createTopics } = this.#settings;
    if (createTopics === undefined) return;
    const { admin } = createTopics;
    const call = signal === undefined ? {} : { signal };
    const described =
      createTopics.partitions === undefined ? await admin.describeTopics(this.#topics, call) : undefined;
    const wanted = this.#topics.flatMap((topic) => {
      const partitions = createTopics.partitions ?? described?.get(topic)?.partitions.length;
      const names = [...this.#retryTopicsOf(topic), this.#settings.deadLetterTopic(topic)];
      return names.map((name) => newTopic(name, partitions, createTopics));
    });
    await admin.createTopics(wanted, call).catch(unlessAllExist);
  }

  /** The record as its handler is to see it: where and when it first was, without the headers of its failures. */
  restored(record: ConsumerRecord): { readonly record: ConsumerRecord; readonly attempt: number } {
    const origin = readOrigin(record.headers);
    const topic = this.#origins.get(record.topic) ?? record.topic;
    if (origin === undefined) return { record: { ...record, topic }, attempt: 1 };
    const { partition, offset, timestampMs, attempt } = origin;
    const headers = withoutFailureHeaders(record.headers);
    return { record: { ...record, topic, partition, offset, timestampMs, headers }, attempt: attempt + 1 };
  }

  /** Sends the record on; resolves when it is written. */
  async route(record: ConsumerRecord, error: unknown): Promise<'retry' | 'deadLetter'> {
    const { delaysMs, maxAttempts, isRetriable, retryTopic, deadLetterTopic, producer } = this.#settings;
    const before = readOrigin(record.headers);
    const attempt = (before?.attempt ?? 0) + 1;
    const origin: FailedRecordOrigin =
      before === undefined ? originOf(record, attempt) : { ...before, attempt };
    const topic = this.#origins.get(record.topic) ?? record.topic;
    const delayMs = delaysMs[Math.min(attempt, delaysMs.length) - 1];
    if (delayMs === undefined || attempt >= maxAttempts || !isRetriable(error)) {
      await producer.send(failed(deadLetterTopic(topic), record, failureHeadersOf(origin, error, undefined)));
      return 'deadLetter';
    }
    const dueMs = this.#clock.nowMs() + delayMs;
    await producer.send(failed(retryTopic(topic, delayMs), record, failureHeadersOf(origin, error, dueMs)));
    return 'retry';
  }

  #retryTopicsOf(topic: string): string[] {
    const { delaysMs, retryTopic, maxAttempts } = this.#settings;
    return delaysMs.slice(0, maxAttempts - 1).map((delayMs) => retryTopic(topic, delayMs));
  }
}

function originOf(
  { topic, partition, offset, timestampMs }: ConsumerRecord,
  attempt: number,
): FailedRecordOrigin {
  return { topic, partition, offset, timestampMs, attempt };
}

function failed(
  topic: string,
  { key, value, headers }: ConsumerRecord,
  added: readonly { readonly key: string; readonly value: Buffer | null }[],
): ProducerRecord {
  return { topic, key, value, headers: [...withoutFailureHeaders(headers), ...added] };
}

function newTopic(
  name: string,
  partitions: number | undefined,
  { replicationFactor, configs }: RetryTopicCreation,
) {
  return {
    name,
    ...(partitions === undefined ? {} : { partitions }),
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
    ...(configs === undefined ? {} : { configs }),
  };
}

/** That a topic exists already is what was wanted. */
function unlessAllExist(error: unknown): void {
  const failures: readonly unknown[] =
    error instanceof ItemsFailedError ? [...error.errors.values()] : [error];
  const isExpected = failures.every(
    (failure) => failure instanceof KafkaError && failure.errorCode === ErrorCode.TOPIC_ALREADY_EXISTS,
  );
  if (!isExpected) throw error;
}
