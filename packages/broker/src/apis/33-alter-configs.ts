import { ApiKey } from '@millrace/protocol';
import {
  AlterConfigsRequest,
  AlterConfigsResponse,
  type AlterConfigsRequestAlterConfigsResource,
} from '@millrace/protocol/messages/alter-configs';
import { peerApi } from '@millrace/replication';
import { ConfigOperation, type ConfigAlteration } from '../controller/alter-configs.ts';
import { alterConfigsFailure, alterResult } from './alter-configs-answer.ts';
import { alterAtController } from './alter-configs-where.ts';
import { isForController, splitByAlterAccess } from './config-access.ts';
import { defineHandler } from './handler.ts';

export const alterConfigsHandler = defineHandler({
  key: ApiKey.ALTER_CONFIGS,
  minVersion: 0,
  maxVersion: 2,
  isForwarded: ({ resources }, broker) => isForController(resources, broker),
  request: AlterConfigsRequest,
  response: AlterConfigsResponse,

  async handle(request, context) {
    const { allowed, refused } = splitByAlterAccess(context, request.resources);
    const { validateOnly } = request;
    const api = peerApi(AlterConfigsRequest, AlterConfigsResponse, context.version);
    const altered = await alterAtController(context, allowed, { validateOnly, toAlteration, api });
    return { throttleTimeMs: 0, responses: [...altered, ...refused.map(alterResult)] };
  },

  fail: (error, { resources }) => alterConfigsFailure(error, resources),
});

function toAlteration({
  resourceType,
  resourceName,
  configs,
}: AlterConfigsRequestAlterConfigsResource): ConfigAlteration {
  return {
    resourceType,
    resourceName,
    changes: configs.map(({ name, value }) => ({ name, operation: ConfigOperation.SET, value })),
    replacesAll: true,
  };
}
