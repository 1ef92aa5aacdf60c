import type { Host, Logger } from '@millrace/host';
import { batchBaseOffset } from '@millrace/protocol';
import { Throttle } from '../cleaner/throttle.ts';
import { LogClosedError, LogInternalError } from '../errors.ts';
import { partitionDirectoryName } from '../files/partition-directory-name.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import type { DirectoryLogs, FutureLog } from './directory-logs.ts';

/** Bytes copied at once. */
const COPY_BYTES = 1 << 20;
/** With less than this left, the rest is copied while appends wait, and the copy takes over. */
const SWITCH_BYTES = 2 << 20;

/** A partition on its way from one log directory to another. */
export interface PartitionMove {
  readonly topic: string;
  readonly partition: number;
  /** Where the partition is. */
  readonly fromLogDir: string;
  /** Where it will be. */
  readonly toLogDir: string;
  /** Of the copy so far. */
  readonly sizeBytes: number;
  /** Offsets that the copy lacks. */
  readonly offsetLag: number;
}

/** Resolves when the log may go on in the directory with that id. */
export type BeforeSwitch = (
  log: PartitionLog,
  directoryId: string | undefined,
  signal: AbortSignal,
) => Promise<void>;

export interface PartitionMovesOptions {
  readonly host: Host;
  readonly logger: Logger;
  /** `replica.alter.log.dirs.io.max.bytes.per.second` */
  readonly maxBytesPerSec: number;
  /** See `LogManagerOptions`. */
  readonly beforeSwitch: BeforeSwitch;
  readonly onEnded: (log: PartitionLog) => void;
}

interface RunningMove {
  readonly log: PartitionLog;
  readonly from: DirectoryLogs;
  readonly to: DirectoryLogs;
  readonly future: FutureLog;
  readonly cancelled: AbortController;
  /** How often the log had been cut when the copy was last known to have nothing else. */
  truncations: number;
  done: Promise<void>;
}

/**
 * Moves partitions between log directories (KIP-113): a copy grows in a `-future` directory beside the others, and takes
 * the place of the partition when it has caught up.
 *
 * When it has nearly caught up whoever has to know is asked: the controller of a cluster notes where the replica is, so
 * that it is right about a disk that fails. Then:
 *
 * 1. The copy is flushed, with its checkpoints.
 * 2. `<topic>-<partition>` is renamed to `<topic>-<partition>.<number>-delete`, and that is on the disk.
 * 3. `<topic>-<partition>.<number>-future` in the other directory is renamed to `<topic>-<partition>`.
 *
 * A crash before 2 leaves the partition where it was, and the copy goes on growing. After 2 there is no partition of
 * that name, but a copy and a deleted one with the same number: the next start does 3. There are never two.
 */
export class PartitionMoves {
  readonly #options: PartitionMovesOptions;
  readonly #moves = new Map<string, RunningMove>();

  constructor(options: PartitionMovesOptions) {
    this.#options = options;
  }

  *all(): Iterable<PartitionMove> {
    for (const { log, from, to, future } of this.#moves.values()) {
      yield {
        topic: log.topic,
        partition: log.partition,
        fromLogDir: from.directory.path,
        toLogDir: to.directory.path,
        sizeBytes: future.log.sizeBytes,
        offsetLag: Math.max(0, log.logEndOffset - future.log.logEndOffset),
      };
    }
  }

