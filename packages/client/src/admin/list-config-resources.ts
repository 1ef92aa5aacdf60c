import { ErrorCode } from '@millrace/protocol';
import {
  ListConfigResourcesRequest,
  ListConfigResourcesResponse,
} from '@millrace/protocol/messages/list-config-resources';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import {
  resourceTypeId,
  resourceTypeOf,
  type ConfigResource,
  type ConfigResourceType,
} from './config-resource.ts';
import { retryCall } from './retry-call.ts';

const LIST = defineApi(ListConfigResourcesRequest, ListConfigResourcesResponse);

/** Before it, brokers listed client metrics alone. */
const FIRST_VERSION_WITH_TYPES = 1;

/** @param types Default: all that the broker knows */
export function listConfigResources(
  context: AdminContext,
  types: readonly ConfigResourceType[],
  options: AdminCallOptions,
): Promise<ConfigResource[]> {
  const isClientMetricsOnly = types.length > 0 && types.every((type) => type === 'client-metrics');
  return retryCall(context, 'listConfigResources', options, async () => {
    const { response } = await context.cluster.send({
      to: 'any',
      api: LIST,
      versions: isClientMetricsOnly ? {} : { minVersion: FIRST_VERSION_WITH_TYPES },
      message: (version) =>
        version < FIRST_VERSION_WITH_TYPES
          ? {}
          : { resourceTypes: types.map((type) => resourceTypeId[type]) },
    });
    if (response.errorCode !== ErrorCode.NONE) throw kafkaFailure(response.errorCode, 'ListConfigResources');
    return response.configResources.map(({ resourceName, resourceType }) => ({
      type: resourceTypeOf(resourceType),
      name: resourceName,
    }));
  });
}
