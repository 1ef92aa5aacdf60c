import { CertificateAuthority } from '@millrace/test-certificates';
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { subjectName } from './distinguished-name.ts';
import { principalMapping } from './principal-mapping.ts';

function nameIn(subject: Parameters<CertificateAuthority['issue']>[0]['subject']): string {
  const { certificate } = new CertificateAuthority().issue({ subject });
  return subjectName(new X509Certificate(certificate).raw);
}

describe('the subject of a certificate', () => {
  test('is written with the last attribute first, as Java does', () => {
    const name = nameIn([
      ['C', 'DE'],
      ['O', 'Shop'],
      ['OU', 'Orders'],
      ['CN', 'alice'],
    ]);
    expect(name).toBe('CN=alice,OU=Orders,O=Shop,C=DE');
  });

  test('has what is special escaped, and unknown attributes as bytes', () => {
    const name = nameIn([
      ['emailAddress', 'a@b'],
      ['O', ' Smith, Jones "+" Söhne '],
    ]);
    expect(name).toBe('O=\\ Smith\\, Jones \\"\\+\\" Söhne\\ ,1.2.840.113549.1.9.1=#0c03614062');
  });
});

describe('ssl.principal.mapping.rules', () => {
  const name = 'CN=Duke,OU=JavaSoft,O=Sun Microsystems';

  test.each([
    ['DEFAULT', name],
    ['RULE:^CN=(.*?),OU=.*$/$1/', 'Duke'],
    ['RULE:^CN=(.*?),OU=(.*?),O=.*$/$1@$2/L', 'duke@javasoft'],
    ['RULE:^CN=(.*?),.*$/$1/U, DEFAULT', 'DUKE'],
    ['RULE:^OU=(.*)$/$1/, RULE:^.*OU=(.*?),.*$/team\\/$1/', 'team/JavaSoft'],
    ['RULE:^OU=(.*)$/$1/,DEFAULT', name],
    ['RULE:^CN=.*?,OU=(.*?),O=(.*)$/$1,$2/', 'JavaSoft,Sun Microsystems'],
  ])('%s makes of it: %s', (rules, principal) => {
    expect(principalMapping(rules)(name)).toBe(principal);
  });

  test('may know none for a name', () => {
    expect(principalMapping('RULE:^OU=(.*)$/$1/')(name)).toBeUndefined();
  });

  test.each(['RULE:a/b', 'RULE:a/b/X', 'DEFAULTS', 'RULE:(/b/'])('refuses %s', (rules) => {
    expect(() => principalMapping(rules)).toThrow('ssl.principal.mapping.rules');
  });
});
