import type { Host, Logger, Timer } from '@millrace/host';
import { RecordFailedError, type RecordLocation } from '../consumer/run/run-errors.ts';
import { InvalidOptionError } from '../errors.ts';
import { checkNumber, checkOptionNames } from '../option-checks.ts';
import type { AcknowledgeType } from './acknowledge/acknowledge-type.ts';
import type { TakenPart } from './fetch/ready-records.ts';
import type { ShareRecord } from './share-record.ts';
import type { ShareRecordHandling } from './share-record-iterator.ts';

/** What a handler is told beside its record. */
export interface ShareRecordContext {
  /** Aborted when the run ends: what is at work may finish, and counts. */
  readonly ending: AbortSignal;
}

/** Where a record was, and how often it has been handed out. */
export interface SharedRecordLocation extends RecordLocation {
  readonly deliveryCount: number;
}

/**
 * - `stop`: run() ends with a RecordFailedError; the record is released
 * - `release`: somebody gets it again, until the group's limit of deliveries is reached
 * - `reject`: nobody gets it again
 * - `accept`: it counts as processed
 */
export type ShareErrorDecision = 'stop' | 'release' | 'reject' | 'accept';

/** What becomes of records whose handler has failed. */
export type ShareErrorPolicy =
  | ShareErrorDecision
  | ((error: unknown, location: SharedRecordLocation) => ShareErrorDecision | Promise<ShareErrorDecision>);

/** What `run()` of a share consumer is to do. */
export interface ShareRunOptions<Item> {
  /** The record is accepted when it resolves. */
  readonly eachRecord: (record: Item, context: ShareRecordContext) => unknown;
  /** Handlers that may run at the same time. Records of a share group have no order. Default 1. */
  readonly concurrency?: number;
  /** What happens when a handler, or a serde, fails. Default `stop`. */
  readonly onError?: ShareErrorPolicy;
  /** Whether the locks of records that take long are renewed (KIP-1222; Kafka 4.2). Default false. */
  readonly renewLocks?: boolean;
  /** Ends the run: handlers finish, what they did is acknowledged, the rest is given back, and the promise resolves. */
  readonly signal?: AbortSignal;
}

const optionNames = Object.keys({
  eachRecord: true,
  concurrency: true,
  onError: true,
  renewLocks: true,
  signal: true,
} satisfies Record<keyof ShareRunOptions<unknown>, true>);

/** The consumer's side. */
export interface ShareRunSource extends Omit<ShareRecordHandling, 'onDone' | 'poll'> {
  /** The next records, none when the signal is aborted, undefined when the consumer is closed. */
  readonly poll: (signal: AbortSignal) => Promise<readonly TakenPart[] | undefined>;
  readonly host: Host;
  readonly logger: Logger;
  readonly acknowledge: (record: ShareRecord, type: AcknowledgeType) => void;
  /** Undefined before brokers have told. */
  readonly lockTimeoutMs: () => number | undefined;
  /** Sends what is to be said; resolves when it is. */
  readonly drained: () => Promise<void>;
}

/** Hands records to a function, several at a time, and says of each what became of it. */
export class ShareRun<Item> {
  readonly #source: ShareRunSource;
  readonly #options: ShareRunOptions<Item>;
  readonly #decode: (record: ShareRecord) => Item | Promise<Item>;
  readonly #concurrency: number;
  readonly #ending = new AbortController();
  #parts: readonly TakenPart[] = [];
  #partIndex = 0;
  #recordIndex = 0;
  #polling: Promise<void> | undefined;
  #failure: Error | undefined;

  /** @throws InvalidOptionError */
  constructor(
    source: ShareRunSource,
    options: ShareRunOptions<Item>,
    decode: (record: ShareRecord) => Item | Promise<Item>,
  ) {
    checkOptionNames('run()', options, optionNames);
    if (typeof options.eachRecord !== 'function')
      throw new InvalidOptionError('run()', 'eachRecord', 'must be a function');
    this.#concurrency = checkNumber('run()', 'concurrency', options.concurrency ?? 1, 1);
    this.#source = source;
    this.#options = options;
    this.#decode = decode;
  }

  /** Ends the run; handlers finish. */
  end(): void {
    this.#ending.abort();
  }

  /** @throws RecordFailedError, what polls throw */
  async run(): Promise<void> {
    const { signal } = this.#options;
    const onAbort = () => this.end();
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) this.end();
    try {
      await Promise.all(Array.from({ length: this.#concurrency }, () => this.#work()));
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#source.onLeft(this.#unseen());
      await this.#source.drained();
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #work(): Promise<void> {
    try {
      while (!this.#ending.signal.aborted) {
        const record = this.#next();
        if (record === undefined) await (this.#polling ??= this.#poll());
        else await this.#process(record);
      }
    } catch (error) {
      this.#failure ??= error as Error;
      this.end();
    }
  }

  /** The next record that is still this consumer's; it is in hand from here on. */
  #next(): ShareRecord | undefined {
    for (let part = this.#parts[this.#partIndex]; part !== undefined; part = this.#parts[this.#partIndex]) {
      const record = part.records[this.#recordIndex++];
      if (record !== undefined && !this.#source.isStale(part)) {
        this.#source.onGiven(part.origin, record);
        return record;
      }
      this.#partIndex++;
      this.#recordIndex = 0;
    }
    return undefined;
  }

  async #poll(): Promise<void> {
    try {
      const parts = await this.#source.poll(this.#ending.signal);
      if (parts === undefined) return this.end();
      this.#parts = parts;
      this.#partIndex = 0;
      this.#recordIndex = 0;
    } finally {
      this.#polling = undefined;
    }
  }

  async #process(record: ShareRecord): Promise<void> {
    const stopRenewing = this.#options.renewLocks === true ? this.#renew(record) : () => {};
    try {
      const decoded = this.#decode(record);
      const item = decoded instanceof Promise ? await decoded : decoded;
      await this.#options.eachRecord(item, { ending: this.#ending.signal });
    } catch (error) {
      return await this.#failed(record, error);
    } finally {
      stopRenewing();
    }
    this.#source.acknowledge(record, 'accept');
  }

  async #failed(record: ShareRecord, error: unknown): Promise<void> {
    const { topic, partition, offset, deliveryCount } = record;
    const { onError = 'stop' } = this.#options;
    let decision: ShareErrorDecision = 'stop';
    try {
      decision =
        typeof onError === 'function'
          ? await onError(error, { topic, partition, offset, deliveryCount })
          : onError;
    } finally {
      this.#source.acknowledge(record, decision === 'stop' ? 'release' : decision);
    }
    if (decision === 'stop') throw new RecordFailedError({ topic, partition, offset }, error);
    this.#source.logger.warn('record failed', { topic, partition, offset, deliveryCount, decision, error });
  }

  /** Half of the lock's time leaves the other half for a broker that is slow. @returns what ends it */
  #renew(record: ShareRecord): () => void {
    let timer: Timer | undefined;
    const arm = () => {
      const lockMs = this.#source.lockTimeoutMs();
      if (lockMs === undefined) return;
      timer = this.#source.host.timers.schedule(lockMs / 2, () => {
        this.#source.acknowledge(record, 'renew');
        // How it ended is told as of all acknowledgements.
        void this.#source.drained().catch(() => {});
        arm();
      });
    };
    arm();
    return () => timer?.cancel();
  }

  #unseen(): readonly TakenPart[] {
    const [current, ...others] = this.#parts.slice(this.#partIndex);
    this.#parts = [];
    if (current === undefined) return [];
    return [{ ...current, records: current.records.slice(this.#recordIndex) }, ...others];
  }
}
