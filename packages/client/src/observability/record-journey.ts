import type { RecordMetadata } from '../producer/producer-record.ts';

/** One thing that happened to a record on its way. */
export interface JourneyStep {
  /** Milliseconds since the call. */
  readonly atMs: number;
  /**
   * - `queued`: the call came
   * - `batched`: the record is in the batch of a partition; before that it waited for metadata or memory
   * - `sent`: its batch was written to a broker; again after a `retry`
   * - `retry`: the broker refused the batch, or no answer came, and it goes back into its queue
   * - `split`: the batch was too large for the broker, and goes on in parts
   * - `acknowledged`, `failed`: the end
   */
  readonly step: 'queued' | 'batched' | 'sent' | 'retry' | 'split' | 'acknowledged' | 'failed';
  readonly partition?: number;
  /** Where it was sent. */
  readonly nodeId?: number;
  readonly attempt?: number;
  /** How many records share the batch, so far. */
  readonly recordCount?: number;
  /** Of the batch as sent. */
  readonly sizeBytes?: number;
  readonly offset?: number;
  readonly error?: Error;
}

/** What became of one record, and when: `producer.trace()`. */
export interface RecordTrace {
  /** Undefined where it failed. */
  readonly metadata?: RecordMetadata;
  readonly error?: Error;
  readonly steps: readonly JourneyStep[];
}

/** Takes notes of one record. */
export class RecordJourney {
  readonly steps: JourneyStep[] = [];
  readonly #startMs: number;

  /** @param nowMs monotonic, as everywhere in here */
  constructor(nowMs: number) {
    this.#startMs = nowMs;
    this.note('queued', nowMs);
  }

  note(step: JourneyStep['step'], nowMs: number, details: Omit<JourneyStep, 'atMs' | 'step'> = {}): void {
    this.steps.push({ atMs: nowMs - this.#startMs, step, ...details });
  }
}

/** Somebody follows a record of a batch. */
export interface FollowedRecord {
  readonly journey: RecordJourney;
  /** Its place in the batch. */
  readonly index: number;
}
