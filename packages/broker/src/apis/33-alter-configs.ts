import { ApiKey } from '@millrace/protocol';
import { AlterConfigsRequest, AlterConfigsResponse } from '@millrace/protocol/messages/alter-configs';
import { alterConfigs, ConfigOperation, type ConfigAlteration } from '../controller/alter-configs.ts';
import { alterConfigsAnswer, alterConfigsFailure } from './alter-configs-answer.ts';
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
    const alterations = allowed.map(({ resourceType, resourceName, configs }): ConfigAlteration => ({
      resourceType,
      resourceName,
      changes: configs.map(({ name, value }) => ({ name, operation: ConfigOperation.SET, value })),
      replacesAll: true,
    }));
    const results = await context.broker.controller.run((state) =>
      alterConfigs(state, alterations, request.validateOnly),
    );
    return alterConfigsAnswer([...results, ...refused]);
  },

  fail: (error, { resources }) => alterConfigsFailure(error, resources),
});
