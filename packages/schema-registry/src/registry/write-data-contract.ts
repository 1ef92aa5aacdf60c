import { ruleLists, type Metadata, type Rule, type RuleSet } from './data-contract.ts';
import { nonEmpty } from './json-value.ts';

/** As it is written to the log and answered: without members that hold nothing. */
export function metadataJson(metadata: Metadata | undefined): Record<string, unknown> | undefined {
  return metadata === undefined ? undefined : nonEmpty({ ...metadata });
}

export function ruleSetJson(ruleSet: RuleSet | undefined): Record<string, unknown> | undefined {
  if (ruleSet === undefined) return undefined;
  const lists = ruleLists.map((name) => [name, ruleSet[name]?.map(ruleJson)] as const);
  return nonEmpty({ ...Object.fromEntries(lists), enableAt: ruleSet.enableAt });
}

function ruleJson(rule: Rule): Record<string, unknown> {
  return nonEmpty({ ...rule });
}
