import { AclOperation, AclResourceType, KafkaError, type KafkaErrorName } from '@millrace/protocol';
import { CLUSTER_NAME } from '../security/acl/acl.ts';
import type { RequestContext } from './handler.ts';

export type ResourceKind = 'TOPIC' | 'GROUP' | 'CLUSTER' | 'TRANSACTIONAL_ID';
export type Operation = Exclude<keyof typeof AclOperation, 'UNKNOWN' | 'ANY'>;

const refusals: Readonly<Record<ResourceKind, KafkaErrorName>> = {
  TOPIC: 'TOPIC_AUTHORIZATION_FAILED',
  GROUP: 'GROUP_AUTHORIZATION_FAILED',
  CLUSTER: 'CLUSTER_AUTHORIZATION_FAILED',
  TRANSACTIONAL_ID: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
};

/** May the peer of a request do this? Without an authorizer everybody may do everything. */
export function isAllowed(
  { broker, connection }: RequestContext,
  operation: Operation,
  kind: ResourceKind,
  name = CLUSTER_NAME,
): boolean {
  if (broker.authorizer === undefined) return true;
  const subject = { principal: connection.principal, host: connection.remoteHost };
  return broker.authorizer.isAllowed(subject, AclOperation[operation], AclResourceType[kind], name);
}

/** @throws KafkaError of the kind of resource, for example TOPIC_AUTHORIZATION_FAILED */
export function requireAllowed(
  context: RequestContext,
  operation: Operation,
  kind: ResourceKind,
  name = CLUSTER_NAME,
): void {
  if (!isAllowed(context, operation, kind, name)) throw accessRefused(kind);
}

/** The text says no more than the code: what exists is nobody's business who may not see it. */
export function accessRefused(kind: ResourceKind): KafkaError {
  return new KafkaError(refusals[kind], 'Authorization failed.');
}

/** Is there any topic the peer may write to? Idempotent producers ask without naming one. */
export function mayWriteSomeTopic({ broker, connection }: RequestContext): boolean {
  if (broker.authorizer === undefined) return true;
  const subject = { principal: connection.principal, host: connection.remoteHost };
  return broker.authorizer.isAllowedSomewhere(subject, AclOperation.WRITE, AclResourceType.TOPIC);
}

/** Sorts names by whether the operation is allowed, each judged once. */
export function partitionByAccess<Item>(
  context: RequestContext,
  operation: Operation,
  kind: ResourceKind,
  { items, nameOf }: { readonly items: readonly Item[]; readonly nameOf: (item: Item) => string },
): { readonly allowed: Item[]; readonly refused: Item[] } {
  const allowed: Item[] = [];
  const refused: Item[] = [];
  for (const item of items) {
    (isAllowed(context, operation, kind, nameOf(item)) ? allowed : refused).push(item);
  }
  return { allowed, refused };
}
