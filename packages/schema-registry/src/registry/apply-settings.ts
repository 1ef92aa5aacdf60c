import { VERSION_PROPERTY } from './data-contract.ts';
import { mergeMetadata, mergeRuleSets, withVersionProperty } from './merge-data-contract.ts';
import type { RegistryConfig } from './registry-record.ts';
import type { SchemaRequest } from './schema-request.ts';
import type { StoredSchema } from './stored-schema.ts';

/**
 * Completes metadata and rules: the defaults of the settings, then the request's own (or those of the version before),
 * then the overrides.
 * @returns the same request when there is nothing to add
 */
export function applySettings(
  config: RegistryConfig,
  request: SchemaRequest,
  {
    previous,
    newVersion,
  }: { readonly previous: StoredSchema | undefined; readonly newVersion: number | undefined },
): SchemaRequest {
  const own = request.metadata ?? previous?.metadata;
  let metadata = mergeMetadata(mergeMetadata(config.defaultMetadata, own), config.overrideMetadata);
  const ownRules = request.ruleSet ?? previous?.ruleSet;
  const ruleSet = mergeRuleSets(mergeRuleSets(config.defaultRuleSet, ownRules), config.overrideRuleSet);
  const hasVersion = metadata?.properties?.[VERSION_PROPERTY] !== undefined;
  if (newVersion !== undefined && (request.version !== 0 || hasVersion)) {
    metadata = withVersionProperty(metadata, newVersion);
  }
  if (metadata === request.metadata && ruleSet === request.ruleSet) return request;
  return { ...request, metadata, ruleSet };
}

/** Do settings change what is registered? Then a lookup of the bare request says nothing. */
export function hasDefaultsOrOverrides(config: RegistryConfig): boolean {
  const { defaultMetadata, overrideMetadata, defaultRuleSet, overrideRuleSet } = config;
  return [defaultMetadata, overrideMetadata, defaultRuleSet, overrideRuleSet].some(
    (part) => part !== undefined,
  );
}
