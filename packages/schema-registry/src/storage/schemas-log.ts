import {
  Admin,
  Consumer,
  Producer,
  WakeupError,
  type AdminProperties,
  type ConsumerRecord,
} from '@millrace/client';
import type { Host, Logger } from '@millrace/host';
import { readRecord } from '../registry/read-record.ts';
import type { RegistryRecord, RegistryWrite } from '../registry/registry-record.ts';
import { RestError } from '../registry/rest-error.ts';
import { writeRecord } from '../registry/write-record.ts';
import { OffsetWaiters } from './offset-waiters.ts';
import { ensureSchemasTopic } from './schemas-topic.ts';
import { asStoreError } from './store-error.ts';

export interface SchemasLogOptions {
  readonly host: Host;
  readonly logger: Logger;
  /** How to reach the cluster. */
  readonly client: AdminProperties;
  readonly topic: string;
  readonly replicationFactor: number;
  readonly skipsValidation: boolean;
  /** For the topic and the first reading. */
  readonly initTimeoutMs: number;
  /** For one write. */
  readonly timeoutMs: number;
  /** Applies a record; in the order of the topic. */
  readonly onRecord: (record: RegistryRecord) => void;
}

/** A record that is larger than this goes alone; a decision that is smaller is written as one batch. */
const BATCH_BYTES = 1_000_000;
const RECORDS_PER_POLL = 10_000;
const POLL_MS = 10_000;
const READ_RETRY_MS = 1000;

/**
 * The `_schemas` topic: a reader that never stops applying what is there, and a writer that waits until the reader has
 * seen what it wrote.
 */
export class SchemasLog {
  readonly #options: SchemasLogOptions;
  readonly #admin: Admin;
  readonly #producer: Producer;
  readonly #consumer: Consumer;
  readonly #waiters: OffsetWaiters;
  #isClosed = false;
  #reading: Promise<void> | undefined;

  private constructor(options: SchemasLogOptions) {
    this.#options = options;
    const { host, logger, client } = options;
    this.#waiters = new OffsetWaiters(host);
    this.#admin = new Admin(client, { host, logger });
    this.#producer = new Producer(
      {
        acks: 'all',
        'linger.ms': 0,
        'batch.size': BATCH_BYTES,
        ...client,
        'delivery.timeout.ms': options.timeoutMs,
        'request.timeout.ms': Math.min(options.timeoutMs, 30_000),
        'max.block.ms': options.timeoutMs,
      },
      { host, logger },
    );
    this.#consumer = new Consumer(
      {
        'enable.auto.commit': false,
        'auto.offset.reset': 'earliest',
        'max.poll.records': RECORDS_PER_POLL,
        'allow.auto.create.topics': false,
        ...client,
      },
      { host, logger },
    );
  }

  /** Resolves when everything that was there has been applied. @throws SchemasTopicError, RestError, KafkaError */
  static async open(options: SchemasLogOptions): Promise<SchemasLog> {
    const log = new SchemasLog(options);
    try {
      await log.#open();
      return log;
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  /** The id of the Kafka cluster. */
  async clusterId(): Promise<string> {
    const { clusterId } = await this.#admin.describeCluster({ timeoutMs: this.#options.initTimeoutMs });
    return clusterId ?? '';
  }

  /** The last offset that was applied. */
  get appliedOffset(): number {
    return this.#waiters.reached;
  }

  /**
   * Writes records, in order, and waits until they are applied.
   * @returns the offset of the last one
   * @throws RestError SCHEMA_TOO_LARGE (nothing was written), STORE_FAILED, TIMED_OUT
   */
  async append(writes: readonly RegistryWrite[], timeoutMs = this.#options.timeoutMs): Promise<number> {
    const { topic } = this.#options;
    const records = writes.map((write) => ({ topic, partition: 0, ...writeRecord(write) }));
    try {
      const written = await this.#producer.send(records);
      const { offset } = written.at(-1)!;
      await this.applied(offset, timeoutMs);
      return offset;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** Waits until everything that is in the topic now is applied, whoever wrote it. */
  async barrier(timeoutMs = this.#options.timeoutMs): Promise<void> {
    await this.append([{ type: 'NOOP', key: null, value: null }], timeoutMs);
  }

  /** @throws RestError TIMED_OUT */
  async applied(offset: number, timeoutMs: number): Promise<void> {
    await this.#waiters.wait(
      offset,
      timeoutMs,
      () =>
        new RestError(
          'TIMED_OUT',
          `Offset ${offset} of ${this.#options.topic} was not read within ${timeoutMs} ms (kafkastore.timeout.ms)`,
        ),
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiters.end(new RestError('STORE_FAILED', 'The schema registry is shutting down'));
    this.#consumer.wakeup();
    await this.#reading;
    await Promise.all([this.#consumer.close(), this.#producer.close(), this.#admin.close()]);
  }

  async #open(): Promise<void> {
    const { topic, replicationFactor, skipsValidation, initTimeoutMs, logger } = this.#options;
    await ensureSchemasTopic(this.#admin, {
      topic,
      replicationFactor,
      skipsValidation,
      timeoutMs: initTimeoutMs,
      logger,
    });
    const partition = { topic, partition: 0 };
    const [endOffset = 0] = await this.#consumer.endOffsets([partition], { timeoutMs: initTimeoutMs });
    this.#consumer.assign([partition]);
    this.#consumer.seekToBeginning();
    this.#reading = this.#read();
    await this.applied(endOffset - 1, initTimeoutMs);
  }

  async #read(): Promise<void> {
    while (!this.#isClosed) {
      try {
        this.#applyAll(await this.#consumer.poll({ timeoutMs: POLL_MS }));
      } catch (error) {
        if (error instanceof WakeupError || this.#isClosed) continue;
        this.#options.logger.error('reading the schemas topic failed, trying again', { error });
        await new Promise<void>((resolve) => {
          this.#options.host.timers.schedule(READ_RETRY_MS, resolve, { background: true });
        });
      }
      await this.#reachPosition();
    }
  }

  #applyAll(records: readonly ConsumerRecord[]): void {
    for (const record of records) {
      this.#apply(record);
      this.#waiters.reach(record.offset);
    }
  }

  /** The end of the topic may be records that compaction has taken away: positions pass them, records do not come. */
  async #reachPosition(): Promise<void> {
    if (this.#isClosed) return;
    try {
      const position = await this.#consumer.position({ topic: this.#options.topic, partition: 0 });
      this.#waiters.reach(position - 1);
    } catch (error) {
      this.#options.logger.debug('no position in the schemas topic yet', { error });
    }
  }

  #apply({ key, value, timestampMs, offset }: ConsumerRecord): void {
    const { logger, topic, onRecord } = this.#options;
    try {
      const record = readRecord({ key, value, timestampMs });
      if (record === undefined) logger.warn('record of an unknown kind left out', { topic, offset });
      else onRecord(record);
    } catch (error) {
      logger.error('unreadable record left out', { topic, offset, error });
    }
  }
}
