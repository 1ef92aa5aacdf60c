import type { Rule, RuleSet } from './data-contract.ts';

const MAX_NAME_CHARACTERS = 256;
const migrationModes: ReadonlySet<string> = new Set(['UPGRADE', 'DOWNGRADE', 'UPDOWN']);
const domainModes: ReadonlySet<string> = new Set(['WRITE', 'READ', 'WRITEREAD']);
const kinds: ReadonlySet<string> = new Set(['TRANSFORM', 'CONDITION']);
const bothWays: ReadonlySet<string> = new Set(['UPDOWN', 'WRITEREAD']);

/** What is wrong with a rule set, or undefined. */
export function checkRuleSet({ migrationRules, domainRules, encodingRules }: RuleSet): string | undefined {
  const names = new Set<string>();
  const checks = [
    ...(migrationRules ?? []).map((rule) => [rule, 'Migration', migrationModes] as const),
    ...(domainRules ?? []).map((rule) => [rule, 'Domain', domainModes] as const),
    ...(encodingRules ?? []).map((rule) => [rule, 'Encoding', domainModes] as const),
  ];
  for (const [rule, list, modes] of checks) {
    if (names.has(rule.name)) return `Found rule with duplicate name '${rule.name}'`;
    names.add(rule.name);
    const problem = checkRule(rule) ?? checkMode(rule, list, modes);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkRule(rule: Rule): string | undefined {
  const { name, kind, mode, type, onSuccess, onFailure } = rule;
  if (name === '') return 'Empty rule name';
  if (name.length > MAX_NAME_CHARACTERS) return `Rule name too long: ${name}`;
  if (!/^[\p{L}_]/u.test(name)) return `Illegal initial character in rule name: ${name}`;
  if (!/^[\p{L}\p{Nd}_-]+$/u.test(name)) return `Illegal character in rule name: ${name}`;
  if (type === undefined) return `Missing rule type of rule '${name}'`;
  if (!kinds.has(kind)) return `Rule '${name}' has the unknown kind '${kind}'`;
  const hasTwoActions = [onSuccess, onFailure].some((action) => action?.includes(','));
  if (hasTwoActions && !bothWays.has(mode)) return 'Multiple actions only valid with WRITEREAD and UPDOWN';
  return undefined;
}

function checkMode({ mode }: Rule, list: string, modes: ReadonlySet<string>): string | undefined {
  if (modes.has(mode)) return undefined;
  return `${list} rules can only be ${[...modes].join(', ')}`;
}
