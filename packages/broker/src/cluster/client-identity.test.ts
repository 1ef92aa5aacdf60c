import { assert, ipV4, ipV6, oneof, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostBytes, hostOf, principalBytes, principalOf } from './client-identity.ts';

describe('what an envelope says of the client', () => {
  it.each(['User:alice', 'User:CN=web:1,O=Shop', 'User:'])('is the principal %s', (principal) => {
    expect(principalOf(principalBytes(principal))).toBe(principal);
  });

  it('is a principal in the bytes that Kafka writes', () => {
    expect(principalBytes('User:bob')).toEqual(Buffer.from('\0\0\x05User\x04bob\0\0', 'latin1'));
  });

  it.each([Buffer.alloc(0), Buffer.from([0, 1, 0])])('is refused when it is something else (%o)', (bytes) => {
    expect(() => principalOf(bytes)).toThrow(RangeError);
  });

  it.each([
    ['10.1.2.255', '0a0102ff', '10.1.2.255'],
    ['::ffff:10.1.2.3', '0a010203', '10.1.2.3'],
    ['::1', '00000000000000000000000000000001', '::1'],
    ['fe80::1:2%eth0', 'fe800000000000000000000000010002', 'fe80::1:2'],
    ['node-1', '00000000', '0.0.0.0'],
  ])('is the host %s', (host, hex, text) => {
    expect(hostBytes(host).toString('hex')).toBe(hex);
    expect(hostOf(hostBytes(host))).toBe(text);
  });

  it('is any address there is', () => {
    assert(
      property(oneof(ipV4(), ipV6()), (host) => {
        const text = hostOf(hostBytes(host));
        expect(hostOf(hostBytes(text))).toBe(text);
        expect(hostBytes(text)).toEqual(hostBytes(host));
      }),
    );
  });
});
