import { join } from 'node:path';
import { replaceFile, type Host, type Logger } from '@millrace/host';
import { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import { PartitionExistsError } from '../errors.ts';
import { CLEAN_SHUTDOWN_FILE, formatCleanShutdownFile } from '../files/clean-shutdown-file.ts';
import { formatOffsetCheckpoint, offsetCheckpointFiles } from '../files/offset-checkpoint.ts';
import {
  parsePartitionDirectoryName,
  partitionDirectoryName,
  transitionDirectoryName,
} from '../files/partition-directory-name.ts';
import type { LogConfig } from '../log-config.ts';
import type { LogContext } from '../partition/log-context.ts';
import { PartitionFiles } from '../partition/partition-files.ts';
import { PartitionLog, type PartitionLogParts } from '../partition/partition-log.ts';
import type { PartitionState } from '../partition/partition-state.ts';
import { ProducerStates } from '../producer/producer-states.ts';
import type { ReadAhead } from '../read/read-ahead.ts';
import { TailCache } from '../read/tail-cache.ts';
import { loadPartition, type LoadOptions } from '../recovery/load-partition.ts';
import { LogSegment } from '../segment/log-segment.ts';
import type { LoadedIndexes } from '../segment/loaded-indexes.ts';
import type { OpenFiles } from '../segment/open-files.ts';
import { SegmentList } from '../segment/segment-list.ts';
import { AbortedTransactions } from '../segment/transaction-index.ts';
import type { LogDirectory } from './log-directory.ts';
import type { OpenedDirectory } from './open-directory.ts';
import { runLimited } from './run-limited.ts';

export interface DirectoryLogsParts {
  readonly host: Host;
  readonly logger: Logger;
  readonly files: OpenFiles;
  readonly indexes: LoadedIndexes;
  readonly tailCache: TailCache;
  readonly readAhead: ReadAhead;
  readonly configFor: (topic: string) => LogConfig;
  readonly directory: LogDirectory;
  readonly opened: OpenedDirectory;
}

/** A partition to create. */
export interface NewPartition {
  readonly topic: string;
  readonly partition: number;
  /** 22 characters. */
  readonly topicId: string;
  /** By default that of the manager. */
  readonly config?: LogConfig;
}

/** A partition that is being copied into a directory (KIP-113). */
export interface FutureLog {
  readonly log: PartitionLog;
  /** `<topic>-<partition>.<32 hex>-future`. */
  readonly path: string;
}

/** What of a partition does not come along with its files. */
export type MovedFrom = Pick<LoadOptions, 'logStartOffset' | 'highWatermark' | 'cleanedOffset'> & {
  readonly config: LogConfig;
};

type FuturePlace = Pick<FutureLog, 'path'>;

/** The partitions of one log directory, and the files that speak for all of them. */
export class DirectoryLogs {
  readonly directory: LogDirectory;
  readonly opened: OpenedDirectory;
  readonly logs = new Map<string, PartitionLog>();
  /** Copies of partitions of other directories on their way here, by name. */
  readonly futures = new Map<string, FutureLog>();
  /** Partitions that could not be opened, by name; their files are as they were. */
  readonly damaged = new Map<string, Error>();
  readonly #parts: DirectoryLogsParts;
  /** What each checkpoint file holds, not to write it again unchanged. */
  readonly #written = new Map<string, string>();
  /** The last write of each checkpoint file; the next one waits for it. */
  readonly #writing = new Map<string, Promise<void>>();

  constructor(parts: DirectoryLogsParts) {
    this.#parts = parts;
    this.directory = parts.directory;
    this.opened = parts.opened;
  }

  /**
   * Opens every partition of the directory. One that is damaged is left alone and reported, the others go on.
   * @param refused Partitions that cannot be opened for a reason outside of this directory.
   */
  async loadAll(parallelism: number, refused: ReadonlyMap<string, Error>): Promise<void> {
    const { host, logger } = this.#parts;
    const entries = await host.disk.list(this.directory.path);
    await runLimited(entries, parallelism, async ({ name, isDirectory }) => {
      const parsed = isDirectory ? parsePartitionDirectoryName(name) : undefined;
      if (parsed === undefined) return;
      if (parsed.state === 'delete') this.#removeLater(join(this.directory.path, name), 0);
      const refusal = parsed.state === 'live' ? refused.get(name) : undefined;
      try {
        if (refusal !== undefined) throw refusal;
        if (parsed.state === 'live') {
          this.logs.set(name, await this.#load(parsed.topic, parsed.partition));
        } else if (parsed.state === 'future') {
          const path = join(this.directory.path, name);
          const log = await this.#load(parsed.topic, parsed.partition, { path });
          this.futures.set(partitionDirectoryName(parsed.topic, parsed.partition), { log, path });
        }
      } catch (error) {
        if (!isDamage(error)) throw error;
        this.damaged.set(name, error);
        logger.error('Partition is damaged and stays closed', { log: name, error });
      }
    });
  }

  /** @throws PartitionExistsError; the error of a damaged partition of that name */
  async create(partition: NewPartition): Promise<PartitionLog> {
    const name = partitionDirectoryName(partition.topic, partition.partition);
    const damage = this.damaged.get(name);
    if (damage !== undefined) throw damage;
    if (this.logs.has(name)) throw new PartitionExistsError(name);
    this.directory.assertOnline();
    try {
      const log = await this.#create(partition);
      this.logs.set(name, log);
      return log;
    } catch (error) {
      throw this.directory.fail(error);
    }
  }

  /** Renames the directory away at once; its files go after `file.delete.delay.ms`. */
  async delete(log: PartitionLog): Promise<void> {
    const name = partitionDirectoryName(log.topic, log.partition);
    this.logs.delete(name);
    await log.discard();
    await this.#putAway(log, join(this.directory.path, name), this.#newUnique());
  }

  /**
   * The empty beginning of a copy of a partition of another directory, in a directory of its own.
   * @throws KafkaError KAFKA_STORAGE_ERROR
   */
  async createFuture(log: PartitionLog): Promise<FutureLog> {
    const { topic, partition, topicId, config } = log;
    const name = partitionDirectoryName(topic, partition);
    this.directory.assertOnline();
    const path = this.#transitionPath(log, this.#newUnique(), 'future');
    try {
      const created = await this.#create({ topic, partition, topicId, config }, { path });
      const future = { log: created, path };
      this.futures.set(name, future);
      return future;
    } catch (error) {
      throw this.directory.fail(error);
    }
  }

  /** Gives a copy up. */
  async discardFuture(name: string): Promise<void> {
    const future = this.futures.get(name);
    if (future === undefined) return;
    this.futures.delete(name);
    await future.log.discard();
    if (this.directory.failure !== undefined) return;
    await this.#putAway(future.log, future.path, uniqueOf(future.path));
  }

  /**
   * Puts a partition away that is continued elsewhere, under the number of the copy: that is how a start after a crash
   * knows that the copy takes its place.
   */
  async putAwayMoved(log: PartitionLog, future: FutureLog): Promise<void> {
    const name = partitionDirectoryName(log.topic, log.partition);
    await this.#putAway(log, join(this.directory.path, name), uniqueOf(future.path));
  }

  /** Gives the closed copy its final name and opens it. */
  async openMoved(future: FutureLog, from: MovedFrom): Promise<PartitionLogParts> {
    const { topic, partition } = future.log;
    const name = partitionDirectoryName(topic, partition);
    try {
      await this.#parts.host.disk.rename(future.path, join(this.directory.path, name));
      await this.#parts.host.disk.syncDirectory(this.directory.path);
      const { context, updateConfig } = this.#context(topic, partition, from.config);
      const { logEndOffset } = future.log;
      const options = { isClean: true, recoveryPoint: logEndOffset, directory: this.directory };
      const loaded = await loadPartition(context, { ...options, ...from });
      return { context, ...loaded, updateConfig };
    } catch (error) {
      throw this.directory.fail(error);
    }
  }

  /** A log that was moved here is one of this directory from now on. */
  adopt(log: PartitionLog): void {
    const name = partitionDirectoryName(log.topic, log.partition);
    this.futures.delete(name);
    this.logs.set(name, log);
  }

  async writeRecoveryPoints(): Promise<void> {
    await this.#checkpoint(offsetCheckpointFiles.recoveryPoint, (log) => log.recoveryPoint);
  }

  async writeLogStartOffsets(): Promise<void> {
    await this.#checkpoint(offsetCheckpointFiles.logStartOffset, (log) => log.checkpointedLogStartOffset);
  }

  async writeHighWatermarks(): Promise<void> {
    await this.#checkpoint(offsetCheckpointFiles.highWatermark, (log) => log.highWatermark);
  }

  async writeCleanedOffsets(): Promise<void> {
    await this.#checkpoint(offsetCheckpointFiles.cleaner, (log) => log.cleanedOffset);
  }

  /** Closes every log and, if that went well for all, leaves the clean-shutdown marker. */
  async close(brokerEpoch: number, parallelism: number): Promise<void> {
    const { host, logger } = this.#parts;
    try {
      const futures = [...this.futures.values()].map(({ log }) => log);
      await runLimited([...this.logs.values(), ...futures], parallelism, (log) => log.close());
      if (this.directory.failure !== undefined) return;
      await this.writeRecoveryPoints();
      await this.writeLogStartOffsets();
      await this.writeHighWatermarks();
      if (this.damaged.size > 0) return;
      await replaceFile(
        host.disk,
        join(this.directory.path, CLEAN_SHUTDOWN_FILE),
        formatCleanShutdownFile(brokerEpoch),
      );
    } catch (error) {
      logger.error('Log directory could not be closed in order', { directory: this.directory.path, error });
    } finally {
      await this.opened.lock.release();
    }
  }

  /**
   * Writes a checkpoint file, one writer at a time:
   *
   * 1. DeleteRecords moves the starts of two partitions, and each has the file written.
   * 2. Both write the same draft, and the first renames it.
   * 3. The second finds no draft to rename, which would look like a failed disk.
   *
   * Who waits comes to a file that says it all already, unless something moved since.
   */
  #checkpoint(file: string, offsetOf: (log: PartitionLog) => number | undefined): Promise<void> {
    const write = () => this.#writeCheckpoint(file, offsetOf);
    const writing = (this.#writing.get(file) ?? Promise.resolve()).then(write, write);
    this.#writing.set(file, writing);
    return writing;
  }

  async #writeCheckpoint(file: string, offsetOf: (log: PartitionLog) => number | undefined): Promise<void> {
    if (this.directory.failure !== undefined) return;
    const futures = [...this.futures.values()].map(({ log }) => log);
    const entries = [...this.logs.values(), ...futures].flatMap((log) => {
      const offset = offsetOf(log);
      return offset === undefined ? [] : [{ topic: log.topic, partition: log.partition, offset }];
    });
    const text = formatOffsetCheckpoint(entries);
    if (this.#written.get(file) === text) return;
    try {
      await replaceFile(this.#parts.host.disk, join(this.directory.path, file), text);
    } catch (error) {
      throw this.directory.fail(error);
    }
    this.#written.set(file, text);
  }

  async #load(topic: string, partition: number, place?: FuturePlace): Promise<PartitionLog> {
    const { configFor } = this.#parts;
    const { opened } = this;
    const { context, updateConfig } = this.#context(topic, partition, configFor(topic), place);
    const loaded = await loadPartition(context, {
      directory: this.directory,
      isClean: opened.isClean,
      recoveryPoint: opened.recoveryPoints.get(context.name) ?? 0,
      logStartOffset: opened.logStartOffsets.get(context.name) ?? 0,
      highWatermark: opened.highWatermarks.get(context.name) ?? 0,
      cleanedOffset: opened.cleanedOffsets.get(context.name),
    });
    const log = new PartitionLog({ context, ...loaded, updateConfig });
    if (!opened.isClean) await log.flushFound();
    return log;
  }

  async #create(created: NewPartition, place?: FuturePlace): Promise<PartitionLog> {
    const { host, configFor } = this.#parts;
    const { topic, partition, topicId } = created;
    const config = created.config ?? configFor(topic);
    const { context, updateConfig } = this.#context(topic, partition, config, place);
    await host.disk.makeDirectory(context.directory);
    const state: PartitionState = {
      directory: this.directory,
      topicId,
      segments: new SegmentList([await LogSegment.create(context, 0)]),
      producers: new ProducerStates(),
      epochs: new LeaderEpochCache(),
      aborted: new AbortedTransactions(),
      logStartOffset: 0,
      logEndOffset: 0,
      highWatermark: 0,
      recoveryPoint: 0,
      cleanedOffset: undefined,
      rollingAt: undefined,
      truncations: 0,
      isClosed: false,
    };
    const files = new PartitionFiles(context, { isSynced: false });
    await files.writeMetadata(topicId);
    return new PartitionLog({ context, state, files, updateConfig });
  }

  #context(
    topic: string,
    partition: number,
    initial: LogConfig,
    place?: FuturePlace,
  ): { readonly context: LogContext; readonly updateConfig: (config: LogConfig) => void } {
    const { host, logger, files, indexes, tailCache, readAhead } = this.#parts;
    const name = partitionDirectoryName(topic, partition);
    let config = initial;
    const context: LogContext = {
      topic,
      partition,
      name,
      directory: place?.path ?? join(this.directory.path, name),
      host,
      logger,
      files,
      indexes,
      // Nobody reads a copy that is being made.
      tailCache: place === undefined ? tailCache : new TailCache(0),
      readAhead,
      persistLogStart: () => this.writeLogStartOffsets(),
      persistRecoveryPoint: () => this.writeRecoveryPoints(),
      persistCleanedOffset: () => this.writeCleanedOffsets(),
      config: () => config,
    };
    const updateConfig = (next: LogConfig): void => {
      config = next;
    };
    return { context, updateConfig };
  }

  #newUnique(): string {
    return this.#parts.host.random.bytes(16).toString('hex');
  }

  #transitionPath(log: PartitionLog, unique: string, state: 'delete' | 'future'): string {
    const name = transitionDirectoryName(log.topic, log.partition, unique, state);
    return join(this.directory.path, name);
  }

  /** Renames a directory that nobody uses any more; it is removed after `file.delete.delay.ms`. */
  async #putAway(log: PartitionLog, path: string, unique: string): Promise<void> {
    const { disk } = this.#parts.host;
    const target = this.#transitionPath(log, unique, 'delete');
    try {
      await disk.rename(path, target);
      await disk.syncDirectory(this.directory.path);
    } catch (error) {
      throw this.directory.fail(error);
    }
    this.#removeLater(target, log.config['file.delete.delay.ms']);
  }

  #removeLater(path: string, delayMs: number): void {
    const { host, logger } = this.#parts;
    const remove = async (): Promise<void> => {
      try {
        await host.disk.removeDirectory(path);
      } catch (error) {
        logger.warn('Directory of a deleted partition stays', { directory: path, error });
      }
    };
    host.timers.schedule(delayMs, () => void remove(), { background: true });
  }
}

/** Damage of one partition, as against a disk that fails. */
function isDamage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_LOG_');
}

/** The 32 digits in the name of a directory on its way. */
function uniqueOf(path: string): string {
  return /\.([0-9a-f]{32})-\w+$/.exec(path)![1]!;
}
