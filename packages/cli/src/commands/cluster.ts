import { Command, Option } from 'commander';
import type * as Cluster from '../cluster/cluster-commands.ts';
import type * as Moves from '../cluster/move-partitions.ts';
import type { CommandContext } from '../command-context.ts';
import { addClientOptions, type ClientOptions } from '../options/client-options.ts';
import { wholeNumber } from '../options/parse-number.ts';

const load = (): Promise<typeof Cluster> => import('../cluster/cluster-commands.ts');
const loadMoves = (): Promise<typeof Moves> => import('../cluster/move-partitions.ts');

export function clusterCommand(context: CommandContext): Command {
  return new Command('cluster')
    .description('The brokers of a cluster: show them, move partitions between them, elect leaders.')
    .addCommand(addClientOptions(describe(context)))
    .addCommand(addClientOptions(move(context)))
    .addCommand(addClientOptions(moves(context)))
    .addCommand(addClientOptions(cancelMoves(context)))
    .addCommand(addClientOptions(elect(context)))
    .addCommand(addClientOptions(unregister(context)));
}

function describe(context: CommandContext): Command {
  return new Command('describe')
    .description('Show brokers with the partitions they lead and hold.')
    .action(async (options: Cluster.DescribeOptions) => (await load()).describeCluster(context, options));
}

function move(context: CommandContext): Command {
  return new Command('move')
    .description('Print a plan that spreads partitions evenly over brokers, and with --execute carry it out.')
    .option('--to <ids...>', 'the brokers to use (default: all that are up)', collectId)
    .option('--topic <topics...>', 'only these topics')
    .option(
      '--replication-factor <number>',
      'default: as it is',
      wholeNumber('--replication-factor', { min: 1 }),
    )
    .option('--execute', 'move them; without it nothing changes')
    .option('--no-wait', 'do not wait for the last of them')
    .action(async (options: Moves.MoveOptions) => (await loadMoves()).movePartitions(context, options));
}

function moves(context: CommandContext): Command {
  return new Command('moves')
    .description('List the partitions that are on their way.')
    .action(async (options: ClientOptions) => (await load()).listMoves(context, options));
}

function cancelMoves(context: CommandContext): Command {
  return new Command('cancel-moves')
    .description('Call off moves that are going on; partitions stay where they were.')
    .option('--topic <topics...>', 'only these topics')
    .action(async (options: Moves.CancelOptions) => (await loadMoves()).cancelMoves(context, options));
}

function elect(context: CommandContext): Command {
  return new Command('elect-leaders')
    .description('Give the lead back to preferred replicas.')
    .addOption(
      new Option('--type <type>', 'unclean: whichever replica is up, where there is no leader')
        .choices(['preferred', 'unclean'])
        .default('preferred'),
    )
    .option('--topic <topics...>', 'only these topics')
    .option('-y, --yes', 'do not ask')
    .action(async (options: Cluster.ElectOptions) => (await load()).electLeaders(context, options));
}

function unregister(context: CommandContext): Command {
  return new Command('unregister')
    .description('Forget a broker that will not come back.')
    .argument('<broker-id>', 'its node.id', wholeNumber('<broker-id>'))
    .option('-y, --yes', 'do not ask')
    .action(async (brokerId: number, options: Cluster.UnregisterOptions) =>
      (await load()).unregisterBroker(context, brokerId, options),
    );
}

function collectId(text: string, previous: readonly number[] | undefined): number[] {
  return [...(previous ?? []), wholeNumber('--to')(text)];
}
