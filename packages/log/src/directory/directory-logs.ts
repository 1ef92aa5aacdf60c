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
import { PartitionLog } from '../partition/partition-log.ts';
import type { PartitionState } from '../partition/partition-state.ts';
import { ProducerStates } from '../producer/producer-states.ts';
import type { ReadAhead } from '../read/read-ahead.ts';
import type { TailCache } from '../read/tail-cache.ts';
import { loadPartition } from '../recovery/load-partition.ts';
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

export interface NewPartition {
  readonly topic: string;
  readonly partition: number;
  /** 22 characters. */
  readonly topicId: string;
  /** By default that of the manager. */
  readonly config?: LogConfig;
}

/** The partitions of one log directory, and the files that speak for all of them. */
export class DirectoryLogs {
  readonly directory: LogDirectory;
  readonly opened: OpenedDirectory;
  readonly logs = new Map<string, PartitionLog>();
  /** Partitions that could not be opened, by name; their files are as they were. */
  readonly damaged = new Map<string, Error>();
  readonly #parts: DirectoryLogsParts;
  /** What each checkpoint file holds, not to write it again unchanged. */
  readonly #written = new Map<string, string>();

  constructor(parts: DirectoryLogsParts) {
    this.#parts = parts;
    this.directory = parts.directory;
    this.opened = parts.opened;
  }

  /** Opens every partition of the directory. One that is damaged is left alone and reported, the others go on. */
  async loadAll(parallelism: number): Promise<void> {
    const { host, logger } = this.#parts;
    const entries = await host.disk.list(this.directory.path);
    await runLimited(entries, parallelism, async ({ name, isDirectory }) => {
      const parsed = isDirectory ? parsePartitionDirectoryName(name) : undefined;
      if (parsed === undefined) return;
      if (parsed.state === 'delete') this.#removeLater(join(this.directory.path, name), 0);
      if (parsed.state !== 'live') return;
      try {
        this.logs.set(name, await this.#load(parsed.topic, parsed.partition));
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
      const log = await this.#create(name, partition);
      this.logs.set(name, log);
      return log;
    } catch (error) {
      throw this.directory.fail(error);
    }
  }

  /** Renames the directory away at once; its files go after `file.delete.delay.ms`. */
  async delete(log: PartitionLog): Promise<void> {
    const { host } = this.#parts;
    const name = partitionDirectoryName(log.topic, log.partition);
    this.logs.delete(name);
    await log.discard();
    const unique = host.random.bytes(16).toString('hex');
    const target = join(
      this.directory.path,
      transitionDirectoryName(log.topic, log.partition, unique, 'delete'),
    );
    try {
      await host.disk.rename(join(this.directory.path, name), target);
      await host.disk.syncDirectory(this.directory.path);
    } catch (error) {
      throw this.directory.fail(error);
    }
    this.#removeLater(target, log.config['file.delete.delay.ms']);
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
      await runLimited(this.logs.values(), parallelism, (log) => log.close());
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

  async #checkpoint(file: string, offsetOf: (log: PartitionLog) => number | undefined): Promise<void> {
    if (this.directory.failure !== undefined) return;
    const entries = [...this.logs.values()].flatMap((log) => {
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

  async #load(topic: string, partition: number): Promise<PartitionLog> {
    const { configFor } = this.#parts;
    const { opened } = this;
    const { context, updateConfig } = this.#context(topic, partition, configFor(topic));
    const loaded = await loadPartition(context, {
      directory: this.directory,
      isClean: opened.isClean,
      recoveryPoint: opened.recoveryPoints.get(context.name) ?? 0,
      logStartOffset: opened.logStartOffsets.get(context.name) ?? 0,
      highWatermark: opened.highWatermarks.get(context.name) ?? 0,
      cleanedOffset: opened.cleanedOffsets.get(context.name),
    });
    return new PartitionLog({ context, ...loaded, updateConfig });
  }

  async #create(name: string, partition: NewPartition): Promise<PartitionLog> {
    const { host, configFor } = this.#parts;
    await host.disk.makeDirectory(join(this.directory.path, name));
    const config = partition.config ?? configFor(partition.topic);
    const { context, updateConfig } = this.#context(partition.topic, partition.partition, config);
    const state: PartitionState = {
      directory: this.directory,
      topicId: partition.topicId,
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
    await files.writeMetadata(partition.topicId);
    return new PartitionLog({ context, state, files, updateConfig });
  }

  #context(
    topic: string,
    partition: number,
    initial: LogConfig,
  ): { readonly context: LogContext; readonly updateConfig: (config: LogConfig) => void } {
    const { host, logger, files, indexes, tailCache, readAhead } = this.#parts;
    const name = partitionDirectoryName(topic, partition);
    let config = initial;
    const context: LogContext = {
      topic,
      partition,
      name,
      directory: join(this.directory.path, name),
      host,
      logger,
      files,
      indexes,
      tailCache,
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
