import {
  byCodeUnit,
  sortedEntries,
  VERSION_PROPERTY,
  type Metadata,
  type Rule,
  type RuleSet,
} from './data-contract.ts';

/** Members of `over` win over those of `under`. */
export function mergeMetadata(under: Metadata | undefined, over: Metadata | undefined): Metadata | undefined {
  if (under === undefined || over === undefined) return over ?? under;
  return {
    ...member('tags', mergeMaps(under.tags, over.tags)),
    ...member('properties', mergeMaps(under.properties, over.properties)),
    ...member('sensitive', mergeSets(under.sensitive, over.sensitive)),
  };
}

/** Rules of `over` come last, and replace those of the same name. */
export function mergeRuleSets(under: RuleSet | undefined, over: RuleSet | undefined): RuleSet | undefined {
  if (under === undefined || over === undefined) return over ?? under;
  return {
    ...member('migrationRules', mergeRules(under.migrationRules, over.migrationRules)),
    ...member('domainRules', mergeRules(under.domainRules, over.domainRules)),
    ...member('encodingRules', mergeRules(under.encodingRules, over.encodingRules)),
    ...member('enableAt', over.enableAt ?? under.enableAt),
  };
}

export function withoutRules(ruleSet: RuleSet, names: readonly string[]): RuleSet {
  const keep = (rules: readonly Rule[] | undefined) => rules?.filter(({ name }) => !names.includes(name));
  return {
    ...member('migrationRules', keep(ruleSet.migrationRules)),
    ...member('domainRules', keep(ruleSet.domainRules)),
    ...member('encodingRules', keep(ruleSet.encodingRules)),
    ...member('enableAt', ruleSet.enableAt),
  };
}

export function withVersionProperty(metadata: Metadata | undefined, version: number): Metadata {
  return {
    ...metadata,
    properties: mergeMaps(metadata?.properties, { [VERSION_PROPERTY]: String(version) }) ?? {},
  };
}

export function withoutVersionProperty(metadata: Metadata | undefined): Metadata | undefined {
  if (metadata?.properties?.[VERSION_PROPERTY] === undefined) return metadata;
  const { [VERSION_PROPERTY]: _dropped, ...properties } = metadata.properties;
  return { ...metadata, properties };
}

function member<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: T };
}

function mergeMaps<T>(
  under: Readonly<Record<string, T>> | undefined,
  over: Readonly<Record<string, T>> | undefined,
): Readonly<Record<string, T>> | undefined {
  if (under === undefined || over === undefined) return over ?? under;
  return Object.fromEntries(sortedEntries({ ...under, ...over }));
}

function mergeSets(
  under: readonly string[] | undefined,
  over: readonly string[] | undefined,
): readonly string[] | undefined {
  if (under === undefined || over === undefined) return over ?? under;
  return [...new Set([...under, ...over])].toSorted(byCodeUnit);
}

function mergeRules(
  under: readonly Rule[] | undefined,
  over: readonly Rule[] | undefined,
): readonly Rule[] | undefined {
  if (under === undefined || over === undefined) return over ?? under;
  const names = new Set(over.map(({ name }) => name));
  return [...under.filter(({ name }) => !names.has(name)), ...over];
}
