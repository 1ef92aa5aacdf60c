import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  ApiVersionsRequest,
  ApiVersionsResponse,
  type ApiVersionsResponseInput,
} from '@millrace/protocol/messages/api-versions';
import { KRAFT_VERSION_FEATURE, kraftVersionFeature, supportedFeatures } from '../metadata/features.ts';
import { defineHandler, type RequestContext } from './handler.ts';

const FIRST_WITH_SOFTWARE_NAME = 3;
const FIRST_WITH_ZERO_MINIMUM = 4;
const softwarePattern = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

export const apiVersions = defineHandler({
  key: ApiKey.API_VERSIONS,
  minVersion: 0,
  maxVersion: 4,
  request: ApiVersionsRequest,
  response: ApiVersionsResponse,

  validate(request, { version }) {
    if (version < FIRST_WITH_SOFTWARE_NAME) return;
    for (const name of [request.clientSoftwareName, request.clientSoftwareVersion]) {
      if (!softwarePattern.test(name)) {
        throw new KafkaError('INVALID_REQUEST', `"${name}" is no legal name or version of client software`);
      }
    }
  },

  handle(request, context) {
    if (context.version >= FIRST_WITH_SOFTWARE_NAME) {
      const { clientSoftwareName: name, clientSoftwareVersion: version } = request;
      context.connection.software = { name, version };
    }
    return { errorCode: ErrorCode.NONE, ...capabilities(context) };
  },

  fail(error, _request, context) {
    // A client whose version is unknown learns the range of this API, and asks again.
    const isVersionUnknown = error.code === 'UNSUPPORTED_VERSION';
    const { apis, broker } = context;
    const apiKeys = apis.advertised(broker.config).filter(({ apiKey }) => apiKey === ApiKey.API_VERSIONS);
    return { errorCode: error.errorCode, apiKeys: isVersionUnknown ? apiKeys : [] };
  },
});

function capabilities({
  apis,
  broker,
  version,
}: RequestContext): Omit<ApiVersionsResponseInput, 'errorCode'> {
  const { features, offset } = broker.image;
  const { kraftVersion } = broker.cluster.metadata.quorum;
  const supported = [...supportedFeatures, kraftVersionFeature];
  const finalized =
    kraftVersion > 0 ? new Map([...features, [KRAFT_VERSION_FEATURE, kraftVersion]]) : features;
  return {
    apiKeys: apis.advertised(broker.config),
    throttleTimeMs: 0,
    // Clients of these versions fail on a minimum of 0 (KAFKA-17011).
    supportedFeatures: supported.filter(
      ({ minVersion }) => minVersion > 0 || version >= FIRST_WITH_ZERO_MINIMUM,
    ),
    finalizedFeaturesEpoch: offset,
    finalizedFeatures: [...finalized].map(([name, level]) => ({
      name,
      maxVersionLevel: level,
      minVersionLevel: level,
    })),
  };
}
