import { KafkaError } from '@millrace/protocol';
import type { BrokerServices } from '../broker-services.ts';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { requireAllowed } from './access.ts';
import type { RequestContext } from './handler.ts';

export interface ConfigResource {
  readonly resourceType: number;
  readonly resourceName: string;
}

/** Topics and groups guard their own configuration, the cluster everything else. @throws KafkaError */
export function requireConfigAccess(
  context: RequestContext,
  operation: 'DESCRIBE_CONFIGS' | 'ALTER_CONFIGS',
  { resourceType, resourceName }: ConfigResource,
): void {
  if (resourceType === ConfigResourceType.TOPIC) requireAllowed(context, operation, 'TOPIC', resourceName);
  else if (resourceType === ConfigResourceType.GROUP)
    requireAllowed(context, operation, 'GROUP', resourceName);
  else requireAllowed(context, operation, 'CLUSTER');
}

export interface RefusedConfig extends ConfigResource {
  readonly error: KafkaError;
}

/** Sorts the resources of a request by whether the peer may alter them. */
export function splitByAlterAccess<Resource extends ConfigResource>(
  context: RequestContext,
  resources: readonly Resource[],
): { readonly allowed: readonly Resource[]; readonly refused: readonly RefusedConfig[] } {
  const allowed: Resource[] = [];
  const refused: RefusedConfig[] = [];
  for (const resource of resources) {
    try {
      requireConfigAccess(context, 'ALTER_CONFIGS', resource);
      requireOwnBroker(context, resource);
      allowed.push(resource);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      const { resourceType, resourceName } = resource;
      refused.push({ resourceType, resourceName, error });
    }
  }
  return { allowed, refused };
}

/** A broker takes changes of its own configuration only, as in Kafka; controllers take those of all. @throws KafkaError */
export function requireOwnBroker(
  { apis, broker }: RequestContext,
  { resourceType, resourceName }: ConfigResource,
): void {
  if (resourceType !== ConfigResourceType.BROKER || apis !== broker.apis) return;
  if (isOwnBroker(broker.nodeId, resourceName)) return;
  throw new KafkaError(
    'INVALID_REQUEST',
    `Unexpected broker id, expected ${broker.nodeId} or empty string, but received ${resourceName}`,
  );
}

function isOwnBroker(nodeId: number, resourceName: string): boolean {
  return resourceName === '' || resourceName === String(nodeId);
}

/** Can the active controller do all of it? Levels of loggers, and refusals, are the affair of this node. */
export function isForController(resources: readonly ConfigResource[], { nodeId }: BrokerServices): boolean {
  return resources.every(
    ({ resourceType, resourceName }) =>
      resourceType !== ConfigResourceType.BROKER_LOGGER &&
      (resourceType !== ConfigResourceType.BROKER || isOwnBroker(nodeId, resourceName)),
  );
}
