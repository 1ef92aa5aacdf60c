import type { AdminContext } from '../admin/admin-context.ts';
import { createAcls, deleteAcls, describeAcls } from '../admin/acl-operations.ts';
import type { Acl as OurAcl, AclFilter as OurFilter } from '../admin/acl.ts';
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ResourcePatternTypes,
} from './constants.ts';
import { KafkaJSNonRetriableError } from './kafkajs-errors.ts';

export interface Acl {
  principal: string;
  host: string;
  operation: AclOperationTypes;
  permissionType: AclPermissionTypes;
}

export interface AclResource {
  resourceType: AclResourceTypes;
  resourceName: string;
  resourcePatternType: ResourcePatternTypes;
}

export type AclEntry = Acl & AclResource;

export interface AclFilter {
  resourceType: AclResourceTypes;
  resourceName?: string;
  resourcePatternType: ResourcePatternTypes;
  principal?: string;
  host?: string;
  operation: AclOperationTypes;
  permissionType: AclPermissionTypes;
}

export interface DescribeAclResponse {
  throttleTime: number;
  errorCode: number;
  errorMessage?: string;
  resources: (AclResource & { acls: Acl[] })[];
}

export interface DeleteAclResponse {
  throttleTime: number;
  filterResponses: {
    errorCode: number;
    errorMessage?: string;
    matchingAcls: (AclEntry & { errorCode: number; errorMessage?: string })[];
  }[];
}

export async function createKafkaJsAcls(context: AdminContext, entries: readonly AclEntry[]): Promise<true> {
  const acls = entries.map((entry): OurAcl => ({
    resourceType: nameOf(AclResourceTypes, entry.resourceType, 'resource type'),
    resourceName: entry.resourceName,
    patternType: nameOf(ResourcePatternTypes, entry.resourcePatternType, 'resource pattern type'),
    principal: entry.principal,
    host: entry.host,
    operation: nameOf(AclOperationTypes, entry.operation, 'operation'),
    permission: nameOf(AclPermissionTypes, entry.permissionType, 'permission type'),
  }));
  await createAcls(context, acls, {});
  return true;
}

export async function describeKafkaJsAcls(
  context: AdminContext,
  filter: AclFilter,
): Promise<DescribeAclResponse> {
  const found = (await describeAcls(context, toFilter(filter), {})).map(toEntry);
  const byResource = Map.groupBy(
    found,
    (acl) => `${acl.resourceType} ${acl.resourcePatternType} ${acl.resourceName}`,
  );
  const resources = [...byResource.values()].map((acls) => {
    const { resourceType, resourceName, resourcePatternType } = acls[0]!;
    return {
      resourceType,
      resourceName,
      resourcePatternType,
      acls: acls.map(({ principal, host, operation, permissionType }) => ({
        principal,
        host,
        operation,
        permissionType,
      })),
    };
  });
  return { throttleTime: 0, errorCode: 0, resources };
}

export async function deleteKafkaJsAcls(
  context: AdminContext,
  filters: readonly AclFilter[],
): Promise<DeleteAclResponse> {
  const deleted = await deleteAcls(context, filters.map(toFilter), {});
  return {
    throttleTime: 0,
    filterResponses: deleted.map((acls) => ({
      errorCode: 0,
      matchingAcls: acls.map((acl) => ({ ...toEntry(acl), errorCode: 0 })),
    })),
  };
}

/** `ANY` matches everything, as what is left out does. */
function toFilter(filter: AclFilter): OurFilter {
  const named = {
    resourceType: anyOr(AclResourceTypes, filter.resourceType, 'resource type'),
    patternType: anyOr(ResourcePatternTypes, filter.resourcePatternType, 'resource pattern type'),
    operation: anyOr(AclOperationTypes, filter.operation, 'operation'),
    permission: anyOr(AclPermissionTypes, filter.permissionType, 'permission type'),
    resourceName: filter.resourceName,
    principal: filter.principal,
    host: filter.host,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

function toEntry(acl: Required<OurAcl>): AclEntry {
  return {
    resourceType: AclResourceTypes[acl.resourceType as keyof typeof AclResourceTypes] ?? 0,
    resourceName: acl.resourceName,
    resourcePatternType: ResourcePatternTypes[acl.patternType],
    principal: acl.principal,
    host: acl.host,
    operation: AclOperationTypes[acl.operation as keyof typeof AclOperationTypes] ?? 0,
    permissionType: AclPermissionTypes[acl.permission],
  };
}

const ANY = 1;

type Named<Table> = Exclude<keyof Table, 'UNKNOWN' | 'ANY' | 'MATCH'>;

function anyOr<Table extends Record<string, number>>(table: Table, value: number, what: string) {
  return value === ANY ? undefined : nameOf(table, value, what);
}

function nameOf<Table extends Record<string, number>>(
  table: Table,
  value: number,
  what: string,
): Named<Table> {
  const found = Object.entries(table).find(([name, id]) => id === value && name !== 'UNKNOWN');
  if (found !== undefined) return found[0] as Named<Table>;
  throw new KafkaJSNonRetriableError(`Invalid ${what} ${value}`);
}
