import { ApiKey } from '@millrace/protocol';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
  type IncrementalAlterConfigsRequestAlterConfigsResource,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { peerApi } from '@millrace/replication';
import type { ConfigAlteration } from '../controller/alter-configs.ts';
import { alterLevels } from '../logging/alter-levels.ts';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { alterConfigsFailure, alterResult } from './alter-configs-answer.ts';
import { alterAtController } from './alter-configs-where.ts';
import { isForController, splitByAlterAccess, type ConfigResource } from './config-access.ts';
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
    const { validateOnly } = request;
    // Levels are not kept: the controller knows nothing of them.
    const loggers = allowed.filter(isLogger).map(toAlteration);
    const levels = alterLevels(context.broker, loggers, validateOnly);
    const kept = allowed.filter((resource) => !isLogger(resource));
    const api = peerApi(IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse, context.version);
    const altered = await alterAtController(context, kept, { validateOnly, toAlteration, api });
    const responses = [...levels.map(alterResult), ...altered, ...refused.map(alterResult)];
    return { throttleTimeMs: 0, responses };
  },

  fail: (error, { resources }) => alterConfigsFailure(error, resources),
});

function toAlteration({
  resourceType,
  resourceName,
  configs,
}: IncrementalAlterConfigsRequestAlterConfigsResource): ConfigAlteration {
  return {
    resourceType,
    resourceName,
    changes: configs.map(({ name, configOperation, value }) => ({ name, operation: configOperation, value })),
    replacesAll: false,
  };
}

function isLogger({ resourceType }: ConfigResource): boolean {
  return resourceType === ConfigResourceType.BROKER_LOGGER;
}
