import { performance } from 'node:perf_hooks';

/** Scrapes that come closer than this (ms of event loop time) get the value of the one before. */
const MIN_INTERVAL_MS = 100;

/** The share of time in which the event loop of this thread had nothing to do, between two questions. */
export class IdleShare {
  #last = performance.eventLoopUtilization();
  #share = 1;

  /** 0 to 1. */
  next(): number {
    const since = performance.eventLoopUtilization(this.#last);
    if (since.idle + since.active < MIN_INTERVAL_MS) return this.#share;
    this.#last = performance.eventLoopUtilization();
    this.#share = 1 - since.utilization;
    return this.#share;
  }
}
