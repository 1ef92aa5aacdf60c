/**
 * `npm run fuzz:broker -- --seconds 900 --seed 1`: clients without sense against a live broker, beside an honest one.
 * Without a seed a new one is taken and printed. The data directory of a failure stays.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeHost } from '@millrace/host';
import { BrokerFuzzer } from './broker-fuzzer.ts';

const REPORT_EVERY_MS = 15_000;
/** Caches fill first; from then on what the process holds must stay within the margins. */
const WARM_UP = 0.25;
const MARGIN_BYTES = 48 * 1_048_576;
/** Pages that the allocators keep come on top. */
const RESIDENT_MARGIN_BYTES = 256 * 1_048_576;

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
let nextReportMs = REPORT_EVERY_MS;
let warm: Held | undefined;

/** Bytes that the process holds after a collection. */
interface Held {
  readonly heap: number;
  readonly buffers: number;
  readonly resident: number;
}

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
  const held = heldBytes();
  const { sent, answered, damaged, abandoned } = counts;
  print(
    `${Math.round(elapsedMs() / 1000)} s: ${sent} requests (${damaged} damaged), ${answered} answered, ${counts.closed} closed, ` +
      `${abandoned} abandoned; honest ${honest?.records} records, slowest ${Math.round(honest?.slowestMs ?? 0)} ms, ` +
      `with ${Math.round(honest?.slowestCpuMs ?? 0)} ms of CPU at most; heap ${mebibytes(held.heap)}, ` +
      `buffers ${mebibytes(held.buffers)}, resident ${mebibytes(held.resident)} MiB; load ${loadavg()[0]!.toFixed(1)}`,
  );
  if (elapsedMs() > durationMs * WARM_UP) {
    warm ??= held;
    expectFlat('heap', warm.heap, held.heap, MARGIN_BYTES);
    expectFlat('memory of buffers', warm.buffers, held.buffers, MARGIN_BYTES);
    expectFlat('resident memory', warm.resident, held.resident, RESIDENT_MARGIN_BYTES);
  }
}

function heldBytes(): Held {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed, buffers: external, resident: rss };
}

function expectFlat(what: string, before: number, now: number, margin: number): void {
  if (now > before + margin)
    throw new Error(`The ${what} grew from ${mebibytes(before)} to ${mebibytes(now)} MiB`);
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
