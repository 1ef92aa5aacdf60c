import { KafkaError } from '@millrace/protocol';
import type { BrokerServices } from '../broker-services.ts';
import { CORDONED_LOG_DIRS, cordonedIn, cordonedProblem } from '../config/cordoned-directories.ts';
import { ConfigOperation } from '../controller/alter-configs.ts';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { requireAllowed } from './access.ts';
import type { RequestContext } from './handler.ts';

export interface ConfigResource {
  readonly resourceType: number;
  readonly resourceName: string;
}

/** A resource with what is to become of its configuration. */
export interface AlteredResource extends ConfigResource {
  readonly configs: readonly {
    readonly name: string;
    /** One of `ConfigOperation`; `undefined` where all is replaced. */
    readonly configOperation?: number;
    readonly value: string | null;
  }[];
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
export function splitByAlterAccess<Resource extends AlteredResource>(
  context: RequestContext,
  resources: readonly Resource[],
): { readonly allowed: readonly Resource[]; readonly refused: readonly RefusedConfig[] } {
  const allowed: Resource[] = [];
  const refused: RefusedConfig[] = [];
  for (const resource of resources) {
    try {
      requireConfigAccess(context, 'ALTER_CONFIGS', resource);
      requireOwnBroker(context, resource);
      if (context.apis === context.broker.apis) checkOwnDirectories(context.broker, resource);
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

/** Which directories there are to be cordoned is known to this node alone. @throws KafkaError INVALID_REQUEST */
function checkOwnDirectories(broker: BrokerServices, resource: AlteredResource): void {
  const problem = directoriesProblem(broker, resource);
  if (problem !== undefined) throw new KafkaError('INVALID_REQUEST', problem);
}

function directoriesProblem(
  { nodeId, config, image }: BrokerServices,
  { resourceType, resourceName, configs }: AlteredResource,
): string | undefined {
  if (resourceType !== ConfigResourceType.BROKER || resourceName !== String(nodeId)) return undefined;
  const change = configs.find(({ name }) => name === CORDONED_LOG_DIRS);
  if (change === undefined || change.value === null) return undefined;
  const { configOperation: operation = ConfigOperation.SET, value } = change;
  if (operation === ConfigOperation.SET) return cordonedProblem(cordonedIn(value), config);
  if (operation !== ConfigOperation.APPEND) return undefined;
  const current = image.configs.of(resourceType, resourceName).get(CORDONED_LOG_DIRS) ?? '';
  return cordonedProblem([...new Set([...cordonedIn(current), ...cordonedIn(value)])], config);
}

/** Can the active controller do all of it? Levels of loggers, and refusals, are the affair of this node. */
export function isForController(resources: readonly AlteredResource[], broker: BrokerServices): boolean {
  return resources.every(
    (resource) =>
      resource.resourceType !== ConfigResourceType.BROKER_LOGGER &&
      (resource.resourceType !== ConfigResourceType.BROKER ||
        isOwnBroker(broker.nodeId, resource.resourceName)) &&
      directoriesProblem(broker, resource) === undefined,
  );
}
