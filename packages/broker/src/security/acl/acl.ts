/** The one name that a resource of type CLUSTER has. */
export const CLUSTER_NAME = 'kafka-cluster';
/** As the name of a resource, of a host, or behind `User:`: all of them. */
export const WILDCARD = '*';

/** One rule: a principal, coming from a host, may or may not do something with the resources of a pattern. */
export interface Acl {
  /** 22 characters. */
  readonly id: string;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  /** `User:alice`, or `User:*`. */
  readonly principal: string;
  /** An address, or `*`. */
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
}
