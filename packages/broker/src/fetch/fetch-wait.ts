import type { Host } from '@millrace/host';
import type { HostedReplica } from '../partitions/hosted-replica.ts';
import type { JointAppend } from '../partitions/joint-append.ts';
import type { AnswerMemory, AnswerReservation } from '../connection/answer-memory.ts';
import { readPartitions, type FetchPlan, type FetchRead } from './read-partitions.ts';

export interface FetchWaitOptions {
  /** Of records in answers. */
  readonly memory: AnswerMemory;
  readonly host: Host;
  /** Aborted when nobody is there to answer any more. */
  readonly closed: AbortSignal;
}

/**
 * Reads a plan, and waits while it yields less than `minBytes`, for at most `maxWaitMs` (long poll). Synchronous when
 * there is no need to wait and the logs serve from memory.
 */
export function fetchWhenReady(
  plan: FetchPlan,
  options: FetchWaitOptions,
): ReservedRead | Promise<ReservedRead> {
  const first = readReserved(plan, options.memory);
  if (!(first instanceof Promise) && isEnough(plan, first)) return first;
  return pollUntilReady(plan, options, first);
}

async function pollUntilReady(
  plan: FetchPlan,
  { host, closed, memory }: FetchWaitOptions,
  first: ReservedRead | Promise<ReservedRead>,
): Promise<ReservedRead> {
  const deadlineMs = host.clock.monotonicMs() + plan.maxWaitMs;
  for (let read = await first; ; read = await readReserved(plan, memory)) {
    const leftMs = deadlineMs - host.clock.monotonicMs();
    if (isEnough(plan, read) || leftMs <= 0 || closed.aborted) return read;
    const wait = new GrowthWait(plan, read);
    for (const { release } of read.reads) release?.();
    read.memory.release();
    await wait.settled(host, closed, leftMs);
  }
}

/** A read with the memory that its records take. */
export interface ReservedRead extends FetchRead {
  readonly memory: AnswerReservation;
}

function readReserved(plan: FetchPlan, memory: AnswerMemory): ReservedRead | Promise<ReservedRead> {
  const reservation = memory.reserve(wantedBytes(plan));
  const read = readPartitions(plan, reservation.bytes);
  if (!(read instanceof Promise)) return settled(read, reservation);
  return read.then(
    (late) => settled(late, reservation),
    (error: unknown) => {
      reservation.release();
      throw error;
    },
  );
}

function settled({ reads, sizeBytes, isUrgent }: FetchRead, memory: AnswerReservation): ReservedRead {
  memory.settle(sizeBytes);
  return { reads, sizeBytes, isUrgent, memory };
}

function wantedBytes({ partitions, maxBytes }: FetchPlan): number {
  let wanted = 0;
  for (const partition of partitions) {
    wanted += partition.maxBytes;
    if (wanted >= maxBytes) return maxBytes;
  }
  return wanted;
}

function isEnough(plan: FetchPlan, read: FetchRead): boolean {
  return (
    read.isUrgent || read.sizeBytes >= plan.minBytes || plan.maxWaitMs <= 0 || plan.partitions.length === 0
  );
}

interface Watched {
  readonly replica: HostedReplica;
  readonly committedBytes: number;
  readonly boundOffset: number;
}

/** Waits until the partitions of a read have grown by what was missing, or there is another reason to read again. */
class GrowthWait {
  readonly #plan: FetchPlan;
  readonly #missingBytes: number;
  readonly #watched: Watched[] = [];
  /** What was being written when there was enough; `undefined` before. */
  #unfinished: readonly JointAppend[] | undefined;

  constructor(plan: FetchPlan, read: FetchRead) {
    this.#plan = plan;
    this.#missingBytes = plan.minBytes - read.sizeBytes;
    for (const { replica, data } of read.reads) {
      if (replica === undefined) continue;
      const boundOffset = plan.bound === 'highWatermark' ? data.highWatermark : data.lastStableOffset!;
      this.#watched.push({ replica, committedBytes: replica.committedBytes, boundOffset });
    }
  }

  /** Resolves on growth, after `timeoutMs`, or when `closed` is aborted. */
  settled(host: Host, closed: AbortSignal, timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      // What a file read took time for may have been overtaken: then there is nothing to wait for.
      if (this.#watched.some((watched) => this.#boundOffset(watched.replica) !== watched.boundOffset)) {
        resolve();
        return;
      }
      const settle = () => {
        timer.cancel();
        closed.removeEventListener('abort', settle);
        for (const end of subscriptions) end();
        resolve();
      };
      const onChange = () => {
        if (this.#isReady()) settle();
      };
      const timer = host.timers.schedule(timeoutMs, settle, { background: true });
      closed.addEventListener('abort', settle, { once: true });
      const subscriptions = this.#watched.map(({ replica }) => replica.subscribe(onChange));
    });
  }

  /** Has enough been written, and by requests that are done with all of their partitions? */
  #isReady(): boolean {
    if (this.#unfinished === undefined) {
      if (!this.#hasGrown()) return false;
      this.#unfinished = this.#watched.flatMap(({ replica, boundOffset }) =>
        this.#boundOffset(replica) === boundOffset ? [] : [...replica.jointAppends],
      );
    }
    return this.#unfinished.every(({ isOver }) => isOver);
  }

  #hasGrown(): boolean {
    let grownBytes = 0;
    for (const { replica, committedBytes, boundOffset } of this.#watched) {
      if (replica.isRetired) return true;
      if (this.#boundOffset(replica) === boundOffset) continue;
      // A transaction marker frees more bytes than it has, so growth cannot be told without a read.
      if (this.#plan.bound === 'lastStableOffset') return true;
      grownBytes += replica.committedBytes - committedBytes;
    }
    return grownBytes >= this.#missingBytes;
  }

  #boundOffset(replica: HostedReplica): number {
    return this.#plan.bound === 'highWatermark' ? replica.log.highWatermark : replica.log.lastStableOffset;
  }
}
