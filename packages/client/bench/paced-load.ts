import { setTimeout as sleep } from 'node:timers/promises';
import type { Producer } from '../src/index.ts';
import type { Report } from './produce-comparison.ts';
import { quantile } from './quantile.ts';

/** The least that a timer waits: what becomes due in the meantime is sent together. */
const TICK_MS = 1;
/** Records later than this are another load than the one that was asked for. */
const MAX_LATE_MS = 10;
const shares = { p50: 0.5, p99: 0.99, 'p99.9': 0.999, max: 1 };

export interface PacedLoad {
  /** It has one partition: acknowledgements then come in the order of the sends. */
  readonly topic: string;
  readonly recordsPerSec: number;
  readonly valueBytes: number;
  readonly seconds: number;
}

/** By record. */
export interface PacedTimes {
  /** From the call of `send` to the acknowledgement. */
  readonly latenciesMs: Float64Array;
  /** From when it was due to the call of `send`. */
  readonly latenessMs: Float64Array;
}

/**
 * Sends each record when it is due by the clock, whatever became of those before it: after a pause all that have become due
 * in the meantime, so that the load neither drifts nor waits for the broker. A record that fails ends the process.
 */
export async function sendPaced(producer: Producer, load: PacedLoad): Promise<PacedTimes> {
  const count = Math.ceil(load.recordsPerSec * load.seconds);
  const record = { topic: load.topic, value: Buffer.alloc(load.valueBytes, 'x') };
  const sentMs = new Float64Array(count);
  const latenciesMs = new Float64Array(count);
  const latenessMs = new Float64Array(count);
  const { promise: allAcknowledged, resolve, reject } = Promise.withResolvers<void>();
  let acknowledged = 0;
  // One function for all: what is made per record would be measured, too.
  const onAcknowledged = () => {
    latenciesMs[acknowledged] = performance.now() - sentMs[acknowledged]!;
    if (++acknowledged === count) resolve();
  };
  const startMs = performance.now();
  for (let sent = 0; sent < count;) {
    const dueCount = Math.floor(((performance.now() - startMs) * load.recordsPerSec) / 1000) + 1;
    for (; sent < Math.min(dueCount, count); sent++) {
      const nowMs = performance.now();
      sentMs[sent] = nowMs;
      latenessMs[sent] = nowMs - startMs - (sent * 1000) / load.recordsPerSec;
      producer.send(record).then(onAcknowledged, reject);
    }
    await sleep(TICK_MS);
  }
  await allAcknowledged;
  return { latenciesMs, latenessMs };
}

export function reportPaced({ latenciesMs, latenessMs }: PacedTimes, report: Report): void {
  for (const [label, share] of Object.entries(shares)) {
    const value = quantile(latenciesMs, share);
    report({ metric: `send to acknowledgement, ${label}`, value, unit: 'ms' });
  }
  for (const [label, share] of Object.entries(shares)) {
    report({ metric: `sent after it was due, ${label}`, value: quantile(latenessMs, share), unit: 'ms' });
  }
  const late = latenessMs.reduce((count, lateMs) => count + (lateMs > MAX_LATE_MS ? 1 : 0), 0);
  if (late === 0) return;
  const metric = `the generator fell behind: sent over ${MAX_LATE_MS} ms after it was due`;
  report({ metric, value: (late * 100) / latenessMs.length, unit: '% of the records' });
}
