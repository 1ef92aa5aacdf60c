/**
 * `npm run fuzz:broker -- --seconds 900 --seed 1`: clients without sense against a live broker, beside an honest one.
 * Without a seed a new one is taken and printed. The data directory of a failure stays.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeHost } from '@millrace/host';
import { BrokerFuzzer } from './broker-fuzzer.ts';

const REPORT_EVERY_MS = 15_000;
/** Caches fill first; from then on the heap must stay within the margin. */
const WARM_UP = 0.25;
const MARGIN_BYTES = 48 * 1_048_576;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    actors: { type: 'string', default: '8' },
  },
});
const host = nodeHost();
const seed = values.seed ?? String(host.random.uint32());
const durationMs = Number(values.seconds) * 1000;
const directory = mkdtempSync(join(tmpdir(), 'millrace-fuzz-'));
const beganMs = host.clock.monotonicMs();
const heaps: number[] = [];
let nextReportMs = REPORT_EVERY_MS;
let warmHeap: number | undefined;

print(`seed ${seed}, ${values.seconds} s, data in ${directory}`);
const fuzzer = new BrokerFuzzer({
  host,
  directory,
  seed,
  actors: Number(values.actors),
  isOver: () => elapsedMs() >= durationMs,
  onProgress: report,
});
await fuzzer.run();
report(fuzzer, true);
const { byApi, succeeded } = fuzzer.counts;
const depths = [...byApi].map(
  ([name, count]) => `${name.replace('Request', '')} ${succeeded.get(name) ?? 0}/${count}`,
);
print(`without error, by API: ${depths.join(', ')}`);
print('done: replay equals the live state, the data directory is valid, the broker logged no error');
rmSync(directory, { recursive: true, force: true });

function report({ counts, honest }: BrokerFuzzer, isLast = false): void {
  if (!isLast && elapsedMs() < nextReportMs) return;
  nextReportMs = elapsedMs() + REPORT_EVERY_MS;
  const heap = heapBytes();
  heaps.push(heap);
  const { sent, answered, damaged, abandoned } = counts;
  print(
    `${Math.round(elapsedMs() / 1000)} s: ${sent} requests (${damaged} damaged), ${answered} answered, ${counts.closed} closed, ` +
      `${abandoned} abandoned; honest ${honest?.records} records, slowest ${Math.round(honest?.slowestMs ?? 0)} ms; ` +
      `heap ${mebibytes(heap)}, resident ${mebibytes(process.memoryUsage.rss())} MiB`,
  );
  if (elapsedMs() > durationMs * WARM_UP) {
    warmHeap ??= heap;
    if (heap > warmHeap + MARGIN_BYTES)
      throw new Error(`The heap grew from ${mebibytes(warmHeap)} to ${mebibytes(heap)} MiB`);
  }
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}

function elapsedMs(): number {
  return host.clock.monotonicMs() - beganMs;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
