import { quantile } from './quantile.ts';

const SLEEP_MS = 1;
/** Even where every sleep ends late by tens of milliseconds, nobody waits longer for the header. */
const AT_MOST_MS = 1000;

/**
 * What this machine adds by itself to whatever waits. Where idle processors are put to sleep, as on many virtual machines,
 * it is milliseconds, and latencies of that size say nothing of the program that was measured.
 */
export function sleepLateness(): string {
  const never = new Int32Array(new SharedArrayBuffer(4));
  const latenessMs: number[] = [];
  const startMs = performance.now();
  for (let nowMs = startMs; nowMs - startMs < AT_MOST_MS;) {
    Atomics.wait(never, 0, 0, SLEEP_MS);
    const wokenMs = performance.now();
    latenessMs.push(wokenMs - nowMs - SLEEP_MS);
    nowMs = wokenMs;
  }
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(latenessMs, share).toFixed(2));
  return `a sleep of ${SLEEP_MS} ms ends late by ${p50} ms (p50), ${p99} ms (p99)`;
}
