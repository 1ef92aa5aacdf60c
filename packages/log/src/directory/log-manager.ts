import { silentLogger, systemErrorCode, type DiskLock, type Host, type Logger } from '@millrace/host';
import { KafkaError } from '@millrace/protocol';
import type { CleanOptions } from '../cleaner/clean-log.ts';
import { LogCleaner } from '../cleaner/log-cleaner.ts';
import { StorageError } from '../errors.ts';
import { partitionDirectoryName } from '../files/partition-directory-name.ts';
import { MAX_PARALLEL_OPENS } from '../limits.ts';
import { logConfig, type LogConfig } from '../log-config.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import { ReadAhead } from '../read/read-ahead.ts';
import { TailCache } from '../read/tail-cache.ts';
import { LoadedIndexes } from '../segment/loaded-indexes.ts';
import { OpenFiles } from '../segment/open-files.ts';
import { DirectoryLogs, type NewPartition } from './directory-logs.ts';
import { LogDirectory } from './log-directory.ts';
import { finishMoves } from './finish-moves.ts';
import { PartitionMoves, type BeforeSwitch, type PartitionMove } from './partition-moves.ts';
import { NewPartitions, type NewPartitionPlace } from './new-partitions.ts';
import { openDirectory, type ExpectedIdentity, type OpenedDirectory } from './open-directory.ts';
import { PeriodicTask } from './periodic-task.ts';
import { runLimited } from './run-limited.ts';

/** How often the background work runs, in milliseconds. Defaults are Kafka's. */
export interface LogManagerIntervals {
  /** `log.initial.task.delay.ms`, default 30000. */
  readonly initialDelayMs: number;
  /** `log.retention.check.interval.ms`, default 300000. */
  readonly retentionCheckMs: number;
  /** How often `flush.ms` is looked at, default 1000. */
  readonly flushCheckMs: number;
  /** `log.flush.offset.checkpoint.interval.ms`, default 60000. */
  readonly recoveryPointCheckpointMs: number;
  /** `log.flush.start.offset.checkpoint.interval.ms`, default 60000. */
  readonly logStartOffsetCheckpointMs: number;
  /** `replica.high.watermark.checkpoint.interval.ms`, default 5000. */
  readonly highWatermarkCheckpointMs: number;
  /** `log.cleaner.backoff.ms`, default 15000. */
  readonly cleanerBackoffMs: number;
  /** `producer.id.expiration.check.interval.ms`, default 600000. */
  readonly producerExpirationCheckMs: number;
}

const defaultIntervals: LogManagerIntervals = {
  initialDelayMs: 30000,
  retentionCheckMs: 300000,
  flushCheckMs: 1000,
  recoveryPointCheckpointMs: 60000,
  logStartOffsetCheckpointMs: 60000,
  highWatermarkCheckpointMs: 5000,
  cleanerBackoffMs: 15000,
  producerExpirationCheckMs: 600000,
};

/** For `LogManager.open()`. */
export interface LogManagerOptions {
  readonly host: Host;
  /** Absolute paths, at least one; created if they are missing. */
  readonly logDirs: readonly string[];
  /** `metadata.log.dir`, where it is none of `logDirs`: takes only what is created in it by its id. Default: none. */
  readonly metadataDir?: string;
  /** Directories besides `logDirs` that were found to be unusable, by path, with what the disk said. Default: none. */
  readonly unusable?: ReadonlyMap<string, unknown>;
  /** Default: silent. */
  readonly logger?: Logger;
  /** Configuration of partitions that have none of their own. Default: Kafka's defaults. */
  readonly defaults?: LogConfig;
  /** Configuration of a topic whose partitions are found on disk. Default: `defaults`. */
  readonly configFor?: (topic: string) => LogConfig;
  /** When given, a directory that belongs to somebody else is refused. */
  readonly identity?: ExpectedIdentity;
  /** Locks of directories that the caller took, by path; released with the manager, and when opening fails. */
  readonly locks?: ReadonlyMap<string, DiskLock>;
  /** Written into the clean-shutdown marker. Default -1. */
  readonly brokerEpoch?: () => number;
  /** Partitions opened or closed at the same time, default 16. */
  readonly recoveryThreads?: number;
  /** Bound of the batches kept in memory for readers at the head, over all partitions. Default 32 MiB. */
  readonly tailCacheBytes?: number;
  /** Bounds of the compaction. */
  readonly cleaner?: CleanOptions;
  readonly intervals?: Partial<LogManagerIntervals>;
  /** `replica.alter.log.dirs.io.max.bytes.per.second`: how fast partitions move between directories. Default: no limit. */
  readonly moveMaxBytesPerSec?: number;
  /** `producer.id.expiration.ms`, default 86400000. */
  readonly producerExpirationMs?: number;
  /** Whether a directory takes no new partitions as long as there are others (KIP-1066). Default: all take them. */
  readonly isCordoned?: (path: string) => boolean;
  /** A directory went offline; its partitions answer KAFKA_STORAGE_ERROR from now on. */
  readonly onDirectoryFailure?: (error: StorageError) => void;
  /**
   * Asked when the copy of a partition that moves has nearly caught up: the move goes on when it resolves, and is given
   * up when it rejects. The signal tells that the move is given up meanwhile. Default: nobody has to agree.
   */
  readonly beforeSwitch?: BeforeSwitch;
  /** A move has come to its end, whether or not the partition is where it was to go. */
  readonly onMoveEnded?: (log: PartitionLog) => void;
}

