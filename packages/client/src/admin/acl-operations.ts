import {
  AclOperation as Operation,
  AclPatternType as PatternType,
  AclPermissionType as PermissionType,
  AclResourceType as ResourceType,
  ErrorCode,
} from '@millrace/protocol';
import { CreateAclsRequest, CreateAclsResponse } from '@millrace/protocol/messages/create-acls';
import { DeleteAclsRequest, DeleteAclsResponse } from '@millrace/protocol/messages/delete-acls';
import { DescribeAclsRequest, DescribeAclsResponse } from '@millrace/protocol/messages/describe-acls';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { aclText, type Acl, type AclFilter, type AclOperation, type AclResourceType } from './acl.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { retryCall } from './retry-call.ts';
import { toController } from './routes.ts';
import { runItems } from './run-items.ts';

const DESCRIBE_ACLS = defineApi(DescribeAclsRequest, DescribeAclsResponse);
const CREATE_ACLS = defineApi(CreateAclsRequest, CreateAclsResponse);
const DELETE_ACLS = defineApi(DeleteAclsRequest, DeleteAclsResponse);

export function describeAcls(
  context: AdminContext,
  filter: AclFilter,
  options: AdminCallOptions,
): Promise<Required<Acl>[]> {
  return retryCall(context, 'describeAcls', options, async () => {
    const message = filterMessage(filter);
    const { response } = await context.cluster.send({ to: 'any', api: DESCRIBE_ACLS, message });
    if (response.errorCode !== ErrorCode.NONE) {
      throw kafkaFailure(response.errorCode, 'DescribeAcls', response.errorMessage);
    }
    return response.resources.flatMap(({ acls, ...resource }) =>
      acls.map((acl) => aclOf({ ...resource, ...acl })),
    );
  });
}

export async function createAcls(
  context: AdminContext,
  acls: readonly Acl[],
  options: AdminCallOptions,
): Promise<void> {
  const plan = {
    operation: 'createAcls',
    items: acls,
    keyOf: aclText,
    route: toController,
    ask: async ({ to, items }: ReturnType<typeof toController<Acl>>[number]) => {
      const message = { creations: items.map(creation) };
      const { response } = await context.cluster.send({ to, api: CREATE_ACLS, message });
      return outcomes(items.map(aclText), response.results, 'Creating', () => true as const);
    },
  };
  await runItems<Acl, true>(context, plan, options);
}

/** @returns what was deleted, by filter in the order given */
export async function deleteAcls(
  context: AdminContext,
  filters: readonly AclFilter[],
  options: AdminCallOptions,
): Promise<Required<Acl>[][]> {
  const plan = {
    operation: 'deleteAcls',
    items: filters,
    keyOf: filterKey,
    route: toController,
    ask: async ({ to, items }: ReturnType<typeof toController<AclFilter>>[number]) => {
      const message = { filters: items.map(filterMessage) };
      const { response } = await context.cluster.send({ to, api: DELETE_ACLS, message });
      return outcomes(items.map(filterKey), response.filterResults, 'Deleting', ({ matchingAcls }) =>
        matchingAcls.map(aclOf),
      );
    },
  };
  const deleted = await runItems<AclFilter, Required<Acl>[]>(context, plan, options);
  return filters.map((filter) => deleted.get(filterKey(filter)) ?? []);
}

function filterKey(filter: AclFilter): string {
  return JSON.stringify(filter);
}

interface Answer {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/** Answers come in the order of the items. */
function outcomes<Given extends Answer, Value>(
  keys: readonly string[],
  answers: readonly Given[],
  doing: string,
  valueOf: (answer: Given) => Value,
): Map<string, Value | Error> {
  return new Map<string, Value | Error>(
    answers.map((answer, index) => {
      const { errorCode, errorMessage } = answer;
      const key = keys[index] ?? '';
      if (errorCode === ErrorCode.NONE) return [key, valueOf(answer)];
      return [key, kafkaFailure(errorCode, `${doing} ACL ${key}`, errorMessage)];
    }),
  );
}

function creation(acl: Acl) {
  const { resourceType, resourceName, patternType = 'LITERAL', principal, host = '*', operation } = acl;
  return {
    resourceType: ResourceType[resourceType],
    resourceName,
    resourcePatternType: PatternType[patternType],
    principal,
    host,
    operation: Operation[operation],
    permissionType: PermissionType[acl.permission ?? 'ALLOW'],
  };
}

function filterMessage({ resourceType, resourceName, patternType, principal, host, ...rest }: AclFilter) {
  return {
    resourceTypeFilter: resourceType === undefined ? ResourceType.ANY : ResourceType[resourceType],
    resourceNameFilter: resourceName ?? null,
    patternTypeFilter: patternType === undefined ? PatternType.ANY : PatternType[patternType],
    principalFilter: principal ?? null,
    hostFilter: host ?? null,
    operation: rest.operation === undefined ? Operation.ANY : Operation[rest.operation],
    permissionType: rest.permission === undefined ? PermissionType.ANY : PermissionType[rest.permission],
  };
}

interface DescribedAcl {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
}

function aclOf(answer: DescribedAcl): Required<Acl> {
  return {
    resourceType: nameOf<AclResourceType>(ResourceType, answer.resourceType),
    resourceName: answer.resourceName,
    patternType: answer.patternType === PatternType.PREFIXED ? 'PREFIXED' : 'LITERAL',
    principal: answer.principal,
    host: answer.host,
    operation: nameOf<AclOperation>(Operation, answer.operation),
    permission: answer.permissionType === PermissionType.DENY ? 'DENY' : 'ALLOW',
  };
}

/** Of something newer than this client the number is shown. */
function nameOf<Name extends string>(ids: Readonly<Record<Name, number>>, id: number): Name {
  const names = Object.keys(ids) as Name[];
  return names.find((name) => ids[name] === id) ?? (String(id) as Name);
}
