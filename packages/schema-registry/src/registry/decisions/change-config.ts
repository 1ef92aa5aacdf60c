import { compatibilityLevelOf } from '../../compatibility/compatibility-level.ts';
import { checkRuleSet } from '../check-rule-set.ts';
import type { RuleSet } from '../data-contract.ts';
import type { JsonObject } from '../json-value.ts';
import { readConfig } from '../read-record.ts';
import type { RegistryConfig } from '../registry-record.ts';
import type { Decision, RegistryView } from '../registry-view.ts';
import { RestError, subjectNotFound } from '../rest-error.ts';
import { ownConfig, type Scope } from '../setting-scope.ts';
import { checkWritable } from './check-writable.ts';

/** Members to set, and members to clear: those that the request has as null. */
export interface ConfigChange {
  readonly set: RegistryConfig;
  readonly clear: readonly string[];
}

/** Reads a PUT body, where the level is called `compatibility`. @throws RestError */
export function readConfigChange(body: JsonObject): ConfigChange {
  const { compatibility, compatibilityLevel: _ignored, ...members } = body;
  const json = compatibility === undefined ? members : { ...members, compatibilityLevel: compatibility };
  const set = readConfig(json);
  const clear = Object.keys(json).filter((name) => json[name] === null);
  checkRules(set.defaultRuleSet);
  checkRules(set.overrideRuleSet);
  return { set: { ...set, ...levelAndPolicy(set) }, clear };
}

const knownPolicies: ReadonlySet<string> = new Set(['STRICT', 'LENIENT']);
/** Confluent's third policy adds rules about tables of Flink and Iceberg that a schema may stand for. */
const LOGICAL = 'LOGICAL';

function levelAndPolicy(config: RegistryConfig): RegistryConfig {
  const level = config.compatibilityLevel;
  const policy = config.compatibilityPolicy?.toUpperCase();
  if (policy !== undefined && !knownPolicies.has(policy)) {
    const reason =
      policy === LOGICAL ? 'This registry has no rules for LOGICAL' : 'Invalid compatibility policy';
    throw new RestError(
      'INVALID_COMPATIBILITY',
      `${reason}. Valid values are ${[...knownPolicies].join(' and ')}`,
    );
  }
  const known = level === undefined ? undefined : compatibilityLevelOf(level);
  if (level !== undefined && known === undefined) {
    throw new RestError(
      'INVALID_COMPATIBILITY',
      'Invalid compatibility level. Valid values are none, backward, forward, full, ' +
        'backward_transitive, forward_transitive, and full_transitive',
    );
  }
  return {
    ...(known === undefined ? {} : { compatibilityLevel: known }),
    ...(policy === undefined ? {} : { compatibilityPolicy: policy }),
  };
}

/** @throws RestError INVALID_RULE_SET */
export function checkRules(ruleSet: RuleSet | undefined): void {
  const problem = ruleSet === undefined ? undefined : checkRuleSet(ruleSet);
  if (problem !== undefined) throw new RestError('INVALID_RULE_SET', problem);
}

/** Changes the settings of a scope. @returns all that are set now */
export function decideSetConfig(
  { state }: RegistryView,
  scope: Scope,
  { set, clear }: ConfigChange,
): Decision<RegistryConfig> {
  checkWritable(state, scope);
  const kept = Object.entries(state.config(scope) ?? {}).filter(([name]) => !clear.includes(name));
  const value: RegistryConfig = { ...Object.fromEntries(kept), ...set };
  return { writes: [{ type: 'CONFIG', key: { subject: scope }, value }], answer: () => value };
}

/** Unsets the settings of a scope. @returns what was set */
export function decideDeleteConfig(view: RegistryView, scope: Scope): Decision<RegistryConfig> {
  const old = ownConfig(view.state, scope, view.defaults);
  if (old === undefined) throw subjectNotFound(scope ?? '');
  checkWritable(view.state, scope);
  return { writes: [{ type: 'CONFIG', key: { subject: scope }, value: null }], answer: () => old };
}