/** One of `LogManager.directories`. */
export interface LogDirectoryState extends Pick<
  OpenedDirectory,
  'path' | 'meta' | 'isClean' | 'cleanBrokerEpoch'
> {
  /** Why it is offline; `undefined` for one that works. */
  readonly failure: StorageError | undefined;
  /** It takes no new partitions as long as there are others. */
  readonly isCordoned: boolean;
}

/** The partitions of one node: its log directories, opened and locked. */
export class LogManager {
  readonly #host: Host;
  readonly #logger: Logger;
  readonly #options: LogManagerOptions;
  readonly #directories: readonly DirectoryLogs[];
  /** Directories that could not be opened. */
  readonly #unusable: readonly StorageError[];
  readonly #cleaner: LogCleaner;
  readonly #tasks: PeriodicTask[] = [];
  readonly #moves: PartitionMoves;
  readonly #newPartitions: NewPartitions;
  #isClosed = false;

  private constructor(
    options: LogManagerOptions,
    directories: readonly DirectoryLogs[],
    unusable: readonly StorageError[],
  ) {
    this.#host = options.host;
    this.#logger = options.logger ?? silentLogger;
    this.#options = options;
    this.#directories = directories;
    this.#unusable = unusable;
    this.#newPartitions = new NewPartitions(directories, {
      isFor: ({ directory }) => directory.path !== options.metadataDir,
      isCordoned: (path) => this.#isCordoned(path),
    });
    this.#moves = new PartitionMoves({
      host: options.host,
      logger: this.#logger,
      maxBytesPerSec: options.moveMaxBytesPerSec ?? Infinity,
      beforeSwitch: options.beforeSwitch ?? (() => Promise.resolve()),
      onEnded: options.onMoveEnded ?? (() => undefined),
    });
    this.#cleaner = new LogCleaner({ ...options.cleaner, logger: this.#logger, logs: () => this.logs() });
  }

  /**
   * Locks the directories, opens every partition in them (after a crash: recovers it), and starts the background
   * work.
   * @throws DirectoryLockedError, ForeignDirectoryError, CorruptFileError; StorageError if no directory can be used
   */
  static async open(options: LogManagerOptions): Promise<LogManager> {
    const logger = options.logger ?? silentLogger;
    const parallelism = options.recoveryThreads ?? MAX_PARALLEL_OPENS;
    const shared = {
      host: options.host,
      logger,
      files: new OpenFiles(options.host.disk),
      indexes: new LoadedIndexes(),
      tailCache: new TailCache(options.tailCacheBytes),
      readAhead: new ReadAhead(),
      configFor: options.configFor ?? configSource(options),
    };
    const { opened, unusable } = await openDirectories(options, logger);
    const directories = opened.map(
      (each) =>
        new DirectoryLogs({
          ...shared,
          directory: new LogDirectory(each.path, logger, (error) => options.onDirectoryFailure?.(error)),
          opened: each,
        }),
    );
    try {
      const refused = await finishMoves(
        shared,
        opened.map(({ path }) => path),
      );
      for (const each of directories) await loadDirectory(each, parallelism, refused);
    } catch (error) {
      await shared.files.closeIdle();
      await releaseLocks(opened, options);
      throw error;
    }
    const manager = new LogManager(options, directories, unusable);
    manager.#startTasks();
    await manager.#resumeMoves();
    return manager;
  }

  /**
   * The directories with their identity and how the last process left them. Nothing of that is known of those that
   * could not be opened, which come last. One that is for the metadata log alone is not among them.
   */
  get directories(): readonly LogDirectoryState[] {
    return this.#allDirectories().filter(({ path }) => path !== this.#options.metadataDir);
  }

  /** The one that holds the metadata log: `metadataDir`, or the first of `logDirs`. */
  get metadataDirectory(): LogDirectoryState | undefined {
    const wanted = this.#options.metadataDir ?? this.#options.logDirs[0];
    return this.#allDirectories().find(({ path }) => path === wanted);
  }

  #allDirectories(): LogDirectoryState[] {
    const opened = this.#directories.map(
      ({ opened: { path, meta, isClean, cleanBrokerEpoch }, directory }) => ({
        path,
        meta,
        isClean,
        cleanBrokerEpoch,
        failure: directory.failure,
        isCordoned: this.#isCordoned(path),
      }),
    );
    const unknown = { meta: undefined, isClean: false, cleanBrokerEpoch: -1 };
    const unusable = this.#unusable.map((failure) => {
      const path = failure.directory;
      return { ...unknown, path, failure, isCordoned: this.#isCordoned(path) };
    });
    return [...opened, ...unusable];
  }

  #isCordoned(path: string): boolean {
    return this.#options.isCordoned?.(path) ?? false;
  }

  /** Partitions that are too damaged to be opened, by name, with the reason. Their files are untouched. */
  get damagedPartitions(): ReadonlyMap<string, Error> {
    return new Map(this.#directories.flatMap(({ damaged }) => [...damaged]));
  }

  /** Compacted logs that are left alone until the next start, since their cleaning failed. */
  get uncleanablePartitionCount(): number {
    return this.#cleaner.uncleanableCount;
  }

  get(topic: string, partition: number): PartitionLog | undefined {
    const name = partitionDirectoryName(topic, partition);
    for (const { logs } of this.#directories) {
      const log = logs.get(name);
      if (log !== undefined) return log;
    }
    return undefined;
  }

  *logs(): Iterable<PartitionLog> {
    for (const { logs } of this.#directories) yield* logs.values();
  }

  /** Whether some of the directories cannot be used: what is in them is not lost, and not to be made anew elsewhere. */
  get hasOfflineDirectory(): boolean {
    const hasFailed = this.#directories.some(({ directory }) => directory.failure !== undefined);
    return hasFailed || this.#unusable.length > 0;
  }

  /** The id of the directory that a partition is in; `undefined` for one that is not here. */
  directoryIdOf(topic: string, partition: number): string | undefined {
    const name = partitionDirectoryName(topic, partition);
    return this.#directories.find(({ logs }) => logs.has(name))?.opened.meta?.directoryId;
  }

  /**
   * Creates a partition, by default in the directory that has the fewest of those that are not cordoned.
   * @throws PartitionExistsError; KafkaError KAFKA_STORAGE_ERROR
   */
  create(partition: NewPartition, place: NewPartitionPlace = {}): Promise<PartitionLog> {
    return this.#newPartitions.create(partition, place);
  }

  /**
   * Moves a partition to another log directory of this node (KIP-113), beside everything else: resolves when the copy
   * has begun to grow. Where it is already, a move elsewhere is given up. An unfinished move goes on after a restart.
   * @throws KafkaError REPLICA_NOT_AVAILABLE, LOG_DIR_NOT_FOUND, KAFKA_STORAGE_ERROR
   */
  async move(topic: string, partition: number, logDir: string): Promise<void> {
    const name = partitionDirectoryName(topic, partition);
    const from = this.#directories.find(({ logs }) => logs.has(name));
    const log = from?.logs.get(name);
    if (from === undefined || log === undefined)
      throw new KafkaError('REPLICA_NOT_AVAILABLE', `Partition ${name} is not on this node`);
    const to = this.#directories.find(({ directory }) => directory.path === logDir);
    const unusable = this.#unusable.find(({ directory }) => directory === logDir);
    if (unusable !== undefined)
      throw new KafkaError('KAFKA_STORAGE_ERROR', unusable.message, { cause: unusable });
    if (to === undefined || logDir === this.#options.metadataDir)
      throw new KafkaError('LOG_DIR_NOT_FOUND', `${logDir} is no log directory of this node`);
    to.directory.assertOnline();
    await this.#moves.start(log, from, to);
  }

  /** The moves that run, and how far they are. */
  moves(): Iterable<PartitionMove> {
    return this.#moves.all();
  }

  /** Resolves when a partition is where it was to go, at once where it does not move. @throws why it does not get there */
  moveFinished(topic: string, partition: number): Promise<void> {
    return this.#moves.finished(topic, partition);
  }

  /** Deletes a partition; a missing one is fine. Its files go after `file.delete.delay.ms`. */
  async delete(topic: string, partition: number): Promise<void> {
    const name = partitionDirectoryName(topic, partition);
    await this.#moves.cancel(topic, partition);
    const directory = this.#directories.find(({ logs }) => logs.has(name));
    const log = directory?.logs.get(name);
    if (directory !== undefined && log !== undefined) await directory.delete(log);
  }

  /** Runs retention for every partition now. @returns the number of deleted segments. */
  async applyRetention(): Promise<number> {
    let removed = 0;
    for (const log of this.logs()) removed += await log.applyRetention();
    return removed;
  }

  /** Compacts every log that is dirty enough now. @returns how many cleanings that took. */
  async clean(): Promise<number> {
    return this.#cleaner.run();
  }

  /** Finishes all appends, forces everything to the disk and leaves the clean-shutdown marker. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cleaner.stop();
    await this.#moves.stop();
    await Promise.all(this.#tasks.map((task) => task.stop()));
    const parallelism = this.#options.recoveryThreads ?? MAX_PARALLEL_OPENS;
    const brokerEpoch = this.#options.brokerEpoch?.() ?? -1;
    await runLimited(this.#directories, this.#directories.length, (each) =>
      each.close(brokerEpoch, parallelism),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Copies that an earlier life began. */
  async #resumeMoves(): Promise<void> {
    for (const to of this.#directories) {
      for (const [name, { path }] of to.futures) {
        const from = this.#directories.find(({ logs }) => logs.has(name));
        const log = from?.logs.get(name);
        if (from === undefined || log === undefined || from === to)
          this.#logger.warn('Copy of a partition that is not there is left alone', { directory: path });
        else await this.#moves.start(log, from, to);
      }
    }
  }

  #startTasks(): void {
    const intervals = { ...defaultIntervals, ...this.#options.intervals };
    const expirationMs = this.#options.producerExpirationMs ?? 86400000;
    this.#every(
      intervals.retentionCheckMs,
      async () => void (await this.applyRetention()),
      intervals.initialDelayMs,
    );
    this.#every(intervals.cleanerBackoffMs, async () => void (await this.clean()));
    this.#every(intervals.flushCheckMs, () => this.#forEachLog((log) => log.flushIfDue()));
    this.#every(intervals.recoveryPointCheckpointMs, () =>
      this.#forEachDirectory((each) => each.writeRecoveryPoints()),
    );
    this.#every(intervals.logStartOffsetCheckpointMs, () =>
      this.#forEachDirectory((each) => each.writeLogStartOffsets()),
    );
    this.#every(intervals.highWatermarkCheckpointMs, () =>
      this.#forEachDirectory((each) => each.writeHighWatermarks()),
    );
    this.#every(intervals.producerExpirationCheckMs, () =>
      this.#forEachLog(async (log) => void log.removeExpiredProducers(expirationMs)),
    );
  }

  async #forEachLog(task: (log: PartitionLog) => Promise<void>): Promise<void> {
    for (const log of this.logs()) if (log.isOnline) await task(log);
  }

  async #forEachDirectory(task: (directory: DirectoryLogs) => Promise<void>): Promise<void> {
    for (const directory of this.#directories) await task(directory);
  }

  #every(intervalMs: number, task: () => Promise<void>, initialDelayMs: number = intervalMs): void {
    const onError = (error: unknown): void =>
      this.#logger.error('Background work of the log failed', { error });
    this.#tasks.push(new PeriodicTask(this.#host.timers, task, { initialDelayMs, intervalMs, onError }));
  }
}

