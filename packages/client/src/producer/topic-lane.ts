import type { Host } from '@millrace/host';
import type { MetadataRefresher } from '../cluster/metadata-refresher.ts';
import type { CallTimes } from '../observability/call-times.ts';
import type { producerCallSensors } from '../observability/metric-definitions.ts';
import { BufferExhaustedError, UnknownTopicError } from '../errors.ts';
import type { Accumulator } from './accumulator.ts';
import { MarkerJob, type AppendJob } from './append-job.ts';
import type { ProducerSettings } from './producer-settings.ts';
import type { TopicQueues } from './topic-queues.ts';

export interface LaneContext {
  readonly host: Host;
  readonly refresher: MetadataRefresher;
  readonly accumulator: Accumulator;
  readonly settings: ProducerSettings;
  readonly times: CallTimes<typeof producerCallSensors>;
  /** Aborted when the producer ends: what still waits then fails, and must not find its way into a batch. */
  readonly closing: AbortSignal;
}

/**
 * Everything sent to one topic passes here in the order of the calls. As long as metadata is known and memory is
 * free a job is done within `send`; otherwise it waits, and so does all that comes after it for the same topic, so
 * that no record overtakes an earlier one. Topics do not wait for each other, except for memory.
 */
export class TopicLane {
  readonly queues: TopicQueues;
  readonly #context: LaneContext;
  /** Waiting jobs; the first is at `#head`, so that taking one is cheap however many wait. */
  #jobs: AppendJob[] = [];
  #head = 0;
  #position = 0;
  #isPumping = false;

  constructor(queues: TopicQueues, context: LaneContext) {
    this.queues = queues;
    this.#context = context;
  }

  /** Nothing waits: records may be appended directly. */
  get isIdle(): boolean {
    return !this.#isPumping;
  }

  /** 0 while the topic is not known. */
  get partitionCount(): number {
    const topic = this.#context.refresher.cache.topic(this.queues.name);
    return topic === undefined || topic.errorCode !== 0 ? 0 : topic.partitions.length;
  }

  submit(job: AppendJob): void {
    this.#jobs.push(job);
    if (this.#isPumping) return;
    try {
      this.#appendNow(job);
    } catch (error) {
      this.#failRest(job, error as Error);
    }
    if (this.#position === job.length) return this.#finish(job);
    this.#isPumping = true;
    void this.#pump();
  }

  /** Resolves when everything submitted so far has been appended or has failed. */
  settled(): Promise<void> {
    if (this.isIdle) return Promise.resolve();
    const marker = new MarkerJob();
    this.submit(marker);
    return marker.reached;
  }

  async #pump(): Promise<void> {
    for (let job = this.#jobs[this.#head]; job !== undefined; job = this.#jobs[this.#head]) {
      try {
        await this.#appendAll(job);
      } catch (error) {
        this.#failRest(job, error as Error);
      }
      this.#finish(job);
    }
    this.#isPumping = false;
  }

  async #appendAll(job: AppendJob): Promise<void> {
    const { closing } = this.#context;
    closing.throwIfAborted();
    let neededBytes = this.#appendNow(job);
    while (this.#position < job.length) {
      if (neededBytes > 0) {
        await this.#reserve(neededBytes, job);
        closing.throwIfAborted();
        neededBytes = this.#appendNow(job, neededBytes);
      } else {
        await this.#awaitPartition(job);
        closing.throwIfAborted();
        neededBytes = this.#appendNow(job);
      }
    }
  }

  /**
   * Appends as much of the job as goes without waiting.
   * @returns the bytes to reserve first, or 0: done, or the partition of the next record is not known
   */
  #appendNow(job: AppendJob, grantedBytes = 0): number {
    const { accumulator } = this.#context;
    const { partitionCount } = this;
    const end = partitionCount === 0 ? this.#position : job.length;
    let granted = grantedBytes;
    while (this.#position < end) {
      const record = job.record(this.#position);
      if (record.partition !== undefined && record.partition >= partitionCount) break;
      const timestampMs = job.timestampMs(this.#position);
      const neededBytes =
        granted > 0
          ? accumulator.appendGranted(this.queues, partitionCount, record, timestampMs, granted)
          : accumulator.append(this.queues, partitionCount, record, timestampMs);
      granted = 0;
      if (neededBytes > 0) return neededBytes;
      job.placed(this.#position, accumulator.appendedTo);
      this.#position++;
    }
    if (granted > 0) accumulator.memory.release(granted);
    return 0;
  }

  async #reserve(bytes: number, job: AppendJob): Promise<void> {
    const { maxBlockMs, bufferMemoryBytes } = this.#context.settings;
    const leftMs = job.deadlineMs - this.#nowMs();
    const { memory } = this.#context.accumulator;
    if (leftMs <= 0 && !memory.tryReserve(bytes)) {
      throw new BufferExhaustedError(bytes, bufferMemoryBytes, maxBlockMs);
    }
    if (leftMs > 0) await memory.reserve(bytes, leftMs, maxBlockMs);
  }

  async #awaitPartition(job: AppendJob): Promise<void> {
    const { refresher } = this.#context;
    const name = this.queues.name;
    const wait = { timeoutMs: Math.max(0, job.deadlineMs - this.#nowMs()), limitedBy: 'max.block.ms' };
    const { partition } = job.record(this.#position);
    const known = await this.#context.times.time('metadataWait', () => refresher.topic(name, wait));
    if (partition === undefined || partition < known.partitions.length) return;
    // The topic may have been extended since: ask once, then believe it.
    await refresher.refresh();
    if (partition < this.partitionCount) return;
    const last = this.partitionCount - 1;
    const error = new UnknownTopicError(
      name,
      `has no partition ${partition}; its partitions are 0 to ${last}`,
    );
    job.failed(this.#position++, error);
  }

  #failRest(job: AppendJob, error: Error): void {
    for (; this.#position < job.length; this.#position++) job.failed(this.#position, error);
  }

  /** Takes the job out, whose records have all been placed or have failed. */
  #finish(job: AppendJob): void {
    if (job instanceof MarkerJob) job.done();
    this.#position = 0;
    this.#head++;
    if (this.#head === this.#jobs.length) {
      this.#jobs = [];
      this.#head = 0;
    }
  }

  #nowMs(): number {
    return this.#context.host.clock.monotonicMs();
  }
}
