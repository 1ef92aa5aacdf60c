import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { CertificateAuthority } from './certificate-authority.ts';

test('OpenSSL reads what the authority issues, and finds its signature valid', () => {
  const authority = new CertificateAuthority('Authority');
  const { certificate, key } = authority.issue({
    subject: [
      ['C', 'DE'],
      ['O', 'Shop'],
      ['CN', 'orders'],
    ],
    altNames: ['broker.example', '127.0.0.1'],
  });
  const issuer = new X509Certificate(authority.certificate);
  const parsed = new X509Certificate(certificate);
  expect(parsed.verify(issuer.publicKey)).toBe(true);
  expect(parsed.checkIssued(issuer)).toBe(true);
  expect(issuer.ca).toBe(true);
  expect(parsed.ca).toBe(false);
  expect(parsed.subject).toBe('C=DE\nO=Shop\nCN=orders');
  expect(parsed.checkHost('broker.example')).toBe('broker.example');
  expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(key).toContain('BEGIN PRIVATE KEY');
});