function configSource(options: LogManagerOptions): () => LogConfig {
  const defaults = options.defaults ?? logConfig();
  return () => defaults;
}

async function loadDirectory(
  logs: DirectoryLogs,
  parallelism: number,
  refused: ReadonlyMap<string, Error>,
): Promise<void> {
  try {
    await logs.loadAll(parallelism, refused);
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : new StorageError(logs.directory.path, error);
  }
}

async function releaseLocks(opened: readonly OpenedDirectory[], { locks }: LogManagerOptions): Promise<void> {
  for (const { lock } of opened) await lock.release();
  for (const lock of locks?.values() ?? []) await lock.release();
}

/** Opens what can be opened; an I/O error is fatal only if no directory is left. Wrong owners and locks always are. */
async function openDirectories(
  options: LogManagerOptions,
  logger: Logger,
): Promise<{ readonly opened: OpenedDirectory[]; readonly unusable: StorageError[] }> {
  const opened: OpenedDirectory[] = [];
  const failures = Array.from(options.unusable ?? [], ([path, cause]) => new StorageError(path, cause));
  const { metadataDir, logDirs } = options;
  for (const path of metadataDir === undefined ? logDirs : [metadataDir, ...logDirs]) {
    try {
      const lock = options.locks?.get(path);
      opened.push(await openDirectory({ host: options.host, logger }, path, options.identity, lock));
    } catch (error) {
      const isIo = typeof (error as NodeJS.ErrnoException).syscall === 'string';
      if (!isIo) {
        await releaseLocks(opened, options);
        throw error;
      }
      await options.locks?.get(path)?.release();
      failures.push(new StorageError(path, error));
    }
  }
  if (opened.length === 0) throw failures[0] ?? new StorageError('(none)', new Error('log.dirs is empty'));
  for (const failure of failures) {
    logger.error('Log directory cannot be used', { error: failure });
    options.onDirectoryFailure?.(failure);
  }
  return { opened, unusable: failures };
}
