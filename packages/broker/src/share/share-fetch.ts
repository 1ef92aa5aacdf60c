import type { Host } from '@millrace/host';
import type { ReadResult } from '@millrace/log';
import { KafkaError } from '@millrace/protocol';
import { toKafkaError } from '../apis/to-kafka-error.ts';
import type { LedSharePartition } from './led-share-partition.ts';
import type { AcquiredRange } from './partition/acquire.ts';
import { abortedRanges, recordBatchRanges, sliceRecords } from './read-share-partition.ts';
import type { SessionPartition } from './session/share-session.ts';

/** What a member wants, and how long it will wait for it. */
export interface ShareFetchPlan {
  readonly memberId: string;
  /** In the order in which they may use up what is asked for. */
  readonly partitions: readonly SessionPartition[];
  /** @throws KafkaError */
  readonly open: (partition: SessionPartition) => Promise<LedSharePartition> | LedSharePartition;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxWaitMs: number;
  readonly maxRecords: number;
  readonly batchSize: number;
  readonly isRecordLimit: boolean;
  readonly readsCommitted: boolean;
}

/** One partition of the answer. */
export interface ShareFetched {
  readonly partition: SessionPartition;
  readonly error: KafkaError | undefined;
  readonly records: readonly Buffer[];
  readonly acquired: readonly AcquiredRange[];
}

export interface ShareFetchOptions {
  readonly host: Host;
  /** Aborted when nobody is there to answer any more. */
  readonly closed: AbortSignal;
}

/** Hands out records, and waits while there are fewer than `minBytes` of them, for at most `maxWaitMs`. Never rejects. */
export async function shareFetch(
  plan: ShareFetchPlan,
  { host, closed }: ShareFetchOptions,
): Promise<readonly ShareFetched[]> {
  const deadlineMs = host.clock.monotonicMs() + plan.maxWaitMs;
  const opened = await openAll(plan);
  const failed = opened.filter((one) => 'error' in one);
  const led = opened.filter((one) => 'led' in one);
  for (;;) {
    const leftMs = deadlineMs - host.clock.monotonicMs();
    const isLastTry = leftMs <= 0 || closed.aborted || failed.length > 0;
    const wait = new ShareWait(led.map((one) => one.led));
    const round = new FetchRound(plan, isLastTry);
    try {
      await round.run(led);
      if (isLastTry || round.hasRecords || led.length === 0 || led.some((one) => one.led.isRetired))
        return [...failed.map(({ partition, error }) => fetchFailed(partition, error)), ...round.fetched];
      // What was done with on the way may let the next round get further.
      if (!round.hasMoved) await wait.settled(host, closed, leftMs);
    } finally {
      wait.end();
    }
  }
}

type Opened =
  | { readonly partition: SessionPartition; readonly led: LedSharePartition }
  | { readonly partition: SessionPartition; readonly error: KafkaError };

function openAll(plan: ShareFetchPlan): Promise<Opened[]> {
  return Promise.all(
    plan.partitions.map(async (partition) => {
      try {
        return { partition, led: await plan.open(partition) };
      } catch (error) {
        return { partition, error: toKafkaError(error) };
      }
    }),
  );
}

function fetchFailed(partition: SessionPartition, error: KafkaError): ShareFetched {
  return { partition, error, records: [], acquired: [] };
}

interface PartitionRead {
  readonly partition: SessionPartition;
  readonly led: LedSharePartition;
  readonly offset: number;
  readonly isRedelivery: boolean;
  readonly result: ReadResult;
}

/** Reads every partition once, and hands out what was read if it is enough. */
class FetchRound {
  readonly fetched: ShareFetched[] = [];
  /** Were records done with, that nobody gets to see? */
  hasMoved = false;
  readonly #plan: ShareFetchPlan;
  readonly #isLastTry: boolean;
  readonly #reads: PartitionRead[] = [];
  readonly #taken: LedSharePartition[] = [];

  constructor(plan: ShareFetchPlan, isLastTry: boolean) {
    this.#plan = plan;
    this.#isLastTry = isLastTry;
  }

  get hasRecords(): boolean {
    return this.fetched.some(({ acquired, error }) => acquired.length > 0 || error !== undefined);
  }

