import type { SerdeContext } from '@millrace/client';
import type { SchemaRule, SchemaRuleSet } from '../client/registry-entities.ts';
import { RuleError } from '../errors.ts';

/** What a rule is executed for. */
export interface RuleContext {
  readonly rule: SchemaRule;
  readonly mode: 'WRITE' | 'READ';
  readonly topic: string;
  readonly part: 'key' | 'value';
}

/**
 * Executes the rules of one type, on values before they are written or after they were read. For a `CONDITION` false
 * means that it does not hold; what comes of a `TRANSFORM` takes the place of the value. Answers at once where it can.
 */
export type RuleExecutor = (value: unknown, context: RuleContext) => unknown;

/** Executors by the type of rules, such as `CEL`. */
export type RuleExecutors = Readonly<Record<string, RuleExecutor>>;

/** A rule that has to be executed, and what executes it. */
export interface RuleStep {
  readonly rule: SchemaRule;
  readonly mode: 'WRITE' | 'READ';
  readonly execute: RuleExecutor;
  /** The value goes on as it was when the rule fails: the action on failure is NONE. */
  readonly ignoresFailure: boolean;
}

/** Where rules run that name an environment; undefined stands for everywhere. */
const ENVIRONMENTS: ReadonlySet<string | undefined> = new Set([undefined, 'ALL', 'CLIENT']);
/** Both fail the record: a consumer that has a dead letter topic sends it there. */
const FAILING: ReadonlySet<string> = new Set(['ERROR', 'DLQ']);

/**
 * The rules of a schema that hold in one direction, in the order in which they are executed; undefined without any.
 *
 * @throws RuleError for a rule that nothing executes: a rule of a data contract is never passed over
 */
export function contractRules(
  ruleSet: SchemaRuleSet | undefined,
  mode: 'WRITE' | 'READ',
  executors: RuleExecutors,
): readonly RuleStep[] | undefined {
  const rules = activeRules(ruleSet, 'domainRules').filter((rule) => holdsIn(rule, mode));
  const steps = rules.flatMap((rule) => stepOf(rule, mode, executors));
  if (steps.length === 0) return undefined;
  return mode === 'READ' ? steps.toReversed() : steps;
}

/** @throws RuleError when what is written with the schema is not its payload alone: encrypted, for example */
export function refuseEncodingRules(ruleSet: SchemaRuleSet | undefined, mode: 'WRITE' | 'READ'): void {
  const rules = activeRules(ruleSet, 'encodingRules').filter((rule) => holdsIn(rule, mode));
  for (const rule of rules) {
    refuseUnlessIgnored(rule, mode, 'changes the bytes of a record, which serdes here do not do');
  }
}

/** @throws RuleError when the schema has rules for what was written with other versions of it */
export function refuseMigrationRules(ruleSet: SchemaRuleSet | undefined): void {
  for (const rule of activeRules(ruleSet, 'migrationRules')) {
    refuseUnlessIgnored(
      rule,
      'READ',
      'migrates values between versions, which serdes here do not do: read into a schema of your own, without use.latest.version',
    );
  }
}

function activeRules(
  ruleSet: SchemaRuleSet | undefined,
  list: keyof Omit<SchemaRuleSet, 'enableAt'>,
): readonly SchemaRule[] {
  if (ruleSet === undefined || !ENVIRONMENTS.has(ruleSet.enableAt)) return [];
  return (ruleSet[list] ?? []).filter(({ disabled }) => disabled !== true);
}

function holdsIn({ mode = 'WRITEREAD' }: SchemaRule, direction: 'WRITE' | 'READ'): boolean {
  return mode === 'WRITEREAD' || mode === direction;
}

/** The value that comes of all steps; a promise only where an executor has one. @throws RuleError */
export function applyRules(
  steps: readonly RuleStep[],
  value: unknown,
  context: SerdeContext,
  first = 0,
): unknown {
  let current = value;
  for (let index = first; index < steps.length; index++) {
    const next = applyRule(steps[index]!, current, context);
    if (next instanceof Promise) {
      return next.then((settled: unknown) => applyRules(steps, settled, context, index + 1));
    }
    current = next;
  }
  return current;
}

function stepOf(rule: SchemaRule, mode: 'WRITE' | 'READ', executors: RuleExecutors): RuleStep[] {
  const execute = executors[rule.type];
  if (execute === undefined) {
    refuseUnlessIgnored(
      rule,
      mode,
      `has nobody to execute it: give the serde ruleExecutors: { ${rule.type}: ... }`,
    );
    return [];
  }
  const onSuccess = actionOf(rule.onSuccess, mode) ?? 'NONE';
  if (onSuccess !== 'NONE')
    throw new RuleError(rule.name, `has the action ${onSuccess} on success, which is not known`);
  return [{ rule, mode, execute, ignoresFailure: ignoresFailure(rule, mode) }];
}

function refuseUnlessIgnored(rule: SchemaRule, mode: 'WRITE' | 'READ', reason: string): void {
  if (!ignoresFailure(rule, mode)) {
    throw new RuleError(rule.name, `of type ${rule.type} ${reason}, or disable the rule`);
  }
}

function ignoresFailure(rule: SchemaRule, mode: 'WRITE' | 'READ'): boolean {
  const action = actionOf(rule.onFailure, mode) ?? 'ERROR';
  if (action === 'NONE') return true;
  if (FAILING.has(action)) return false;
  throw new RuleError(rule.name, `has the action ${action} on failure, which is not known`);
}

/** `first,second`: the first on the way out, the second on the way in. */
function actionOf(actions: string | undefined, mode: 'WRITE' | 'READ'): string | undefined {
  const [write, read = write] = (actions ?? '').split(',').map((action) => action.trim());
  const action = mode === 'WRITE' ? write : read;
  return action === '' ? undefined : action;
}

function applyRule(step: RuleStep, value: unknown, { topic, part }: SerdeContext): unknown {
  const { rule, mode, execute } = step;
  try {
    const output = execute(value, { rule, mode, topic, part });
    if (!(output instanceof Promise)) return outcome(step, value, output);
    return output.then(
      (settled: unknown) => outcome(step, value, settled),
      (error: unknown) => failed(step, value, error),
    );
  } catch (error) {
    return failed(step, value, error);
  }
}

function outcome(step: RuleStep, value: unknown, output: unknown): unknown {
  if (step.rule.kind !== 'CONDITION') {
    return output === null || output === undefined ? failed(step, value, undefined) : output;
  }
  return output === false ? failed(step, value, undefined) : value;
}

function failed(step: RuleStep, value: unknown, error: unknown): unknown {
  if (error instanceof RuleError) throw error;
  const { rule, ignoresFailure: isIgnored } = step;
  if (isIgnored) return value;
  const reason = error instanceof Error ? error.message : rule.doc;
  throw new RuleError(
    rule.name,
    `${rule.kind === 'CONDITION' ? 'does not hold' : 'gave no value'}${reason === undefined ? '' : `: ${reason}`}`,
    error === undefined ? undefined : { cause: error },
  );
}
