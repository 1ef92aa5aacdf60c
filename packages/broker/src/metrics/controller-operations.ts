import { RecentHistogram } from './recent-histogram.ts';

const US_PER_MS = 1000;

/** The operations of a controller: what the active one was asked to decide. */
export class ControllerOperations {
  started = 0;
  /** From the begin of an operation until what it has decided is committed, in microseconds. */
  readonly processingUs = new RecentHistogram();

  record(elapsedMs: number, nowMs: number): void {
    this.processingUs.record(elapsedMs * US_PER_MS, nowMs);
  }
}
