import {
  byCodeUnit,
  ruleLists,
  sortedEntries,
  type Metadata,
  type Rule,
  type RuleSet,
} from './data-contract.ts';
import { isJsonObject, textOf, type JsonObject } from './json-value.ts';

/** Reads metadata as it comes over HTTP or from the log; sorted as it is hashed and written. */
export function readMetadata(value: unknown): Metadata | undefined {
  if (!isJsonObject(value)) return undefined;
  const { tags, properties, sensitive } = value;
  return {
    ...(isJsonObject(tags) ? { tags: mapValues(tags, readSet) } : {}),
    ...(isJsonObject(properties) ? { properties: readTexts(properties) } : {}),
    ...(Array.isArray(sensitive) ? { sensitive: readSet(sensitive) } : {}),
  };
}

/** @throws RangeError naming what is wrong with the shape; the meaning is judged by `checkRuleSet` */
export function readRuleSet(value: unknown): RuleSet | undefined {
  if (!isJsonObject(value)) return undefined;
  const enableAt = textOf(value['enableAt']);
  const lists = ruleLists
    .filter((name) => Array.isArray(value[name]))
    .map((name) => [name, (value[name] as unknown[]).map((rule) => readRule(rule))] as const);
  return { ...Object.fromEntries(lists), ...(enableAt === undefined ? {} : { enableAt }) };
}

const ruleActions = ['expr', 'onSuccess', 'onFailure'] as const;

function readRule(value: unknown): Rule {
  if (!isJsonObject(value)) throw new RangeError('a rule must be an object');
  const { tags, params } = value;
  return {
    name: textOf(value['name']) ?? '',
    ...texts(value, ['doc']),
    kind: textOf(value['kind']) ?? 'TRANSFORM',
    mode: textOf(value['mode']) ?? 'WRITEREAD',
    ...texts(value, ['type']),
    ...(Array.isArray(tags) ? { tags: readSet(tags) } : {}),
    ...(isJsonObject(params) ? { params: readTexts(params) } : {}),
    ...texts(value, ruleActions),
    disabled: value['disabled'] === true,
  };
}

function texts<Name extends string>(
  value: JsonObject,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const entries = names
    .map((name) => [name, textOf(value[name])] as const)
    .filter(([, text]) => text !== undefined);
  return Object.fromEntries(entries) as Partial<Record<Name, string>>;
}

function readTexts(value: JsonObject): Record<string, string> {
  return mapValues(value, (item) => textOf(item) ?? '');
}

function mapValues<T>(value: JsonObject, read: (item: unknown) => T): Record<string, T> {
  return Object.fromEntries(sortedEntries(value).map(([key, item]) => [key, read(item)]));
}

function readSet(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return [...new Set(value.map((item) => textOf(item) ?? ''))].toSorted(byCodeUnit);
}
