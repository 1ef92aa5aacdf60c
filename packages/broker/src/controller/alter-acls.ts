import type { KafkaError } from '@millrace/protocol';
import {
  AccessControlEntryRecord,
  RemoveAccessControlEntryRecord,
} from '@millrace/protocol/messages/metadata-records';
import { AclOperation, AclPatternType, AclPermissionType, AclResourceType } from '@millrace/protocol';
import { checkFilter, matches, type AclFilter } from '../security/acl/acl-filter.ts';
import { CLUSTER_NAME, type Acl } from '../security/acl/acl.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { refuse } from './topic-request-error.ts';
import { attempt } from './attempt.ts';

export type NewAcl = Omit<Acl, 'id'>;

/** What became of one filter of DeleteAcls. */
export interface DeletedAcls {
  readonly error: KafkaError | undefined;
  readonly acls: readonly Acl[];
}

/** Creates each of the ACLs that can be created. One that exists already is fine. */
export function createAcls(
  state: ControllerState,
  acls: readonly NewAcl[],
): ControllerResult<(KafkaError | undefined)[]> {
  const existing = new Set([...state.image.acls.values()].map(keyOf));
  const records: MetadataRecord[] = [];
  const response = acls.map((acl) =>
    attempt(() => {
      checkNewAcl(acl);
      if (existing.has(keyOf(acl))) return;
      existing.add(keyOf(acl));
      records.push({
        type: 'AccessControlEntry',
        data: AccessControlEntryRecord.create({ ...acl, id: state.newUuid() }),
      });
    }),
  );
  return { records, response };
}

/** Deletes what each filter matches. */
export function deleteAcls(
  { image }: ControllerState,
  filters: readonly AclFilter[],
): ControllerResult<DeletedAcls[]> {
  const deleted = new Set<string>();
  const response = filters.map((filter): DeletedAcls => {
    const error = attempt(() => checkFilter(filter));
    const acls = error === undefined ? [...image.acls.values()].filter((acl) => matches(filter, acl)) : [];
    for (const { id } of acls) deleted.add(id);
    return { error, acls };
  });
  const records = [...deleted].map((id): MetadataRecord => ({
    type: 'RemoveAccessControlEntry',
    data: RemoveAccessControlEntryRecord.create({ id }),
  }));
  return { records, response };
}

function keyOf({
  resourceType,
  resourceName,
  patternType,
  principal,
  host,
  operation,
  permissionType,
}: NewAcl) {
  return JSON.stringify([
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
  ]);
}

function checkNewAcl(acl: NewAcl): void {
  const checks = [
    ['patternType', acl.patternType, AclPatternType],
    ['resourceType', acl.resourceType, AclResourceType],
    ['operation', acl.operation, AclOperation],
    ['permissionType', acl.permissionType, AclPermissionType],
  ] as const;
  for (const [what, value, known] of checks) {
    const isConcrete = value !== known.UNKNOWN && value !== known.ANY;
    const isMatch = what === 'patternType' && value === AclPatternType.MATCH;
    if (isConcrete && !isMatch && Object.values<number>(known).includes(value)) continue;
    throw refuse('INVALID_REQUEST', `Invalid ${what} ${value}`);
  }
  if (acl.resourceName === '') throw refuse('INVALID_REQUEST', 'Resource name should not be empty');
  if (acl.resourceType === AclResourceType.CLUSTER && acl.resourceName !== CLUSTER_NAME) {
    throw refuse('INVALID_REQUEST', `The only valid name for the CLUSTER resource is ${CLUSTER_NAME}`);
  }
  if (!/^[^:]+:./.test(acl.principal)) {
    throw refuse('INVALID_REQUEST', `"${acl.principal}" is no principal, which is written as User:name`);
  }
}
