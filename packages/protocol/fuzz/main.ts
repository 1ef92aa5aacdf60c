/**
 * Feeds damaged frames to the decoder: `npm run fuzz -w packages/protocol -- --frames 10000000 --seed 1`.
 * Without a seed a new one is taken and printed.
 */
import { parseArgs } from 'node:util';
import { FrameFuzzer } from './frame-fuzzer.ts';

const REPORT_EVERY_FRAMES = 1_000_000;

const { values } = parseArgs({
  options: { frames: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
});
const frames = Number(values.frames);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const fuzzer = new FrameFuzzer(seed);
const startMs = performance.now();
let slowestMs = 0;

print(`seed ${seed}, ${frames} frames`);
for (let frame = 1; frame <= frames; frame++) {
  const beforeMs = performance.now();
  step(frame);
  slowestMs = Math.max(slowestMs, performance.now() - beforeMs);
  if (frame % REPORT_EVERY_FRAMES === 0) print(`${frame} frames, ${rate(frame)} a second, ${memory()}`);
}
print(`done: ${frames} frames at ${rate(frames)} a second, slowest ${slowestMs.toFixed(1)} ms, ${memory()}`);
print(`read: ${fuzzer.counts.decoded}, incomplete: ${fuzzer.counts.incomplete}, refused:`);
for (const [code, count] of [...fuzzer.counts.refused].toSorted(([a], [b]) => a.localeCompare(b)))
  print(`  ${code} ${count}`);

function step(frame: number): void {
  try {
    fuzzer.step();
  } catch (error) {
    print(`frame ${frame} of seed ${seed} failed`);
    throw error;
  }
}

function rate(count: number): string {
  return Math.round((count / (performance.now() - startMs)) * 1000).toLocaleString('en');
}

function memory(): string {
  return `${Math.round(process.memoryUsage.rss() / 1_048_576)} MiB resident`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
