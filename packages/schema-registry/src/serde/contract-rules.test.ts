import { describe, expect, test } from 'vitest';
import type { SchemaRule } from '../client/registry-entities.ts';
import {
  applyRules,
  contractRules,
  refuseEncodingRules,
  refuseMigrationRules,
  type RuleExecutors,
} from './contract-rules.ts';

const context = { topic: 'orders', part: 'value', headers: [] } as const;
const rule = (members: Partial<SchemaRule> = {}): SchemaRule => ({
  name: 'positive',
  kind: 'CONDITION',
  mode: 'WRITEREAD',
  type: 'CEL',
  ...members,
});
const executors: RuleExecutors = {
  CEL: (value) => (value as number) > 0,
  DOUBLE: (value) => (value as number) * 2,
  ADD: async (value) => (value as number) + 1,
  NOTHING: () => null,
  THROWS: () => {
    throw new Error('out of order');
  },
};

function outcome(rules: readonly SchemaRule[], value: number, mode: 'WRITE' | 'READ' = 'WRITE'): unknown {
  const steps = contractRules({ domainRules: rules }, mode, executors);
  return steps === undefined ? 'no rules' : applyRules(steps, value, { ...context, headers: [] });
}

describe('a rule that nothing executes', () => {
  test('is refused by its name, with a way out', () => {
    expect(() => contractRules({ domainRules: [rule()] }, 'WRITE', {})).toThrow(
      'The rule "positive" of type CEL has nobody to execute it: give the serde ruleExecutors: { CEL: ... }, or disable the rule',
    );
    expect(() => refuseEncodingRules({ encodingRules: [rule({ type: 'ENCRYPT' })] }, 'READ')).toThrow(
      'of type ENCRYPT changes the bytes of a record',
    );
    expect(() => refuseMigrationRules({ migrationRules: [rule({ mode: 'UPGRADE' })] })).toThrow(
      'migrates values between versions',
    );
  });

  test.each([
    ['is disabled', rule({ disabled: true }), undefined],
    ['may fail', rule({ onFailure: 'NONE' }), undefined],
    ['may fail on the way out', rule({ onFailure: 'NONE,ERROR' }), undefined],
    ['holds for the other direction', rule({ mode: 'READ' }), undefined],
    ['holds elsewhere', rule(), 'CONNECT'],
    ['holds nowhere', rule(), 'NONE'],
  ])('is passed over where it %s', (_what, given, enableAt) => {
    const environment = enableAt === undefined ? {} : { enableAt };
    expect(contractRules({ domainRules: [given], ...environment }, 'WRITE', {})).toBeUndefined();
    expect(() => refuseEncodingRules({ encodingRules: [given], ...environment }, 'WRITE')).not.toThrow();
  });

  test.each([
    [rule({ onFailure: 'PAGE' }), 'has the action PAGE on failure, which is not known'],
    [rule({ onSuccess: 'PAGE' }), 'has the action PAGE on success, which is not known'],
  ])('has actions that are known', (given, message) => {
    expect(() => contractRules({ domainRules: [given] }, 'WRITE', executors)).toThrow(message);
  });
});

describe('rules that are executed', () => {
  const double = rule({ name: 'double', kind: 'TRANSFORM', type: 'DOUBLE' });
  const add = rule({ name: 'add', kind: 'TRANSFORM', type: 'ADD' });

  test('check and change the value in their order, and in the opposite one when it is read', async () => {
    expect(outcome([], 1)).toBe('no rules');
    expect(outcome([rule(), double, double], 1)).toBe(4);
    expect(await outcome([double, add], 1)).toBe(3);
    expect(await outcome([double, add], 1, 'READ')).toBe(4);
  });

  test.each([
    [
      'a condition that does not hold',
      rule({ doc: 'more than nothing' }),
      'does not hold: more than nothing',
    ],
    ['a transformation without a value', rule({ kind: 'TRANSFORM', type: 'NOTHING' }), 'gave no value'],
    ['an executor that throws', rule({ type: 'THROWS' }), 'does not hold: out of order'],
    ['a rule whose action is a dead letter', rule({ onFailure: 'DLQ' }), 'does not hold'],
  ])('fail for %s', (_what, given, message) => {
    expect(() => outcome([given], -1)).toThrow(`The rule "positive" ${message}`);
  });

  test('leave the value as it was where failing is allowed', () => {
    expect(outcome([rule({ onFailure: 'NONE' }), double], -1)).toBe(-2);
  });
});
