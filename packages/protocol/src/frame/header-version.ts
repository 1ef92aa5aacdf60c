import { apiDescriptions } from '../generated/api-table.ts';
import type { ApiDescription } from '../wire/api-description.ts';

const API_VERSIONS = 18;

/** What is known of an API; undefined when the key does not exist. APIs that Kafka 4.0 removed have no versions. */
export function apiDescription(apiKey: number): ApiDescription | undefined {
  return apiDescriptions[apiKey];
}

/** 2 for flexible versions, which have a tag section, otherwise 1. */
export function requestHeaderVersion(apiKey: number, version: number): number {
  return isFlexible(apiKey, version) ? 2 : 1;
}

/**
 * 1 for flexible versions, otherwise 0. Always 0 for ApiVersions, because a client must be able to read the answer of
 * a broker that did not understand the version of the request (KIP-511).
 */
export function responseHeaderVersion(apiKey: number, version: number): number {
  return apiKey !== API_VERSIONS && isFlexible(apiKey, version) ? 1 : 0;
}

function isFlexible(apiKey: number, version: number): boolean {
  const description = apiDescriptions[apiKey];
  return description !== undefined && version >= description.flexibleFrom;
}
