import { CORDONED_LOG_DIRS, cordonedIn } from '../config/cordoned-directories.ts';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { hasCordonedDirectories } from '../metadata/features.ts';
import type { ConfigAlteration } from './alter-configs.ts';
import type { ControllerState } from './controller-operation.ts';
import { refuse } from './topic-request-error.ts';

/**
 * Directories are cordoned where the cluster is at the level that knows of it. Which directories a broker has is known to
 * that broker only, so that a controller that is asked by nobody else lets go of what is cordoned, and adds nothing.
 *
 * @param value what the property is to be; `undefined` for its default
 * @param isCheckedByBroker the request has come through the broker in question
 * @throws KafkaError INVALID_CONFIG
 */
export function checkCordonedDirectories(
  { image }: ControllerState,
  { resourceType, resourceName, changes }: ConfigAlteration,
  value: string | undefined,
  isCheckedByBroker: boolean,
): void {
  if (resourceType !== ConfigResourceType.BROKER) return;
  if (!changes.some(({ name }) => name === CORDONED_LOG_DIRS)) return;
  if (!hasCordonedDirectories(image)) {
    throw refuse(
      'INVALID_CONFIG',
      `The ${CORDONED_LOG_DIRS} configuration value cannot be set because it requires metadata.version >= 4.3-IV0`,
    );
  }
  if (isCheckedByBroker || value === undefined) return;
  const current = cordonedIn(image.configs.of(resourceType, resourceName).get(CORDONED_LOG_DIRS) ?? '');
  if (cordonedIn(value).every((directory) => current.includes(directory))) return;
  throw refuse(
    'INVALID_CONFIG',
    `When updating ${CORDONED_LOG_DIRS} via controllers, the new value must be a subset of the current configuration value.`,
  );
}
