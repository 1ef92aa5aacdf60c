import { Command, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { aclCommand } from './commands/acl.ts';
import { clusterCommand } from './commands/cluster.ts';
import { consumeCommand } from './commands/consume.ts';
import { dlqCommand } from './commands/dlq.ts';
import { groupCommand } from './commands/group.ts';
import { logCommand } from './commands/log.ts';
import { offsetsCommand } from './commands/offsets.ts';
import { perfCommand } from './commands/perf.ts';
import { produceCommand } from './commands/produce.ts';
import { quorumCommand } from './commands/quorum.ts';
import { schemaCommand } from './commands/schema.ts';
import { schemaRegistryCommand } from './commands/schema-registry.ts';
import { startCommand } from './commands/start.ts';
import { storageCommand } from './commands/storage.ts';
import { topicCommand } from './commands/topic.ts';
import { userCommand } from './commands/user.ts';
import { cliVersion } from './version.ts';

/**
 * The whole command line. Commands load what they need when they run, so that `millrace start` does not pay for the
 * client, nor `millrace topic list` for the broker.
 */
export function createProgram(context: CommandContext): Command {
  const program = new Command('millrace')
    .description(
      'A Kafka-compatible event streaming node, and the tools to work with it or with Apache Kafka.',
    )
    .version(cliVersion, '-V, --version')
    .addHelpText('after', '\nExit codes: 0 ok, 1 failed, 2 usage, 3 not found, 4 refused, 130 interrupted.')
    .showHelpAfterError('(run with --help for the options)');
  const commands = [
    startCommand(context),
    topicCommand(context),
    produceCommand(context),
    consumeCommand(context),
    groupCommand(context),
    offsetsCommand(context),
    dlqCommand(context),
    perfCommand(context),
    logCommand(context),
    clusterCommand(context),
    quorumCommand(context),
    storageCommand(context),
    userCommand(context),
    aclCommand(context),
    schemaRegistryCommand(context),
    schemaCommand(context),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of leaves(program)) {
    command.addOption(
      new Option('--output <format>', 'how results are printed').choices(['table', 'json']).default('table'),
    );
  }
  return program;
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}
