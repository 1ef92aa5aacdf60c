import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type * as Quorum from '../cluster/quorum-commands.ts';
import { addClientOptions } from '../options/client-options.ts';
import { wholeNumber } from '../options/parse-number.ts';

const load = (): Promise<typeof Quorum> => import('../cluster/quorum-commands.ts');

export function quorumCommand(context: CommandContext): Command {
  return new Command('quorum')
    .description('The controllers that keep the metadata: show them, add and remove voters.')
    .addCommand(addClientOptions(describe(context)))
    .addCommand(addClientOptions(addVoter(context)))
    .addCommand(addClientOptions(removeVoter(context)));
}

function describe(context: CommandContext): Command {
  return new Command('describe')
    .description('Show leader, voters and observers, and how far each is.')
    .action(async (options: Quorum.DescribeOptions) => (await load()).describeQuorum(context, options));
}

function addVoter(context: CommandContext): Command {
  return new Command('add-voter')
    .description('Give a controller that follows the metadata log a vote (KIP-853).')
    .argument('<node-id>', 'its node.id', wholeNumber('<node-id>'))
    .requiredOption('--directory-id <id>', 'directory.id in meta.properties of its metadata directory')
    .requiredOption('--endpoint <listener://host:port...>', 'its controller listeners')
    .action(async (nodeId: number, options: Quorum.AddVoterOptions) =>
      (await load()).addVoter(context, nodeId, options),
    );
}

function removeVoter(context: CommandContext): Command {
  return new Command('remove-voter')
    .description('Take the vote from a controller; it follows on if it runs.')
    .argument('<node-id>', 'its node.id', wholeNumber('<node-id>'))
    .option('--directory-id <id>', 'where a node has been a voter with two directories')
    .option('-y, --yes', 'do not ask')
    .action(async (nodeId: number, options: Quorum.RemoveVoterOptions) =>
      (await load()).removeVoter(context, nodeId, options),
    );
}
