import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { formatHelp } from '../consume/record-formatter.ts';
import { startPositionHelp } from '../consume/start-position.ts';
import { addClientOptions, type ClientOptions } from '../options/client-options.ts';
import { wholeNumber } from '../options/parse-number.ts';

export interface ConsumeOptions extends ClientOptions {
  readonly group?: string;
  readonly from?: string;
  readonly partition?: number;
  readonly max?: number;
  readonly exitAtEnd?: boolean;
  readonly format?: string;
}

const examples = `
Examples:
  $ millrace consume orders --from beginning --exit-at-end
  $ millrace consume orders --format '%p %o %k %v' --max 10
  $ millrace consume orders --group billing
`;

export function consumeCommand(context: CommandContext): Command {
  const command = new Command('consume')
    .description('Print records as they come. Without --group nothing is committed.')
    .argument('<topics...>')
    .option('-g, --group <id>', 'read as a member of a group and commit what was printed')
    .option(
      '--from <position>',
      `where to start: ${startPositionHelp} (default end; a group: where it stopped)`,
    )
    .option('-p, --partition <number>', 'one partition only', wholeNumber('--partition'))
    .option('-n, --max <records>', 'stop after so many records', wholeNumber('--max', { min: 1 }))
    .option('-e, --exit-at-end', 'stop at the end of the data there is now')
    .option('-f, --format <template>', `how a record is printed: ${formatHelp} (default %v)`)
    .addHelpText('after', examples)
    .action(async (topics: string[], options: ConsumeOptions) => {
      const { consume } = await import('../consume/consume.ts');
      await consume(context, topics, options);
    });
  return addClientOptions(command);
}
