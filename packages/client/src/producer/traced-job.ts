import type { Clock } from '@millrace/host';
import type { RecordJourney } from '../observability/record-journey.ts';
import { SingleJob } from './append-job.ts';
import type { ProducerBatch } from './producer-batch.ts';
import type { ProducerRecord } from './producer-record.ts';

/** A single send that somebody follows. */
export class TracedJob extends SingleJob {
  readonly #clock: Clock;
  readonly #journey: RecordJourney;

  constructor(
    record: ProducerRecord,
    times: { readonly timestampMs: number; readonly deadlineMs: number; readonly clock: Clock },
    journey: RecordJourney,
  ) {
    super(record, times.timestampMs, times.deadlineMs);
    this.#clock = times.clock;
    this.#journey = journey;
  }

  override placed(position: number, batch: ProducerBatch): void {
    super.placed(position, batch);
    const { partition, recordCount } = batch;
    (batch.followed ??= []).push({ journey: this.#journey, index: recordCount - 1 });
    this.#journey.note('batched', this.#clock.monotonicMs(), { partition, recordCount });
  }
}