  /** Begins a move, or goes on with one that an earlier life began. One to another directory is given up for it. */
  async start(log: PartitionLog, from: DirectoryLogs, to: DirectoryLogs): Promise<void> {
    const name = nameOf(log);
    if (this.#moves.get(name)?.to === to) return;
    await this.cancel(log.topic, log.partition);
    if (from === to) return;
    const future = to.futures.get(name) ?? (await to.createFuture(log));
    const move: RunningMove = {
      log,
      from,
      to,
      future,
      cancelled: new AbortController(),
      truncations: log.truncations,
      done: Promise.resolve(),
    };
    this.#moves.set(name, move);
    move.done = this.#run(name, move);
    // Whoever waits for it gets the error; it is logged in any case.
    move.done.catch(() => undefined);
  }

  /** Resolves when the partition is where it was to go, or the move was given up. @throws what made it fail */
  async finished(topic: string, partition: number): Promise<void> {
    await this.#moves.get(partitionDirectoryName(topic, partition))?.done;
  }

  /** Gives a move up; what was copied is removed. */
  async cancel(topic: string, partition: number): Promise<void> {
    const name = partitionDirectoryName(topic, partition);
    const move = this.#moves.get(name);
    if (move === undefined) return;
    await this.#end(move);
    if (move.to.futures.get(name) === move.future) await move.to.discardFuture(name);
  }

  /** Ends all copying; the next life goes on with it. */
  async stop(): Promise<void> {
    await Promise.all([...this.#moves.values()].map((move) => this.#end(move)));
  }

  async #end(move: RunningMove): Promise<void> {
    move.cancelled.abort();
    await move.done.catch(() => undefined);
  }

  async #run(name: string, move: RunningMove): Promise<void> {
    const { logger } = this.#options;
    const place = { log: name, from: move.from.directory.path, to: move.to.directory.path };
    try {
      await reconcile(move);
      await this.#copyUntilNear(move);
      if (move.cancelled.signal.aborted) return;
      await this.#options.beforeSwitch(move.log, move.to.opened.meta?.directoryId, move.cancelled.signal);
      // What was written meanwhile.
      await this.#copyUntilNear(move);
      if (move.cancelled.signal.aborted) return;
      await this.#switch(move);
      logger.info('Partition is moved to another log directory', place);
    } catch (error) {
      const { aborted, reason } = move.cancelled.signal;
      if (aborted && (error instanceof LogClosedError || error === reason)) return;
      logger.error('Partition could not be moved to another log directory', { ...place, error });
      throw error;
    } finally {
      this.#moves.delete(name);
      this.#options.onEnded(move.log);
    }
  }

  /** Copies until what is left is little, or the move is given up. */
  async #copyUntilNear(move: RunningMove): Promise<void> {
    const throttle = new Throttle(this.#options.host, this.#options.maxBytesPerSec);
    for (;;) {
      const target = move.log.logEndOffset;
      let copiedBytes = 0;
      while (move.future.log.logEndOffset < target && !move.cancelled.signal.aborted) {
        if (await restartAfterTruncation(move)) break;
        const bytes = await copyNext(move);
        copiedBytes += bytes;
        await throttle.moved(bytes, move.cancelled.signal);
      }
      const isNear = move.future.log.logEndOffset >= target && copiedBytes < SWITCH_BYTES;
      if (isNear || move.cancelled.signal.aborted) break;
    }
    await restartAfterTruncation(move);
  }

  async #switch(move: RunningMove): Promise<void> {
    const { log, from, to, future } = move;
    const catchUp = async (): Promise<void> => {
      await restartAfterTruncation(move);
      while (future.log.logEndOffset < log.logEndOffset) await copyNext(move);
      future.log.updateHighWatermark(log.highWatermark);
      if (log.config['cleanup.policy'].includes('delete')) await future.log.deleteRecords(log.logStartOffset);
      await future.log.close();
      to.directory.assertOnline();
      await to.writeRecoveryPoints();
      await to.writeLogStartOffsets();
    };
    await log.switchDirectory(catchUp, async () => {
      const { logStartOffset, highWatermark, cleanedOffset, config } = log;
      await from.putAwayMoved(log, future);
      from.logs.delete(nameOf(log));
      return to.openMoved(future, { logStartOffset, highWatermark, cleanedOffset, config });
    });
    to.adopt(log);
    await to.writeRecoveryPoints();
    await to.writeLogStartOffsets();
    await to.writeHighWatermarks();
    await to.writeCleanedOffsets();
  }
}

function nameOf(log: PartitionLog): string {
  return partitionDirectoryName(log.topic, log.partition);
}

/** Drops what the copy of an earlier life has and the partition has not. */
async function reconcile({ log, future }: RunningMove): Promise<void> {
  const copy = future.log;
  const { latestEpoch } = copy;
  const end = latestEpoch < 0 ? undefined : log.endOffsetForEpoch(latestEpoch);
  const isOther = end !== undefined && (end.leaderEpoch !== latestEpoch || end.endOffset < copy.logEndOffset);
  if (isOther || copy.logEndOffset < log.logStartOffset || copy.logEndOffset > log.logEndOffset)
    await copy.restartAt(log.logStartOffset);
}

/** What a truncation left of the copy is not what is there now. @returns whether the copy begins anew */
async function restartAfterTruncation(move: RunningMove): Promise<boolean> {
  const { log, future } = move;
  if (move.truncations === log.truncations) return false;
  move.truncations = log.truncations;
  await future.log.restartAt(log.logStartOffset);
  return true;
}

/** @returns how many bytes were copied. */
async function copyNext({ log, future }: RunningMove): Promise<number> {
  // Retention may have overtaken the copy.
  if (future.log.logEndOffset < log.logStartOffset) await future.log.restartAt(log.logStartOffset);
  const offset = future.log.logEndOffset;
  const read = await log.read({ offset, maxBytes: COPY_BYTES, minOneMessage: true, upTo: 'logEndOffset' });
  if (read.records.length === 0)
    throw new LogInternalError(`${nameOf(log)} gives nothing at offset ${offset}`);
  // The log start may lie within a batch, which is copied whole.
  const baseOffset = batchBaseOffset(read.records[0]!, 0);
  if (baseOffset < offset) await future.log.restartAt(baseOffset);
  for (const records of read.records) {
    await future.log.append(records, { origin: 'replication', leaderEpoch: -1 });
  }
  read.release();
  return read.sizeBytes;
}
