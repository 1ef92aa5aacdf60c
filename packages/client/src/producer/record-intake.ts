import type { Clock } from '@millrace/host';
import type { Cluster } from '../cluster/cluster.ts';
import { RecordTooLargeError } from '../errors.ts';
import type { CallTimes } from '../observability/call-times.ts';
import type { producerCallSensors } from '../observability/metric-definitions.ts';
import type { RecordJourney } from '../observability/record-journey.ts';
import type { HandOn } from '../topic/typed-sends.ts';
import type { Accumulator } from './accumulator.ts';
import { ArrayJob, SingleJob } from './append-job.ts';
import { ArraySend } from './array-send.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { ProducerRecord, RecordMetadata } from './producer-record.ts';
import type { ProducerSettings } from './producer-settings.ts';
import { checkRecord, recordSizeBytes } from './record-check.ts';
import { TopicLane } from './topic-lane.ts';
import { TopicQueues } from './topic-queues.ts';
import { TracedJob } from './traced-job.ts';

export interface RecordIntakeParts {
  readonly cluster: Cluster;
  readonly settings: ProducerSettings;
  readonly accumulator: Accumulator;
  readonly times: CallTimes<typeof producerCallSensors>;
}

type Resolve = (metadata: RecordMetadata) => void;
type Reject = (error: Error) => void;

// One executor for all single sends: a closure per record would be the second largest cost after the promise.
let capturedResolve: Resolve;
let capturedReject: Reject;
function capture(resolve: Resolve, reject: Reject): void {
  capturedResolve = resolve;
  capturedReject = reject;
}

/**
 * Takes records that are bytes. What can never be sent is refused before anything of the call is queued; of the rest,
 * what can be appended is, and what has to wait does so in the lane of its topic.
 */
export class RecordIntake implements HandOn {
  readonly #cluster: Cluster;
  readonly #clock: Clock;
  readonly #settings: ProducerSettings;
  readonly #accumulator: Accumulator;
  readonly #times: CallTimes<typeof producerCallSensors>;
  readonly #lanes = new Map<string, TopicLane>();

  constructor({ cluster, settings, accumulator, times }: RecordIntakeParts) {
    this.#cluster = cluster;
    this.#clock = cluster.host.clock;
    this.#settings = settings;
    this.#accumulator = accumulator;
    this.#times = times;
  }

  get closing(): AbortSignal {
    return this.#cluster.closing;
  }

  readonly one = (record: ProducerRecord): Promise<RecordMetadata> => {
    this.#check(record, 0);
    const lane = this.#lane(record.topic);
    const timestampMs = record.timestampMs ?? this.#clock.nowMs();
    const { partitionCount } = lane;
    const isDirect = lane.isIdle && partitionCount > (record.partition ?? 0);
    if (isDirect && this.#accumulator.append(lane.queues, partitionCount, record, timestampMs) === 0) {
      const { completion, recordCount } = this.#accumulator.appendedTo;
      const promise = new Promise<RecordMetadata>(capture);
      completion.addSingle(recordCount - 1, timestampMs, capturedResolve, capturedReject);
      return promise;
    }
    const job = new SingleJob(record, timestampMs, this.#blockUntilMs());
    lane.submit(job);
    return job.promise;
  };

  readonly many = (records: readonly ProducerRecord[]): Promise<RecordMetadata[]> => {
    if (records.length === 0) return Promise.resolve([]);
    for (let index = 0; index < records.length; index++) this.#check(records[index]!, index);
    const times = { nowMs: this.#clock.nowMs(), deadlineMs: this.#blockUntilMs() };
    const send = new ArraySend(records.length, timestampsOf(records, times.nowMs));
    if (isOneTopic(records)) {
      this.#lane(records[0]!.topic).submit(new ArrayJob(records, undefined, times, send));
      return send.promise;
    }
    for (const [topic, positions] of positionsByTopic(records)) {
      this.#lane(topic).submit(new ArrayJob(records, positions, times, send));
    }
    return send.promise;
  };

  /** As `one`; what happens to the record is noted in the journey. */
  followed(record: ProducerRecord, journey: RecordJourney): Promise<RecordMetadata> {
    this.#check(record, 0);
    const timestampMs = record.timestampMs ?? this.#clock.nowMs();
    const times = { timestampMs, deadlineMs: this.#blockUntilMs(), clock: this.#clock };
    const job = new TracedJob(record, times, journey);
    this.#lane(record.topic).submit(job);
    return job.promise;
  }

  /** `undefined` for a topic that nothing was sent to. */
  queuesOf(topic: string): TopicQueues | undefined {
    return this.#lanes.get(topic)?.queues;
  }

  /** Resolves when everything taken so far is in a batch, or has failed. */
  async settled(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.settled()));
  }

  #check(record: ProducerRecord, index: number): void {
    const { maxRequestBytes, bufferMemoryBytes } = this.#settings;
    const upperBound = checkRecord(record, index);
    if (upperBound <= maxRequestBytes && upperBound <= bufferMemoryBytes) return;
    const bytes = recordSizeBytes(record);
    if (bytes > maxRequestBytes) {
      throw new RecordTooLargeError(record.topic, bytes, maxRequestBytes, 'max.request.size');
    }
    if (bytes > bufferMemoryBytes) {
      throw new RecordTooLargeError(record.topic, bytes, bufferMemoryBytes, 'buffer.memory');
    }
  }

