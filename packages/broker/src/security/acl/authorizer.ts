import { AclOperation, AclPatternType, AclPermissionType } from '@millrace/protocol';
import { AclIndex } from './acl-index.ts';
import { WILDCARD, type Acl } from './acl.ts';
import { hostAddress } from './host-address.ts';

const ANY_USER = 'User:*';

/** Who wants something. */
export interface Subject {
  /** `User:alice` */
  readonly principal: string;
  readonly host: string;
}

export interface AuthorizerOptions {
  readonly superUsers: ReadonlySet<string>;
  /** `allow.everyone.if.no.acl.found` */
  readonly allowsWithoutAcl: boolean;
  readonly acls: () => ReadonlyMap<string, Acl>;
}

/** What allows an operation besides ALL and itself: whoever may read or change a thing may look at it. */
const impliedBy: ReadonlyMap<number, ReadonlySet<number>> = new Map([
  [
    AclOperation.DESCRIBE,
    new Set<number>([AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER]),
  ],
  [AclOperation.DESCRIBE_CONFIGS, new Set<number>([AclOperation.ALTER_CONFIGS])],
]);

/**
 * Decides by ACLs, with the rules of Kafka's `StandardAuthorizer`: super users may do everything, a DENY that applies
 * wins over every ALLOW, and what no ACL speaks of is forbidden unless configured otherwise.
 */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  #indexed: ReadonlyMap<string, Acl> | undefined;
  #index = new AclIndex([]);

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  isAllowed(subject: Subject, operation: number, resourceType: number, name: string): boolean {
    if (this.#options.superUsers.has(subject.principal)) return true;
    const host = hostAddress(subject.host);
    let hasAcl = false;
    let isAllowed = false;
    for (const acl of this.#acls().covering(resourceType, name)) {
      hasAcl = true;
      if (!concerns(acl, subject.principal, host) || !covers(acl, operation)) continue;
      if (acl.permissionType === AclPermissionType.DENY) return false;
      isAllowed = true;
    }
    return isAllowed || (!hasAcl && this.#options.allowsWithoutAcl);
  }

  /** Is there any resource of the type with which the operation is allowed? */
  isAllowedSomewhere(subject: Subject, operation: number, resourceType: number): boolean {
    if (this.#options.superUsers.has(subject.principal)) return true;
    const host = hostAddress(subject.host);
    const applying = [...this.#acls().ofType(resourceType)].filter(
      (acl) => concerns(acl, subject.principal, host) && covers(acl, operation),
    );
    const denied = applying.filter(({ permissionType }) => permissionType === AclPermissionType.DENY);
    if (denied.some((acl) => isLiteral(acl) && acl.resourceName === WILDCARD)) return false;
    if (this.#options.allowsWithoutAcl) return true;
    return applying
      .filter(({ permissionType }) => permissionType === AclPermissionType.ALLOW)
      .some((allowed) => !denied.some((deny) => dominates(deny, allowed)));
  }

  /** The index follows the ACLs of the newest image. */
  #acls(): AclIndex {
    const acls = this.#options.acls();
    if (acls !== this.#indexed) {
      this.#indexed = acls;
      this.#index = new AclIndex(acls.values());
    }
    return this.#index;
  }
}

function concerns(acl: Acl, principal: string, host: string): boolean {
  if (acl.principal !== principal && acl.principal !== ANY_USER) return false;
  return acl.host === WILDCARD || hostAddress(acl.host) === host;
}

function covers({ operation: given, permissionType }: Acl, operation: number): boolean {
  if (given === AclOperation.ALL || given === operation) return true;
  return permissionType === AclPermissionType.ALLOW && impliedBy.get(operation)?.has(given) === true;
}

/** Does the denial cover everything that the permission covers? */
function dominates(deny: Acl, allow: Acl): boolean {
  if (isLiteral(deny)) return isLiteral(allow) && deny.resourceName === allow.resourceName;
  const isEverything = isLiteral(allow) && allow.resourceName === WILDCARD;
  return !isEverything && allow.resourceName.startsWith(deny.resourceName);
}

function isLiteral({ patternType }: Acl): boolean {
  return patternType === AclPatternType.LITERAL;
}
