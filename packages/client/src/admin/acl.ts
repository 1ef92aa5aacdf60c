import {
  AclOperation as AclOperationCode,
  type AclResourceType as AclResourceTypeCode,
} from '@millrace/protocol';

/** Kinds of resources that ACLs guard. */
export type AclResourceType = Exclude<keyof typeof AclResourceTypeCode, 'UNKNOWN' | 'ANY'>;

/** What an ACL allows or denies, by Kafka's names; `ALL` is each of the others. */
export type AclOperation = Exclude<keyof typeof AclOperationCode, 'UNKNOWN' | 'ANY'>;

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

/** Every operation there is. */
export const aclOperations = Object.keys(AclOperationCode).filter(
  (name): name is AclOperation => name !== 'UNKNOWN' && name !== 'ANY',
);

/** `ALLOW User:alice READ on TOPIC orders from *`: how an ACL is written in errors and keys results. */
export function aclText(acl: Acl): string {
  const { resourceType, resourceName, patternType = 'LITERAL', principal, host = '*', operation } = acl;
  const name = patternType === 'PREFIXED' ? `${resourceName}...` : resourceName;
  return `${acl.permission ?? 'ALLOW'} ${principal} ${operation} on ${resourceType} ${name} from ${host}`;
}
