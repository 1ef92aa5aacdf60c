import { ApiKey, ErrorCode } from '@millrace/protocol';
import { AlterConfigsRequest, AlterConfigsResponse } from '@millrace/protocol/messages/alter-configs';
import { alterConfigs, ConfigOperation, type ConfigAlteration } from '../controller/alter-configs.ts';
import { defineHandler } from './handler.ts';

export const alterConfigsHandler = defineHandler({
  key: ApiKey.ALTER_CONFIGS,
  minVersion: 0,
  maxVersion: 2,
  request: AlterConfigsRequest,
  response: AlterConfigsResponse,

  async handle(request, { broker }) {
    const alterations = request.resources.map(
      ({ resourceType, resourceName, configs }): ConfigAlteration => ({
        resourceType,
        resourceName,
        changes: configs.map(({ name, value }) => ({ name, operation: ConfigOperation.SET, value })),
        replacesAll: true,
      }),
    );
    const results = await broker.controller.run((state) =>
      alterConfigs(state, alterations, request.validateOnly),
    );
    return {
      throttleTimeMs: 0,
      responses: results.map(({ resourceType, resourceName, error }) => ({
        errorCode: error?.errorCode ?? ErrorCode.NONE,
        errorMessage: error?.message ?? null,
        resourceType,
        resourceName,
      })),
    };
  },

  fail: (error, request) => ({
    throttleTimeMs: 0,
    responses: request.resources.map(({ resourceType, resourceName }) => ({
      errorCode: error.errorCode,
      errorMessage: error.message,
      resourceType,
      resourceName,
    })),
  }),
});
