import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addClientOptions, type ClientOptions } from '../options/client-options.ts';
import { wholeNumber } from '../options/parse-number.ts';

export interface OffsetsOptions extends ClientOptions {
  readonly partition?: number;
  readonly at?: string;
}

export function offsetsCommand(context: CommandContext): Command {
  const command = new Command('offsets')
    .description('Print the first and next offset of each partition, or the offsets at a time.')
    .argument('<topics...>')
    .option('-p, --partition <number>', 'one partition only', wholeNumber('--partition'))
    .option('--at <time>', 'first offset at or after a time (2026-01-31T12:00:00Z) or an age (PT15M)')
    .action(async (topics: string[], options: OffsetsOptions) => {
      const { printOffsets } = await import('../topic/print-offsets.ts');
      await printOffsets(context, topics, options);
    });
  return addClientOptions(command);
}
