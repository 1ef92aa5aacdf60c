import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addClientOptions } from '../options/client-options.ts';
import { wholeNumber } from '../options/parse-number.ts';
import type { PerfConsumeOptions } from '../perf/perf-consume.ts';
import type { PerfProduceOptions } from '../perf/perf-produce.ts';

export function perfCommand(context: CommandContext): Command {
  return new Command('perf')
    .description('Measure a cluster with the figures of Kafka’s own performance tools.')
    .addCommand(perfProduceCommand(context))
    .addCommand(perfConsumeCommand(context));
}

function perfProduceCommand(context: CommandContext): Command {
  const command = new Command('produce')
    .description('Send records as fast as the cluster takes them, or at a given rate.')
    .argument('<topic>')
    .option('-n, --records <number>', 'how many records', wholeNumber('--records', { min: 1 }), 1_000_000)
    .option('--record-size <bytes>', 'size of each value', wholeNumber('--record-size'), 100)
    .option('--throughput <records/s>', 'records per second; 0 for no limit', wholeNumber('--throughput'), 0)
    .action(async (topic: string, options: PerfProduceOptions) => {
      const { perfProduce } = await import('../perf/perf-produce.ts');
      await perfProduce(context, topic, options);
    });
  return addClientOptions(command);
}

function perfConsumeCommand(context: CommandContext): Command {
  const command = new Command('consume')
    .description('Read records from the beginning as fast as they come.')
    .argument('<topic>')
    .option('-n, --records <number>', 'stop after so many', wholeNumber('--records', { min: 1 }), 1_000_000)
    .option('--timeout <ms>', 'stop after so long without a record', wholeNumber('--timeout'), 10_000)
    .action(async (topic: string, options: PerfConsumeOptions) => {
      const { perfConsume } = await import('../perf/perf-consume.ts');
      await perfConsume(context, topic, options);
    });
  return addClientOptions(command);
}
