import { describe, expect, it } from 'vitest';
import { ClassicMember } from './classic-member.ts';
import { ProtocolSupport, selectProtocol } from './protocol-support.ts';

/** What members with these preferences choose; each is a list of protocols, the preferred one first. */
function choice(...preferences: readonly string[]): string | undefined {
  const support = new ProtocolSupport();
  const members = preferences.map((preference, index) => {
    const protocols = preference.split(' ').map((name) => ({ name, metadata: Buffer.alloc(0) }));
    support.add(protocols);
    return new ClassicMember({
      memberId: `m-${index}`,
      instanceId: null,
      clientId: 'c',
      clientHost: '/127.0.0.1',
      rebalanceTimeoutMs: 1,
      sessionTimeoutMs: 1,
      protocolType: 'consumer',
      protocols,
    });
  });
  return selectProtocol(members, support);
}

describe('selectProtocol', () => {
  it('takes what most members prefer', () => {
    expect(choice('range sticky', 'sticky range', 'sticky range')).toBe('sticky');
    expect(choice('range sticky', 'range sticky', 'sticky range')).toBe('range');
  });

  it('counts only what all members offer', () => {
    expect(choice('cooperative-sticky range', 'range')).toBe('range');
    expect(choice('a b c', 'b c', 'c b a')).toBe('b');
    expect(choice('range', 'sticky')).toBeUndefined();
  });

  it('counts a member once that names a protocol twice', () => {
    expect(choice('range range', 'range')).toBe('range');
  });

  it('decides ties as Apache Kafka 4.3.1 was seen to, whoever joined first', () => {
    expect(choice('range sticky', 'sticky range')).toBe('sticky');
    expect(choice('sticky range', 'range sticky')).toBe('sticky');
    expect(choice('range roundrobin', 'roundrobin range')).toBe('range');
  });
});
