import { KafkaError } from '@millrace/protocol';
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
      allowed.push(resource);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      const { resourceType, resourceName } = resource;
      refused.push({ resourceType, resourceName, error });
    }
  }
  return { allowed, refused };
}
