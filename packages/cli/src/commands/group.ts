import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { startPositionHelp } from '../consume/start-position.ts';
import type * as Groups from '../group/group-commands.ts';
import type * as Reset from '../group/reset-offsets.ts';
import { addClientOptions } from '../options/client-options.ts';

const load = (): Promise<typeof Groups> => import('../group/group-commands.ts');
const loadReset = (): Promise<typeof Reset> => import('../group/reset-offsets.ts');

export function groupCommand(context: CommandContext): Command {
  return new Command('group')
    .description('List, describe and delete consumer groups, and move their offsets.')
    .addCommand(addClientOptions(listGroups(context)))
    .addCommand(addClientOptions(describeGroup(context)))
    .addCommand(addClientOptions(deleteGroup(context)))
    .addCommand(addClientOptions(resetOffsets(context)));
}

function listGroups(context: CommandContext): Command {
  return new Command('list')
    .description('List groups with their state.')
    .option('--state <states...>', 'only groups in these states, for example Stable or Empty')
    .action(async (options: Groups.ListOptions) => (await load()).listGroups(context, options));
}

function describeGroup(context: CommandContext): Command {
  return new Command('describe')
    .description('Show members, positions and lag of a group.')
    .argument('<group>')
    .action(async (group: string, options: Groups.DescribeOptions) =>
      (await load()).describeGroup(context, group, options),
    );
}

function deleteGroup(context: CommandContext): Command {
  return new Command('delete')
    .description('Delete groups with their committed offsets.')
    .argument('<groups...>')
    .option('-y, --yes', 'do not ask')
    .action(async (groups: string[], options: Groups.DeleteOptions) =>
      (await load()).deleteGroups(context, groups, options),
    );
}

function resetOffsets(context: CommandContext): Command {
  return new Command('reset-offsets')
    .description(
      'Show where a group would continue, and with --execute move it there. The group must have no members.',
    )
    .argument('<group>')
    .requiredOption('--to <position>', startPositionHelp)
    .option('--topic <topics...>', 'only these topics (default: all the group has offsets of)')
    .option('--execute', 'move the group; without it the plan is printed and nothing changes')
    .action(async (group: string, options: Reset.ResetOptions) =>
      (await loadReset()).resetOffsets(context, group, options),
    );
}
