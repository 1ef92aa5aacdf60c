import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  ListConfigResourcesRequest,
  ListConfigResourcesResponse,
} from '@millrace/protocol/messages/list-config-resources';
import { ConfigResourceType, type ClusterImage } from '../metadata/cluster-image.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** The logger settings of a node, which are not in the metadata log. */
const BROKER_LOGGER = 8;
const FIRST_WITH_TYPES = 1;

const listed: readonly number[] = [
  ConfigResourceType.TOPIC,
  ConfigResourceType.BROKER,
  BROKER_LOGGER,
  ConfigResourceType.CLIENT_METRICS,
  ConfigResourceType.GROUP,
];

/** What there is to configure (KIP-1142); version 0 knew client metrics only (KIP-714). */
export const listConfigResources = defineHandler({
  key: ApiKey.LIST_CONFIG_RESOURCES,
  minVersion: 0,
  maxVersion: 1,
  request: ListConfigResourcesRequest,
  response: ListConfigResourcesResponse,

  authorize: (_request, context) => requireAllowed(context, 'DESCRIBE_CONFIGS', 'CLUSTER'),

  validate({ resourceTypes }) {
    const unknown = resourceTypes.find((type) => !listed.includes(type));
    if (unknown !== undefined)
      throw new KafkaError('UNSUPPORTED_VERSION', `Resources of type ${unknown} are not listed`);
  },

  handle({ resourceTypes }, { broker, version }) {
    const all = resourceTypes.length === 0 ? listed : [...new Set(resourceTypes)];
    const types = version < FIRST_WITH_TYPES ? [ConfigResourceType.CLIENT_METRICS] : all;
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      configResources: types.flatMap((resourceType) =>
        namesOf(resourceType, broker.image).map((resourceName) => ({
          resourceName,
          ...(version < FIRST_WITH_TYPES ? {} : { resourceType }),
        })),
      ),
    };
  },

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, configResources: [] }),
});

function namesOf(resourceType: number, image: ClusterImage): string[] {
  switch (resourceType) {
    case ConfigResourceType.TOPIC:
      return [...image.topics.byName.keys()];
    case ConfigResourceType.BROKER:
    case BROKER_LOGGER:
      return [...image.brokers.keys()].map(String);
    default:
      return [...image.configs.entries()]
        .filter((resource) => resource.resourceType === resourceType)
        .map(({ resourceName }) => resourceName);
  }
}
