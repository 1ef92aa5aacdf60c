import { Command } from 'commander';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { collectAssignment } from '../options/property-assignments.ts';
import type * as Storage from '../storage/storage-commands.ts';

const load = (): Promise<typeof Storage> => import('../storage/storage-commands.ts');

export function storageCommand(context: CommandContext): Command {
  return new Command('storage')
    .description('The directories of a node of a cluster, before its first start.')
    .addCommand(format(context))
    .addCommand(randomId(context));
}

function format(context: CommandContext): Command {
  return new Command('format')
    .description(
      'Give empty directories their identity. Nodes of a cluster need it; a node by itself formats its own.',
    )
    .requiredOption(
      '-t, --cluster-id <id>',
      'the same for all nodes; "millrace storage random-uuid" makes one',
    )
    .option('--config <file>', 'the server.properties of the node')
    .option('--set <key=value>', 'one property, wins over the file; repeatable', collectAssignment)
    .option('-s, --standalone', 'this controller is the only voter at first')
    .option(
      '-I, --initial-controllers <id@host:port:directory-id,...>',
      'these controllers are the voters at first, this one among them',
    )
    .option('-N, --no-initial-controllers', 'this controller is given its vote later')
    .option('-g, --ignore-formatted', 'leave directories alone that are formatted in the same way')
    .action(async (options: Storage.FormatOptions) => (await load()).formatDirectories(context, options));
}

function randomId(context: CommandContext): Command {
  return new Command('random-uuid')
    .description('Print an id for a cluster or a directory.')
    .action(async (options: OutputOptions) => (await load()).printRandomId(context, options));
}
