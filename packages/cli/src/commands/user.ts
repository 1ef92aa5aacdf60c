import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addClientOptions } from '../options/client-options.ts';
import { wholeNumber } from '../options/parse-number.ts';
import type * as Users from '../access/user-commands.ts';

const load = (): Promise<typeof Users> => import('../access/user-commands.ts');

export function userCommand(context: CommandContext): Command {
  return new Command('user')
    .description('Users that authenticate by SCRAM: list them, set and delete passwords.')
    .addCommand(addClientOptions(listUsers(context)))
    .addCommand(addClientOptions(setPassword(context)))
    .addCommand(addClientOptions(deleteUser(context)));
}

function listUsers(context: CommandContext): Command {
  return new Command('list')
    .description('List users with their mechanisms.')
    .action(async (options: Users.ListOptions) => (await load()).listUsers(context, options));
}

function setPassword(context: CommandContext): Command {
  return new Command('set-password')
    .description(
      'Set the password of a user, creating the user if need be. The password is the first line of standard input.',
    )
    .argument('<user>')
    .addOption(mechanismOption())
    .option(
      '--iterations <number>',
      '4096 to 16384 (default 4096)',
      wholeNumber('--iterations', { min: 4096 }),
    )
    .action(async (user: string, options: Users.SetOptions) =>
      (await load()).setPassword(context, user, options),
    );
}

function deleteUser(context: CommandContext): Command {
  return new Command('delete')
    .description('Delete the passwords of a user.')
    .argument('<user>')
    .option('-y, --yes', 'do not ask')
    .action(async (user: string, options: Users.DeleteOptions) =>
      (await load()).deleteUser(context, user, options),
    );
}

function mechanismOption(): Option {
  return new Option('--mechanism <name>', 'the mechanism it is for')
    .choices(['SCRAM-SHA-256', 'SCRAM-SHA-512'])
    .default('SCRAM-SHA-512');
}
