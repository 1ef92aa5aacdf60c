import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addClientOptions, type ClientOptions } from '../options/client-options.ts';
import { wholeNumber } from '../options/parse-number.ts';
import { collectAssignment } from '../options/property-assignments.ts';

export interface ReplayOptions extends ClientOptions {
  readonly to?: string;
  readonly group?: string;
  readonly fromBeginning?: boolean;
  readonly max?: number;
  readonly exception?: string;
  readonly message?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly dryRun?: boolean;
}

const examples = `
Examples:
  $ millrace dlq replay orders-dlq --dry-run
  $ millrace dlq replay orders-dlq --exception TimeoutError --max 100
  $ millrace dlq replay orders-dlq --to orders-repaired

Records go back to the topic they came from, without the headers of their failures. What has been replayed is remembered
in a consumer group (<topic>-replay), so that it is not replayed again. With a filter it is not, because what was passed
over must still be found.
`;

export function dlqCommand(context: CommandContext): Command {
  const replay = new Command('replay')
    .description('Send dead letters back to where they came from.')
    .argument('<topic>', 'the dead letter topic')
    .option('--to <topic>', 'send them there instead')
    .option('-g, --group <id>', 'the group that remembers what was replayed (default <topic>-replay)')
    .option('--from-beginning', 'also what has been replayed before')
    .option('-n, --max <records>', 'stop after so many', wholeNumber('--max', { min: 1 }))
    .option('--exception <name>', 'only those that failed with this class of error')
    .option('--message <text>', 'only those whose error message contains this')
    .option('-H, --header <key=value>', 'only those with this header; repeatable', collectAssignment)
    .option('--dry-run', 'say what would be sent, and send nothing')
    .addHelpText('after', examples)
    .action(async (topic: string, options: ReplayOptions) => {
      const { replayDeadLetters } = await import('../dlq/replay-dead-letters.ts');
      await replayDeadLetters(context, topic, options);
    });
  return new Command('dlq')
    .description('Dead letters: records that could not be processed.')
    .addCommand(addClientOptions(replay));
}
