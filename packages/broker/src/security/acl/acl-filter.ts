import {
  AclOperation,
  AclPatternType,
  AclPermissionType,
  AclResourceType,
  KafkaError,
} from '@millrace/protocol';
import { WILDCARD, type Acl } from './acl.ts';

/** A filter as DescribeAcls and DeleteAcls carry it. `null` matches everything. */
export interface AclFilter {
  readonly resourceTypeFilter: number;
  readonly resourceNameFilter: string | null;
  readonly patternTypeFilter: number;
  readonly principalFilter: string | null;
  readonly hostFilter: string | null;
  readonly operation: number;
  readonly permissionType: number;
}

/** @throws KafkaError INVALID_REQUEST for numbers that Kafka does not know */
export function checkFilter(filter: AclFilter): void {
  const checks = [
    ['patternFilter', filter.patternTypeFilter, AclPatternType],
    ['resourceType', filter.resourceTypeFilter, AclResourceType],
    ['operation', filter.operation, AclOperation],
    ['permissionType', filter.permissionType, AclPermissionType],
  ] as const;
  for (const [what, value, known] of checks) {
    if (value !== known.UNKNOWN && Object.values<number>(known).includes(value)) continue;
    throw new KafkaError('INVALID_REQUEST', `Unknown ${what} ${value}`);
  }
}

export function matches(filter: AclFilter, acl: Acl): boolean {
  return (
    matchesResource(filter, acl) &&
    (filter.principalFilter === null || filter.principalFilter === acl.principal) &&
    (filter.hostFilter === null || filter.hostFilter === acl.host) &&
    (filter.operation === AclOperation.ANY || filter.operation === acl.operation) &&
    (filter.permissionType === AclPermissionType.ANY || filter.permissionType === acl.permissionType)
  );
}

function matchesResource(
  { resourceTypeFilter, resourceNameFilter: name, patternTypeFilter }: AclFilter,
  acl: Acl,
): boolean {
  if (resourceTypeFilter !== AclResourceType.ANY && resourceTypeFilter !== acl.resourceType) return false;
  const isMatch = patternTypeFilter === AclPatternType.MATCH;
  if (patternTypeFilter !== AclPatternType.ANY && !isMatch && patternTypeFilter !== acl.patternType)
    return false;
  if (name === null) return true;
  if (!isMatch) return name === acl.resourceName;
  // MATCH asks which patterns cover the name.
  if (acl.patternType === AclPatternType.PREFIXED) return name.startsWith(acl.resourceName);
  return acl.resourceName === name || acl.resourceName === WILDCARD;
}
