import { describe, expect, test } from 'vitest';
import { AclOperation, AclPatternType, AclPermissionType, AclResourceType } from '@millrace/protocol';
import type { Acl } from './acl.ts';
import { Authorizer, type Subject } from './authorizer.ts';

type Rule = Partial<Omit<Acl, 'operation' | 'permissionType' | 'patternType'>> & {
  readonly operation?: keyof typeof AclOperation;
  readonly permission?: 'ALLOW' | 'DENY';
  readonly pattern?: 'LITERAL' | 'PREFIXED';
};

const alice: Subject = { principal: 'User:alice', host: '10.0.0.1' };
const { TOPIC } = AclResourceType;

function authorizer(rules: readonly Rule[], options: { allowsWithoutAcl?: boolean } = {}): Authorizer {
  const acls = rules.map(
    ({ operation = 'READ', permission = 'ALLOW', pattern = 'LITERAL', ...rest }, index) => ({
      id: String(index),
      resourceType: TOPIC,
      resourceName: 'orders',
      principal: 'User:alice',
      host: '*',
      ...rest,
      patternType: AclPatternType[pattern],
      operation: AclOperation[operation],
      permissionType: AclPermissionType[permission],
    }),
  );
  const byId = new Map(acls.map((acl) => [acl.id, acl]));
  return new Authorizer({
    superUsers: new Set(['User:admin']),
    allowsWithoutAcl: options.allowsWithoutAcl ?? false,
    acls: () => byId,
  });
}

function may(
  rules: readonly Rule[],
  operation: keyof typeof AclOperation,
  name = 'orders',
  subject: Subject = alice,
): boolean {
  return authorizer(rules).isAllowed(subject, AclOperation[operation], TOPIC, name);
}

describe('the authorizer', () => {
  test('forbids what no ACL speaks of, unless told otherwise', () => {
    expect(may([], 'READ')).toBe(false);
    const lenient = authorizer([{ resourceName: 'other' }], { allowsWithoutAcl: true });
    expect(lenient.isAllowed(alice, AclOperation.READ, TOPIC, 'orders')).toBe(true);
    // An ACL of somebody else is an ACL.
    expect(lenient.isAllowed({ ...alice, principal: 'User:bob' }, AclOperation.READ, TOPIC, 'other')).toBe(
      false,
    );
  });

  test('lets super users do everything, whatever is denied', () => {
    const rules: Rule[] = [{ principal: 'User:*', permission: 'DENY', operation: 'ALL' }];
    expect(may(rules, 'DELETE', 'orders', { ...alice, principal: 'User:admin' })).toBe(true);
  });

  test.each<[string, Rule, string, boolean]>([
    ['the name itself', { resourceName: 'orders' }, 'orders', true],
    ['another name', { resourceName: 'orders' }, 'orders-2', false],
    ['every name', { resourceName: '*' }, 'orders', true],
    ['a prefix', { resourceName: 'ord', pattern: 'PREFIXED' }, 'orders', true],
    ['the prefix alone', { resourceName: 'ord', pattern: 'PREFIXED' }, 'ord', true],
    ['another prefix', { resourceName: 'orx', pattern: 'PREFIXED' }, 'orders', false],
    ['a star as a prefix, which is a name', { resourceName: '*', pattern: 'PREFIXED' }, 'orders', false],
    ['another kind of resource', { resourceType: AclResourceType.GROUP }, 'orders', false],
  ])('matches %s', (_what, rule, name, isAllowed) => {
    expect(may([rule], 'READ', name)).toBe(isAllowed);
  });

  test.each<[string, Rule, boolean]>([
    ['everybody', { principal: 'User:*' }, true],
    ['somebody else', { principal: 'User:bob' }, false],
    ['the host', { host: '10.0.0.1' }, true],
    ['another host', { host: '10.0.0.2' }, false],
  ])('applies to %s', (_what, rule, isAllowed) => {
    expect(may([rule], 'READ')).toBe(isAllowed);
  });

  test('takes the spellings of one address for the same', () => {
    const rules: Rule[] = [{ host: '0:0:0:0:0:0:0:1' }];
    expect(may(rules, 'READ', 'orders', { ...alice, host: '::1' })).toBe(true);
    expect(may([{ host: '10.0.0.1' }], 'READ', 'orders', { ...alice, host: '::ffff:10.0.0.1' })).toBe(true);
  });

  test('a denial wins over every permission, in whatever order', () => {
    const allow: Rule = { resourceName: '*', operation: 'ALL' };
    const deny: Rule = { resourceName: 'ord', pattern: 'PREFIXED', permission: 'DENY', operation: 'WRITE' };
    for (const rules of [
      [allow, deny],
      [deny, allow],
    ]) {
      expect(may(rules, 'WRITE')).toBe(false);
      expect(may(rules, 'READ')).toBe(true);
      expect(may(rules, 'WRITE', 'other')).toBe(true);
    }
  });

  test('whoever may read or change a thing may look at it, but a denial implies nothing', () => {
    for (const operation of ['READ', 'WRITE', 'DELETE', 'ALTER'] as const) {
      expect(may([{ operation }], 'DESCRIBE'), operation).toBe(true);
    }
    expect(may([{ operation: 'ALTER_CONFIGS' }], 'DESCRIBE_CONFIGS')).toBe(true);
    expect(may([{ operation: 'CREATE' }], 'DESCRIBE')).toBe(false);
    expect(may([{ operation: 'ALL' }, { operation: 'READ', permission: 'DENY' }], 'DESCRIBE')).toBe(true);
  });

  test.each<[string, readonly Rule[], boolean]>([
    ['nothing', [], false],
    ['one topic', [{}], true],
    ['one topic that is denied as well', [{}, { permission: 'DENY' }], false],
    ['one topic, with everything denied', [{}, { permission: 'DENY', resourceName: '*' }], false],
    [
      'a prefix, with a shorter one denied',
      [
        { resourceName: 'ord', pattern: 'PREFIXED' },
        { resourceName: 'o', pattern: 'PREFIXED', permission: 'DENY' },
      ],
      false,
    ],
    [
      'a prefix, with a longer one denied',
      [
        { resourceName: 'ord', pattern: 'PREFIXED' },
        { resourceName: 'order', pattern: 'PREFIXED', permission: 'DENY' },
      ],
      true,
    ],
    ['all, with one denied', [{ resourceName: '*' }, { permission: 'DENY' }], true],
  ])('knows whether anything is left of: %s', (_what, rules, isAllowed) => {
    expect(authorizer(rules).isAllowedSomewhere(alice, AclOperation.READ, TOPIC)).toBe(isAllowed);
  });
});
