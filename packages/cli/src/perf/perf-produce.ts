import { Producer, type ProducerRecord } from '@millrace/client';
import type { CommandContext } from '../command-context.ts';
import { clientProperties, type ClientOptions } from '../options/client-options.ts';
import { Printer } from '../output/printer.ts';
import { Progress } from '../output/progress.ts';
import { SendPipeline } from '../produce/send-pipeline.ts';
import { LatencyHistogram } from './latency-histogram.ts';

export interface PerfProduceOptions extends ClientOptions {
  readonly records: number;
  readonly recordSize: number;
  readonly throughput: number;
}

/** Bytes handed to one `send`: enough to keep the producer busy, little enough that a latency means something. */
const SEND_BYTES = 64 * 1024;

/** Sends `records` values of `recordSize` bytes and prints rate and latency, each latency from send to acknowledgement. */
export async function perfProduce(
  context: CommandContext,
  topic: string,
  options: PerfProduceOptions,
): Promise<void> {
  const { terminal, host } = context;
  const histogram = new LatencyHistogram();
  const recordsPerSend = Math.max(
    1,
    Math.min(options.records, Math.floor(SEND_BYTES / (options.recordSize + 10))),
  );
  const value = host.random.bytes(options.recordSize);
  const batch: ProducerRecord[] = Array.from({ length: recordsPerSend }, () => ({ topic, value }));
  const beganMs = host.clock.monotonicMs();
  let sent = 0;
  let acknowledged = 0;
  {
    await using producer = new Producer(await clientProperties(context, options), { host });
    using _progress = new Progress(
      terminal,
      host,
      () => `${acknowledged} of ${options.records} records acknowledged`,
    );
    const pipeline = new SendPipeline();
    while (sent < options.records) {
      terminal.signal.throwIfAborted();
      const records = batch.slice(0, Math.min(recordsPerSend, options.records - sent));
      const sentAtMs = host.clock.monotonicMs();
      const onAcknowledged = () => {
        acknowledged += records.length;
        histogram.record(host.clock.monotonicMs() - sentAtMs);
      };
      sent += records.length;
      await pipeline.add(producer.send(records, { signal: terminal.signal }).then(onAcknowledged));
      await pace(context, options.throughput, sent, beganMs);
    }
    await pipeline.drain();
  }
  report(context, options, acknowledged, host.clock.monotonicMs() - beganMs, histogram);
}

/** Holds sending back to `throughput` records a second. */
async function pace(
  { host }: CommandContext,
  throughput: number,
  sent: number,
  beganMs: number,
): Promise<void> {
  if (throughput === 0) return;
  const dueMs = beganMs + (sent / throughput) * 1000 - host.clock.monotonicMs();
  if (dueMs > 1) await new Promise<void>((resolve) => void host.timers.schedule(dueMs, resolve));
}

function report(
  context: CommandContext,
  options: PerfProduceOptions,
  records: number,
  elapsedMs: number,
  histogram: LatencyHistogram,
): void {
  const seconds = elapsedMs / 1000;
  const result = {
    records,
    seconds,
    recordsPerSecond: records / seconds,
    mebibytesPerSecond: (records * options.recordSize) / seconds / 2 ** 20,
    latencyMs: {
      average: histogram.averageMs,
      p50: histogram.percentileMs(0.5),
      p95: histogram.percentileMs(0.95),
      p99: histogram.percentileMs(0.99),
      p999: histogram.percentileMs(0.999),
      max: histogram.maxMs,
    },
  };
  new Printer(context.terminal, options.output).result(result, ({ latencyMs, ...rates }) => ({
    header: [
      'records',
      'seconds',
      'records/s',
      'MiB/s',
      'avg ms',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'p99.9 ms',
      'max ms',
    ],
    rows: [
      [
        rates.records,
        ...[rates.seconds, rates.recordsPerSecond, rates.mebibytesPerSecond, ...Object.values(latencyMs)].map(
          round,
        ),
      ],
    ],
  }));
}

function round(value: number): number {
  return Number(value.toFixed(value < 100 ? 2 : 0));
}