  async run(
    partitions: readonly { readonly partition: SessionPartition; readonly led: LedSharePartition }[],
  ) {
    try {
      const maxBytes = Math.max(1, Math.floor(this.#plan.maxBytes / Math.max(1, partitions.length)));
      for (const { partition, led } of partitions) await this.#read(partition, led, maxBytes);
      if (this.#isEnough()) this.#acquireAll();
      const done = new Set(this.fetched.map(({ partition }) => partition));
      for (const { partition } of partitions)
        if (!done.has(partition))
          this.fetched.push({ partition, error: undefined, records: [], acquired: [] });
    } finally {
      this.#letGo();
    }
  }

  async #read(partition: SessionPartition, led: LedSharePartition, maxBytes: number): Promise<void> {
    if (led.isRetired) {
      this.fetched.push(fetchFailed(partition, new KafkaError('NOT_LEADER_OR_FOLLOWER', '')));
      return;
    }
    // Another member reads it right now; it will say when it has.
    if (led.isBeingFetched) {
      led.isAwaited = true;
      return;
    }
    const next = led.nextFetch();
    const upTo = this.#plan.readsCommitted ? 'lastStableOffset' : 'highWatermark';
    const { log } = led.leader;
    if (next === undefined || next.offset >= log[upTo]) return;
    led.isBeingFetched = true;
    this.#taken.push(led);
    const minOneMessage = this.#reads.length === 0;
    try {
      led.leader.traffic.fetchRequests++;
      const result = await log.read({ offset: next.offset, maxBytes, minOneMessage, upTo });
      if (result.sizeBytes > 0) this.#reads.push({ partition, led, ...next, result });
    } catch (error) {
      const failure = toKafkaError(error);
      // The log start went past it meanwhile, which the next round notices.
      if (failure.code === 'OFFSET_OUT_OF_RANGE') this.hasMoved = true;
      else this.fetched.push(fetchFailed(partition, failure));
    }
  }

  /** What is delivered again does not wait for company. */
  #isEnough(): boolean {
    if (this.#isLastTry || this.#reads.some(({ isRedelivery }) => isRedelivery)) return true;
    const sizeBytes = this.#reads.reduce((sum, { result }) => sum + result.sizeBytes, 0);
    return sizeBytes >= this.#plan.minBytes;
  }

  #acquireAll(): void {
    let left = this.#plan.maxRecords;
    for (const read of this.#reads) {
      const acquired = this.#acquire(read, left);
      left -= countOf(acquired);
    }
  }

  #acquire({ partition, led, offset, result }: PartitionRead, maxRecords: number): readonly AcquiredRange[] {
    const { memberId, batchSize, isRecordLimit, readsCommitted } = this.#plan;
    const acquired = led.acquire({
      memberId,
      fetchOffset: offset,
      recordBatches: recordBatchRanges(result.records),
      maxRecords,
      batchSize,
      isRecordLimit,
      aborted: readsCommitted ? abortedRanges(result) : [],
    });
    if (acquired.length === 0) {
      this.hasMoved ||= maxRecords > 0 && led.nextFetch()?.offset !== offset;
      return acquired;
    }
    const range = { firstOffset: acquired[0]!.firstOffset, lastOffset: acquired.at(-1)!.lastOffset };
    const records = sliceRecords(result.records, range);
    for (const { length } of records) led.leader.traffic.bytesOut += length;
    this.fetched.push({ partition, error: undefined, records, acquired });
    return acquired;
  }

  #letGo(): void {
    for (const led of this.#taken) {
      led.isBeingFetched = false;
      if (!led.isAwaited) continue;
      led.isAwaited = false;
      led.notify();
    }
  }
}

function countOf(acquired: readonly AcquiredRange[]): number {
  return acquired.reduce((sum, { firstOffset, lastOffset }) => sum + lastOffset - firstOffset + 1, 0);
}

/** Notices from its creation on whether a round would find something new. */
class ShareWait {
  #hasChanged = false;
  #onChange: (() => void) | undefined;
  readonly #subscriptions: (() => void)[];

  constructor(partitions: readonly LedSharePartition[]) {
    const note = () => {
      this.#hasChanged = true;
      this.#onChange?.();
    };
    this.#subscriptions = partitions.flatMap((led) => [led.subscribe(note), led.leader.subscribe(note)]);
  }

  /** Resolves on a change, after `timeoutMs`, or when `closed` is aborted. */
  settled(host: Host, closed: AbortSignal, timeoutMs: number): Promise<void> {
    if (this.#hasChanged) return Promise.resolve();
    return new Promise((resolve) => {
      const settle = () => {
        timer.cancel();
        closed.removeEventListener('abort', settle);
        this.#onChange = undefined;
        resolve();
      };
      const timer = host.timers.schedule(timeoutMs, settle, { background: true });
      closed.addEventListener('abort', settle, { once: true });
      this.#onChange = settle;
    });
  }

  end(): void {
    for (const end of this.#subscriptions) end();
  }
}
