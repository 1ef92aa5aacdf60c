/** Kinds of resources that ACLs guard. */
export type AclResourceType =
  | 'TOPIC'
  | 'GROUP'
  | 'CLUSTER'
  | 'TRANSACTIONAL_ID'
  | 'DELEGATION_TOKEN'
  | 'USER';

/** What an ACL allows or denies, by Kafka's names; `ALL` is each of the others. */
export type AclOperation =
  | 'ALL'
  | 'READ'
  | 'WRITE'
  | 'CREATE'
  | 'DELETE'
  | 'ALTER'
  | 'DESCRIBE'
  | 'CLUSTER_ACTION'
  | 'DESCRIBE_CONFIGS'
  | 'ALTER_CONFIGS'
  | 'IDEMPOTENT_WRITE'
  | 'CREATE_TOKENS'
  | 'DESCRIBE_TOKENS'
  | 'TWO_PHASE_COMMIT';

/** A rule: a principal, coming from a host, may or may not do something with resources. A DENY wins. */
export interface Acl {
  readonly resourceType: AclResourceType;
  /** `*` means all. That of CLUSTER is always `kafka-cluster`. */
  readonly resourceName: string;
  /** PREFIXED: all resources whose name begins with `resourceName`. Default LITERAL. */
  readonly patternType?: 'LITERAL' | 'PREFIXED';
  /** `User:alice`, or `User:*` for everybody. */
  readonly principal: string;
  /** An IP address. Default `*`. */
  readonly host?: string;
  readonly operation: AclOperation;
  /** Default ALLOW. */
  readonly permission?: 'ALLOW' | 'DENY';
}

/** What is left out matches everything. */
export interface AclFilter {
  readonly resourceType?: AclResourceType;
  readonly resourceName?: string;
  /** MATCH: every pattern that covers `resourceName`. */
  readonly patternType?: 'LITERAL' | 'PREFIXED' | 'MATCH';
  readonly principal?: string;
  readonly host?: string;
  readonly operation?: AclOperation;
  readonly permission?: 'ALLOW' | 'DENY';
}

/** Kafka's numbers; 1 is "any" in filters. */
export const ANY = 1;

export const resourceTypeIds: Readonly<Record<AclResourceType, number>> = {
  TOPIC: 2,
  GROUP: 3,
  CLUSTER: 4,
  TRANSACTIONAL_ID: 5,
  DELEGATION_TOKEN: 6,
  USER: 7,
};

export const operationIds: Readonly<Record<AclOperation, number>> = {
  ALL: 2,
  READ: 3,
  WRITE: 4,
  CREATE: 5,
  DELETE: 6,
  ALTER: 7,
  DESCRIBE: 8,
  CLUSTER_ACTION: 9,
  DESCRIBE_CONFIGS: 10,
  ALTER_CONFIGS: 11,
  IDEMPOTENT_WRITE: 12,
  CREATE_TOKENS: 13,
  DESCRIBE_TOKENS: 14,
  TWO_PHASE_COMMIT: 15,
};

/** Every operation there is. */
export const aclOperations = Object.keys(operationIds) as readonly AclOperation[];

export const patternTypeIds = { MATCH: 2, LITERAL: 3, PREFIXED: 4 } as const;
export const permissionIds = { DENY: 2, ALLOW: 3 } as const;

/** `ALLOW User:alice READ on TOPIC orders from *`: how an ACL is written in errors and keys results. */
export function aclText(acl: Acl): string {
  const { resourceType, resourceName, patternType = 'LITERAL', principal, host = '*', operation } = acl;
  const name = patternType === 'PREFIXED' ? `${resourceName}...` : resourceName;
  return `${acl.permission ?? 'ALLOW'} ${principal} ${operation} on ${resourceType} ${name} from ${host}`;
}
