import type { SecuredAddress } from '../config/listeners.ts';
import { securityProtocols } from '../security/security-protocol.ts';
import { kraftVersionFeature, supportedFeatures } from './features.ts';

/** A listener as registrations of brokers and controllers carry it, in requests as in records. */
export interface EndpointFields {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly securityProtocol: number;
}

/** A feature with the levels that a node implements, as registrations carry it. */
export interface FeatureFields {
  readonly name: string;
  readonly minSupportedVersion: number;
  readonly maxSupportedVersion: number;
}

/** Where a node says that it listens. */
export function ownEndpoints(listeners: readonly SecuredAddress[]): EndpointFields[] {
  return listeners.map(({ name, host, port, protocol }) => ({
    name,
    host,
    port,
    securityProtocol: securityProtocols[protocol].id,
  }));
}

/** What this version says that it implements. */
export function ownFeatures(): FeatureFields[] {
  return [...supportedFeatures, kraftVersionFeature].map(({ name, minVersion, maxVersion }) => ({
    name,
    minSupportedVersion: minVersion,
    maxSupportedVersion: maxVersion,
  }));
}

/** What a request told, for a record: without fields that only newer software knows. */
export function recordedEndpoints(endpoints: readonly EndpointFields[]): EndpointFields[] {
  return endpoints.map(({ name, host, port, securityProtocol }) => ({ name, host, port, securityProtocol }));
}

/** What a request told, for a record: without fields that only newer software knows. */
export function recordedFeatures(features: readonly FeatureFields[]): FeatureFields[] {
  return features.map(({ name, minSupportedVersion, maxSupportedVersion }) => ({
    name,
    minSupportedVersion,
    maxSupportedVersion,
  }));
}
