import { aclOperations, aclText, type Acl, type AclFilter, type AclOperation } from '@millrace/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import type { ClientOptions } from '../options/client-options.ts';
import { withAdmin } from '../options/with-admin.ts';
import { Printer } from '../output/printer.ts';
import type { Table } from '../output/table.ts';

/** The options that name what an ACL is about. */
interface ResourceOptions extends ClientOptions {
  readonly topic?: string;
  readonly group?: string;
  readonly transactionalId?: string;
  readonly cluster?: boolean;
}

export interface ListOptions extends ResourceOptions {
  readonly principal?: string;
}

export async function listAcls(context: CommandContext, options: ListOptions): Promise<void> {
  const acls = await withAdmin(context, options, (admin, call) =>
    admin.describeAcls(filterOf(options), call),
  );
  new Printer(context.terminal, options.output).result(acls, tableOf);
}

export interface AddOptions extends ResourceOptions {
  readonly prefix?: boolean;
  readonly host?: string;
}

export async function addAcls(
  context: CommandContext,
  verb: 'allow' | 'deny',
  who: { readonly principal: string; readonly operations: readonly string[] },
  options: AddOptions,
): Promise<void> {
  const resource = resourceOf(options);
  if (resource === undefined) {
    throw CliError.usage('Name what it is about: --topic, --group, --transactional-id or --cluster');
  }
  const acls = who.operations.map((operation): Acl => ({
    ...resource,
    principal: who.principal,
    operation: operationOf(operation),
    permission: verb === 'allow' ? 'ALLOW' : 'DENY',
    ...(options.prefix === true ? { patternType: 'PREFIXED' } : {}),
    ...(options.host === undefined ? {} : { host: options.host }),
  }));
  await withAdmin(context, options, (admin, call) => admin.createAcls(acls, call));
  new Printer(context.terminal, options.output).result(acls, (all) => all.map(aclText).join('\n'));
}

function operationOf(text: string): AclOperation {
  const operation = aclOperations.find((one) => one === text.toUpperCase());
  if (operation !== undefined) return operation;
  throw CliError.usage(`"${text}" is no operation; there are ${aclOperations.join(', ')}`);
}

export interface DeleteOptions extends ListOptions {
  readonly yes?: boolean;
}

export async function deleteAcls(context: CommandContext, options: DeleteOptions): Promise<void> {
  const filter = filterOf(options);
  if (Object.keys(filter).length === 0) {
    throw CliError.usage('Name a principal or a resource; there is no command to delete all ACLs');
  }
  await confirm(context.terminal, 'Delete the ACLs that match?', options.yes === true);
  const [deleted = []] = await withAdmin(context, options, (admin, call) => admin.deleteAcls([filter], call));
  new Printer(context.terminal, options.output).result(deleted, tableOf);
}

function filterOf(options: ListOptions): AclFilter {
  const principal = options.principal === undefined ? {} : { principal: options.principal };
  return { ...resourceOf(options), ...principal };
}

function resourceOf({ topic, group, transactionalId, cluster }: ResourceOptions) {
  const named = [
    ...(topic === undefined ? [] : [{ resourceType: 'TOPIC', resourceName: topic } as const]),
    ...(group === undefined ? [] : [{ resourceType: 'GROUP', resourceName: group } as const]),
    ...(transactionalId === undefined
      ? []
      : [{ resourceType: 'TRANSACTIONAL_ID', resourceName: transactionalId } as const]),
    ...(cluster === true ? [{ resourceType: 'CLUSTER', resourceName: 'kafka-cluster' } as const] : []),
  ];
  if (named.length > 1) throw CliError.usage('Name one resource at a time');
  return named[0];
}

function tableOf(acls: readonly Required<Acl>[]): Table {
  return {
    header: ['principal', 'permission', 'operation', 'resource', 'name', 'pattern', 'host'],
    rows: acls.map((acl) => [
      acl.principal,
      acl.permission,
      acl.operation,
      acl.resourceType,
      acl.resourceName,
      acl.patternType,
      acl.host,
    ]),
  };
}
