import { Command } from 'commander';
import type * as Acls from '../access/acl-commands.ts';
import type { CommandContext } from '../command-context.ts';
import { addClientOptions } from '../options/client-options.ts';

const load = (): Promise<typeof Acls> => import('../access/acl-commands.ts');

export function aclCommand(context: CommandContext): Command {
  return new Command('acl')
    .description('Who may do what: list, add and delete ACLs.')
    .addCommand(addClientOptions(listAcls(context)))
    .addCommand(addClientOptions(addAcl(context, 'allow')))
    .addCommand(addClientOptions(addAcl(context, 'deny')))
    .addCommand(addClientOptions(deleteAcls(context)));
}

function listAcls(context: CommandContext): Command {
  return resourceOptions(new Command('list'))
    .description('List ACLs, all or those of a principal or resource.')
    .option('--principal <name>', 'for example User:alice')
    .action(async (options: Acls.ListOptions) => (await load()).listAcls(context, options));
}

function addAcl(context: CommandContext, verb: 'allow' | 'deny'): Command {
  const what = verb === 'allow' ? 'Allow a principal' : 'Forbid a principal, whatever else allows it,';
  return resourceOptions(new Command(verb))
    .description(`${what} operations on a topic, group, transactional id or the cluster.`)
    .argument('<principal>', 'for example User:alice, or User:* for everybody')
    .argument('<operations...>', 'READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, ALL, ...')
    .option('--prefix', 'the name is a prefix: all resources whose names begin with it')
    .option('--host <address>', 'only from this IP address')
    .action(async (principal: string, operations: string[], options: Acls.AddOptions) =>
      (await load()).addAcls(context, verb, { principal, operations }, options),
    );
}

function deleteAcls(context: CommandContext): Command {
  return resourceOptions(new Command('delete'))
    .description('Delete the ACLs of a principal, of a resource, or of both.')
    .option('--principal <name>', 'for example User:alice')
    .option('-y, --yes', 'do not ask')
    .action(async (options: Acls.DeleteOptions) => (await load()).deleteAcls(context, options));
}

function resourceOptions(command: Command): Command {
  return command
    .option('--topic <name>', 'a topic; * for all')
    .option('--group <name>', 'a group; * for all')
    .option('--transactional-id <name>', 'a transactional id; * for all')
    .option('--cluster', 'the cluster itself');
}
