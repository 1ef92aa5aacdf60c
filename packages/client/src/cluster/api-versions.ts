import { ErrorCode } from '@millrace/protocol';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import { UnsupportedVersionError } from '../errors.ts';
import { defineApi, type Api } from './api.ts';

export interface VersionRange {
  readonly minVersion: number;
  readonly maxVersion: number;
}

/** A finalized feature of the cluster, such as `transaction.version`. */
export interface FeatureLevel {
  readonly minLevel: number;
  readonly maxLevel: number;
}

const API_VERSIONS_NAME = 'ApiVersions';

/**
 * ApiVersions whose answer may come in version 0, whatever was asked for: a broker that does not know our version
 * answers error 35 with the oldest body, which every client can read (KIP-511).
 */
export const apiVersionsApi: Api<
  Parameters<typeof ApiVersionsRequest.write>[1],
  ReturnType<typeof ApiVersionsResponse.read>
> = defineApi(ApiVersionsRequest, {
  name: ApiVersionsResponse.name,
  apiKey: ApiVersionsResponse.apiKey,
  read(reader, version) {
    const start = reader.position;
    const isFallback = reader.int16() === ErrorCode.UNSUPPORTED_VERSION;
    reader.position = start;
    return ApiVersionsResponse.read(reader, isFallback ? 0 : version);
  },
});

/** What one connection's broker speaks, and the choice of a version per request. */
export class BrokerVersions {
  readonly features: ReadonlyMap<string, FeatureLevel>;
  readonly featuresEpoch: number;
  readonly #ranges: ReadonlyMap<number, VersionRange>;

  constructor(response: ReturnType<typeof ApiVersionsResponse.read>) {
    this.#ranges = new Map(response.apiKeys.map((range) => [range.apiKey, range]));
    this.featuresEpoch = response.finalizedFeaturesEpoch;
    this.features = new Map(
      response.finalizedFeatures.map((feature) => [
        feature.name,
        { minLevel: feature.minVersionLevel, maxLevel: feature.maxVersionLevel },
      ]),
    );
  }

  range(apiKey: number): VersionRange | undefined {
    return this.#ranges.get(apiKey);
  }

  /**
   * The newest version both sides know, within what the caller allows.
   * @throws UnsupportedVersionError
   */
  choose(api: Api<never, unknown>, limits: Partial<VersionRange> = {}): number {
    const broker = this.#ranges.get(api.apiKey);
    if (broker === undefined)
      throw new UnsupportedVersionError(api.name, 'the broker does not have this API');
    const min = Math.max(api.request.minVersion, limits.minVersion ?? 0);
    const max = Math.min(api.request.maxVersion, limits.maxVersion ?? api.request.maxVersion);
    const version = Math.min(broker.maxVersion, max);
    if (version < min || version < broker.minVersion) {
      throw new UnsupportedVersionError(
        api.name,
        `versions ${min} to ${max} are needed, the broker has ${broker.minVersion} to ${broker.maxVersion}`,
      );
    }
    return version;
  }
}

/** The version of ApiVersions to ask with after a broker refused ours. */
export function apiVersionsFallback(response: ReturnType<typeof ApiVersionsResponse.read>): number {
  const own = response.apiKeys.find((range) => range.apiKey === ApiVersionsRequest.apiKey);
  const version = Math.min(own?.maxVersion ?? 0, ApiVersionsRequest.maxVersion);
  if (version < 0) throw new UnsupportedVersionError(API_VERSIONS_NAME, 'the broker offers no version of it');
  return version;
}
