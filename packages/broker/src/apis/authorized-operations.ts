import { AclOperation } from '@millrace/protocol';
import { isAllowed, type Operation } from './access.ts';
import type { RequestContext } from './handler.ts';

/** What a response says when the client did not ask. */
export const NOT_ASKED = -2147483648;

/** What there is to do with a resource of each kind. */
const operations: Readonly<Record<OperationsKind, readonly Operation[]>> = {
  TOPIC: ['READ', 'WRITE', 'CREATE', 'DELETE', 'ALTER', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
  CLUSTER: [
    'CREATE',
    'ALTER',
    'DESCRIBE',
    'CLUSTER_ACTION',
    'DESCRIBE_CONFIGS',
    'ALTER_CONFIGS',
    'IDEMPOTENT_WRITE',
  ],
  GROUP: ['READ', 'DELETE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
};

type OperationsKind = 'TOPIC' | 'CLUSTER' | 'GROUP';

/** What the peer may do with a resource, as bits by Kafka's numbers of operations (KIP-430). */
export function authorizedOperations(context: RequestContext, kind: OperationsKind, name?: string): number {
  return operations[kind]
    .filter((operation) => isAllowed(context, operation, kind, name))
    .reduce((bits, operation) => bits | (1 << AclOperation[operation]), 0);
}

/** As {@link authorizedOperations}, of the cluster: who may not look at it is told of none. */
export function authorizedClusterOperations(context: RequestContext): number {
  return isAllowed(context, 'DESCRIBE', 'CLUSTER') ? authorizedOperations(context, 'CLUSTER') : 0;
}
