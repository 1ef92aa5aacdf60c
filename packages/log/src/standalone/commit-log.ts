import { resolve } from 'node:path';
import { nodeHost, type Host, type Logger } from '@millrace/host';
import {
  buildBatch,
  decodeRecords,
  recordBatches,
  type CompressionType,
  type DecodedRecord,
  type RecordBytes,
  type RecordHeaderInput,
} from '@millrace/protocol';
import type { CleanOptions, CleanResult } from '../cleaner/clean-log.ts';
import { LogManager } from '../directory/log-manager.ts';
import { logConfig, type logProperties } from '../log-config.ts';
import type { PropertyInput } from '@millrace/config';
import type { PartitionLog } from '../partition/partition-log.ts';

const TOPIC = 'log';
/** Only one log lives in the directory, so any id does. */
const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const READ_BYTES = 1 << 20;

/** For `CommitLog.open()`. */
export interface CommitLogOptions {
  /** Topic properties under Kafka's names: `retention.ms`, `cleanup.policy`, `flush.messages`, ... */
  readonly config?: PropertyInput<typeof logProperties.definitions>;
  /** Codec of appended batches, default 'none'. */
  readonly compression?: CompressionType;
  /** Default: this machine. */
  readonly host?: Host;
  /** Default: silent. */
  readonly logger?: Logger;
}

/** A record to append. */
export interface CommitLogRecord {
  readonly key?: RecordBytes;
  readonly value?: RecordBytes;
  readonly headers?: readonly RecordHeaderInput[];
  /** Default: now. Milliseconds. */
  readonly timestampMs?: number;
}

/** For `read()` and `tail()`. */
export interface CommitLogReadOptions {
  /** First offset wanted; below the log start, reading begins at the log start. Default: the log start. */
  readonly fromOffset?: number;
  /** Ends a `tail` that waits, without an error. */
  readonly signal?: AbortSignal;
}

/** One durable log in a directory of its own, for programs that want just that: append, read, follow, compact. */
export class CommitLog {
  readonly #manager: LogManager;
  readonly #log: PartitionLog;
  readonly #host: Host;
  readonly #compression: CompressionType;
  readonly #closed = new AbortController();

  private constructor(manager: LogManager, log: PartitionLog, host: Host, compression: CompressionType) {
    this.#manager = manager;
    this.#log = log;
    this.#host = host;
    this.#compression = compression;
  }

  /**
   * Opens the log in `directory`, creating both if they are missing. After a crash this recovers what was written.
   * @throws DirectoryLockedError while another process has it; InvalidPropertyError
   */
  static async open(directory: string, options: CommitLogOptions = {}): Promise<CommitLog> {
    const host = options.host ?? nodeHost();
    const manager = await LogManager.open({
      host,
      logDirs: [resolve(directory)],
      defaults: logConfig({ ...options.config }),
      ...(options.logger === undefined ? {} : { logger: options.logger }),
    });
    const log =
      manager.get(TOPIC, 0) ?? (await manager.create({ topic: TOPIC, partition: 0, topicId: TOPIC_ID }));
    log.updateHighWatermark(log.logEndOffset);
    return new CommitLog(manager, log, host, options.compression ?? 'none');
  }

  /** Offset of the first record that is there. */
  get startOffset(): number {
    return this.#log.logStartOffset;
  }

  /** Offset that the next record gets. */
  get endOffset(): number {
    return this.#log.logEndOffset;
  }

  get sizeBytes(): number {
    return this.#log.sizeBytes;
  }

  /**
   * Appends records as one unit: after a crash all of them are there or none.
   *
   * Resolves when they can be read. They survive a kill of the process then; with `flush.messages` 1 a power loss too.
   * @returns the offset of the first one.
   */
  async append(records: CommitLogRecord | readonly CommitLogRecord[]): Promise<number> {
    const nowMs = this.#host.clock.nowMs();
    const list = Array.isArray(records)
      ? (records as readonly CommitLogRecord[])
      : [records as CommitLogRecord];
    const inputs = list.map((record) => ({ ...record, timestampMs: record.timestampMs ?? nowMs }));
    const batch = buildBatch(inputs, { compression: this.#compression });
    const { baseOffset } = await this.#log.append(batch, { origin: 'client', leaderEpoch: 0 });
    this.#log.updateHighWatermark(this.#log.logEndOffset);
    return baseOffset;
  }

  /** Every record up to the present end. */
  async *read(options: CommitLogReadOptions = {}): AsyncGenerator<DecodedRecord> {
    const end = this.#log.logEndOffset;
    let offset = this.#begin(options);
    while (offset < end) {
      const { records, nextOffset } = await this.#readFrom(offset);
      if (nextOffset === offset) return;
      for (const record of records) if (record.offset < end) yield record;
      offset = nextOffset;
    }
  }

  /** Every record, and then each new one as it comes, until the log is closed or the signal aborts. */
  async *tail(options: CommitLogReadOptions = {}): AsyncGenerator<DecodedRecord> {
    const signals = [this.#closed.signal, ...(options.signal === undefined ? [] : [options.signal])];
    const stop = AbortSignal.any(signals);
    let offset = this.#begin(options);
    while (!stop.aborted) {
      if (offset >= this.#log.logEndOffset) await this.#nextChange(stop);
      if (stop.aborted) return;
      const { records, nextOffset } = await this.#readFrom(Math.max(offset, this.#log.logStartOffset));
      yield* records;
      offset = nextOffset;
    }
  }

  /** Offset of the first record whose timestamp is `timestampMs` or later; `undefined` for none. */
  async offsetForTimestamp(timestampMs: number): Promise<number | undefined> {
    return (await this.#log.offsetForTimestamp(timestampMs, 'logEndOffset'))?.offset;
  }

  /** Forgets everything before an offset; the files go with the next clean-up. */
  async deleteBefore(offset: number): Promise<void> {
    await this.#log.deleteRecords(offset);
  }

  /** Keeps the last value of each key, in all segments but the one that is written. */
  compact(options?: CleanOptions): Promise<CleanResult | undefined> {
    return this.#log.compact(options);
  }

  /** Deletes what `retention.ms` and `retention.bytes` say; happens by itself every five minutes. */
  applyRetention(): Promise<number> {
    return this.#log.applyRetention();
  }

  /** Makes everything appended so far survive a power loss. */
  flush(): Promise<void> {
    return this.#log.flush();
  }

  /** Finishes appends, flushes, and lets go of the directory. A second call is fine. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#manager.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #begin({ fromOffset }: CommitLogReadOptions): number {
    return Math.max(fromOffset ?? 0, this.#log.logStartOffset);
  }

  async #readFrom(
    offset: number,
  ): Promise<{ readonly records: readonly DecodedRecord[]; readonly nextOffset: number }> {
    const options = { offset, maxBytes: READ_BYTES, minOneMessage: true, upTo: 'logEndOffset' } as const;
    const read = await this.#log.read(options);
    const batches = read.records.flatMap((buffer) => recordBatches(buffer));
    const records = batches.filter((batch) => !batch.isControl).flatMap((batch) => decodeRecords(batch));
    return {
      records: records.filter((record) => record.offset >= offset),
      nextOffset: batches.at(-1)?.nextOffset ?? offset,
    };
  }

  #nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((settle) => {
      const done = (): void => {
        stopListening();
        signal.removeEventListener('abort', done);
        settle();
      };
      const stopListening = this.#log.onChange(done);
      signal.addEventListener('abort', done);
    });
  }
}