  #lane(topic: string): TopicLane {
    const existing = this.#lanes.get(topic);
    if (existing !== undefined) return existing;
    const lane = new TopicLane(this.#topicQueues(topic), {
      host: this.#cluster.host,
      refresher: this.#cluster.refresher,
      accumulator: this.#accumulator,
      settings: this.#settings,
      times: this.#times,
      closing: this.#cluster.closing,
    });
    this.#lanes.set(topic, lane);
    return lane;
  }

  #topicQueues(topic: string): TopicQueues {
    const { batchSizeBytes, isAdaptive } = this.#settings;
    const random = this.#cluster.host.random.fork(`partitioner-${topic}`);
    return new TopicQueues(
      topic,
      { batchSizeBytes, isAdaptive, random },
      (name) => this.#cluster.metadata.topic(name),
      (queue) => this.#isSlow(queue),
    );
  }

  #isSlow(queue: PartitionQueue): boolean {
    const { availabilityTimeoutMs } = this.#settings;
    const first = queue.batches[0];
    if (availabilityTimeoutMs === 0 || first === undefined) return false;
    return this.#clock.monotonicMs() - first.createdMs > availabilityTimeoutMs;
  }

  #blockUntilMs(): number {
    return this.#clock.monotonicMs() + this.#settings.maxBlockMs;
  }
}

/**
 * Timestamps for the metadata of an array. Taken now, since the caller may change the records, but only kept where a
 * record has its own.
 */
function timestampsOf(records: readonly ProducerRecord[], nowMs: number): (position: number) => number {
  if (records.every(({ timestampMs }) => timestampMs === undefined)) return () => nowMs;
  const timestamps = Float64Array.from(records, ({ timestampMs }) => timestampMs ?? nowMs);
  return (position) => timestamps[position]!;
}

function isOneTopic(records: readonly ProducerRecord[]): boolean {
  const { topic } = records[0]!;
  for (let index = 1; index < records.length; index++) if (records[index]!.topic !== topic) return false;
  return true;
}

function positionsByTopic(records: readonly ProducerRecord[]): Map<string, number[]> {
  const byTopic = new Map<string, number[]>();
  let topic: string | undefined;
  let positions: number[] = [];
  for (let position = 0; position < records.length; position++) {
    const record = records[position]!;
    if (record.topic !== topic) {
      topic = record.topic;
      positions = byTopic.get(topic) ?? [];
      byTopic.set(topic, positions);
    }
    positions.push(position);
  }
  return byTopic;
}
