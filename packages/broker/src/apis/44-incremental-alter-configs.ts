import { ApiKey } from '@millrace/protocol';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { alterConfigs, type ConfigAlteration } from '../controller/alter-configs.ts';
import { alterLevels } from '../logging/alter-levels.ts';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { alterConfigsAnswer, alterConfigsFailure } from './alter-configs-answer.ts';
import { isForController, splitByAlterAccess } from './config-access.ts';
import { defineHandler } from './handler.ts';

export const incrementalAlterConfigs = defineHandler({
  key: ApiKey.INCREMENTAL_ALTER_CONFIGS,
  minVersion: 0,
  maxVersion: 1,
  isForwarded: ({ resources }, broker) => isForController(resources, broker),
  request: IncrementalAlterConfigsRequest,
  response: IncrementalAlterConfigsResponse,

  async handle(request, context) {
    const { allowed, refused } = splitByAlterAccess(context, request.resources);
    const alterations = allowed.map(({ resourceType, resourceName, configs }): ConfigAlteration => ({
      resourceType,
      resourceName,
      changes: configs.map(({ name, configOperation, value }) => ({
        name,
        operation: configOperation,
        value,
      })),
      replacesAll: false,
    }));
    const { broker } = context;
    // Levels are not kept: the controller knows nothing of them.
    const levels = alterLevels(broker, alterations.filter(isLogger), request.validateOnly);
    const rest = alterations.filter((alteration) => !isLogger(alteration));
    const results =
      rest.length === 0
        ? []
        : await broker.controller.run((state) => alterConfigs(state, rest, request.validateOnly));
    return alterConfigsAnswer([...levels, ...results, ...refused]);
  },

  fail: (error, { resources }) => alterConfigsFailure(error, resources),
});

function isLogger({ resourceType }: ConfigAlteration): boolean {
  return resourceType === ConfigResourceType.BROKER_LOGGER;
}
