import { KafkaError } from '@millrace/protocol';
import {
  ConfigOperation,
  type AlteredResource,
  type ConfigAlteration,
  type ConfigChange,
} from '../controller/alter-configs.ts';
import { duplicates, refuse } from '../controller/topic-request-error.ts';
import { ROOT_LOGGER, type BrokerLoggers } from './broker-loggers.ts';
import { isLogLevel, logLevels } from './log-level.ts';

/** IncrementalAlterConfigs of the loggers of nodes: of each resource all changes or none. */
export function alterLevels(
  { loggers, nodeId }: { readonly loggers: BrokerLoggers; readonly nodeId: number },
  alterations: readonly ConfigAlteration[],
  validateOnly: boolean,
): AlteredResource[] {
  const twice = duplicates(alterations.map(({ resourceName }) => resourceName));
  return alterations.map(({ resourceType, resourceName, changes }) => {
    try {
      if (twice.has(resourceName)) throw refuse('INVALID_REQUEST', 'Each resource must appear at most once.');
      checkChanges(loggers, changes, () => requireOwnLoggers(resourceName, nodeId));
      if (!validateOnly) applyChanges(loggers, changes);
      return { resourceType, resourceName, error: undefined };
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      return { resourceType, resourceName, error };
    }
  });
}

/** The loggers of another node are asked for there. @throws KafkaError */
export function requireOwnLoggers(resourceName: string, nodeId: number): void {
  if (!/^[+-]?\d+$/.test(resourceName))
    throw refuse('INVALID_REQUEST', `Node id must be an integer, but it is: ${resourceName}`);
  if (Number(resourceName) !== nodeId)
    throw refuse('INVALID_REQUEST', `Unexpected broker id, expected ${nodeId}, but received ${resourceName}`);
}

function checkChanges(loggers: BrokerLoggers, changes: readonly ConfigChange[], checkNode: () => void): void {
  if (duplicates(changes.map(({ name }) => name)).size > 0)
    throw refuse('INVALID_REQUEST', 'Error due to duplicate config keys');
  const withoutValue = changes.filter(
    ({ operation, value }) => operation !== ConfigOperation.DELETE && value === null,
  );
  if (withoutValue.length > 0) {
    const names = withoutValue.map(({ name }) => name).join(',');
    throw refuse('INVALID_REQUEST', `Null value not supported for : ${names}`);
  }
  checkNode();
  for (const change of changes) checkChange(loggers, change);
}

function applyChanges(loggers: BrokerLoggers, changes: readonly ConfigChange[]): void {
  for (const { name, operation, value } of changes) {
    if (operation === ConfigOperation.DELETE) loggers.setLevel(name, undefined);
    else if (value !== null && isLogLevel(value)) loggers.setLevel(name, value);
  }
}

function checkChange(loggers: BrokerLoggers, { name, operation, value }: ConfigChange): void {
  if (operation === ConfigOperation.APPEND || operation === ConfigOperation.SUBTRACT) {
    const verb = operation === ConfigOperation.APPEND ? 'APPEND' : 'SUBTRACT';
    throw refuse('INVALID_REQUEST', `${verb} operation is not allowed for the BROKER_LOGGER resource`);
  }
  if (operation !== ConfigOperation.SET && operation !== ConfigOperation.DELETE)
    throw refuse(
      'INVALID_REQUEST',
      `Unknown operation type ${operation} is not allowed for the BROKER_LOGGER resource`,
    );
  if (!loggers.has(name)) throw refuse('INVALID_CONFIG', `Logger ${name} does not exist!`);
  if (operation === ConfigOperation.DELETE && name === ROOT_LOGGER)
    throw refuse('INVALID_REQUEST', `Removing the log level of the ${ROOT_LOGGER} logger is not allowed`);
  if (operation === ConfigOperation.SET && !isLogLevel(value!)) {
    throw refuse(
      'INVALID_CONFIG',
      `Cannot set the log level of ${name} to ${value} as it is not a supported log level. Valid log levels are ${logLevels.join(', ')}`,
    );
  }
}
