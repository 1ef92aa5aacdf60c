import { Consumer } from '@millrace/client';
import type { CommandContext } from '../command-context.ts';
import { clientProperties, type ClientOptions } from '../options/client-options.ts';
import { Printer } from '../output/printer.ts';
import { Progress } from '../output/progress.ts';

export interface PerfConsumeOptions extends ClientOptions {
  readonly records: number;
  readonly timeout: number;
}

/** Reads up to `records` records of a topic from the beginning and prints the rate, without the time to the first record. */
export async function perfConsume(
  context: CommandContext,
  topic: string,
  options: PerfConsumeOptions,
): Promise<void> {
  const { terminal, host } = context;
  const group = `perf-${host.random.fork('perf').uint32()}`;
  const properties = {
    'group.id': group,
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': 'false',
    'max.poll.records': '10000',
    ...(await clientProperties(context, options)),
  };
  const beganMs = host.clock.monotonicMs();
  let firstMs = beganMs;
  let lastMs = beganMs;
  let records = 0;
  let bytes = 0;
  {
    await using consumer = new Consumer(properties, { host });
    using _progress = new Progress(terminal, host, () => `${records} of ${options.records} records read`);
    consumer.subscribe([topic]);
    while (records < options.records) {
      const batch = await consumer.poll({ timeoutMs: options.timeout, signal: terminal.signal });
      if (batch.length === 0) break;
      if (records === 0) firstMs = host.clock.monotonicMs();
      records += batch.length;
      for (const record of batch) bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0);
      lastMs = host.clock.monotonicMs();
    }
  }
  const seconds = Math.max(lastMs - firstMs, 1) / 1000;
  const result = {
    records,
    seconds,
    recordsPerSecond: records / seconds,
    mebibytesPerSecond: bytes / seconds / 2 ** 20,
    timeToFirstRecordMs: firstMs - beganMs,
  };
  new Printer(terminal, options.output).result(result, (figures) => ({
    header: ['records', 'seconds', 'records/s', 'MiB/s', 'to first record ms'],
    rows: [Object.values(figures).map((value) => Number(value.toFixed(value < 100 ? 2 : 0)))],
  }));
}
