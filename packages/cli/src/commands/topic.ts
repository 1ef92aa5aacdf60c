import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addClientOptions } from '../options/client-options.ts';
import { wholeNumber } from '../options/parse-number.ts';
import { collectAssignment } from '../options/property-assignments.ts';
import type * as Topics from '../topic/topic-commands.ts';

const load = (): Promise<typeof Topics> => import('../topic/topic-commands.ts');

export function topicCommand(context: CommandContext): Command {
  return new Command('topic')
    .description('Create, list, describe, alter and delete topics.')
    .addCommand(addClientOptions(createTopic(context)))
    .addCommand(addClientOptions(listTopics(context)))
    .addCommand(addClientOptions(describeTopic(context)))
    .addCommand(addClientOptions(alterTopic(context)))
    .addCommand(addClientOptions(deleteTopic(context)));
}

function createTopic(context: CommandContext): Command {
  return new Command('create')
    .description('Create a topic.')
    .argument('<name>')
    .option(
      '--partitions <number>',
      "how many partitions (default: the broker's)",
      wholeNumber('--partitions', { min: 1 }),
    )
    .option(
      '--replication-factor <number>',
      "copies of each (default: the broker's)",
      wholeNumber('--replication-factor', { min: 1 }),
    )
    .option(
      '-c, --topic-config <key=value>',
      'property of the topic, for example retention.ms=3600000; repeatable',
      collectAssignment,
    )
    .option('--if-not-exists', 'succeed where it exists')
    .action(async (name: string, options: Topics.CreateOptions) =>
      (await load()).createTopic(context, name, options),
    );
}

function listTopics(context: CommandContext): Command {
  return new Command('list')
    .description('List topics with partitions and replicas.')
    .option('--internal', 'internal topics such as __consumer_offsets too')
    .action(async (options: Topics.ListOptions) => (await load()).listTopics(context, options));
}

function describeTopic(context: CommandContext): Command {
  return new Command('describe')
    .description('Show the partitions, offsets and own configuration of topics.')
    .argument('<names...>')
    .action(async (names: string[], options: Topics.DescribeOptions) =>
      (await load()).describeTopics(context, names, options),
    );
}

function alterTopic(context: CommandContext): Command {
  return new Command('alter')
    .description('Add partitions, or change the configuration of a topic.')
    .argument('<name>')
    .option(
      '--partitions <number>',
      'raise the number of partitions',
      wholeNumber('--partitions', { min: 1 }),
    )
    .option('-c, --topic-config <key=value>', 'set a property of the topic; repeatable', collectAssignment)
    .option('--delete-config <key...>', 'back to the default')
    .option('--dry-run', 'check, change nothing')
    .action(async (name: string, options: Topics.AlterOptions) =>
      (await load()).alterTopic(context, name, options),
    );
}

function deleteTopic(context: CommandContext): Command {
  return new Command('delete')
    .description('Delete topics with all their records.')
    .argument('<names...>')
    .option('-y, --yes', 'do not ask')
    .action(async (names: string[], options: Topics.DeleteOptions) =>
      (await load()).deleteTopics(context, names, options),
    );
}
