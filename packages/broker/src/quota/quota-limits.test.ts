import { describe, expect, it } from 'vitest';
import { quotaEntity, quotaEntityKey, type ClientQuota } from './client-quota.ts';
import { QuotaLimits } from './quota-limits.ts';
import { QuotaMeters } from './quota-meters.ts';

const RATE = 'producer_byte_rate';

type Names = readonly [user: string | null | undefined, clientId: string | null | undefined];

/** In the order in which they are looked for; the number is the limit. */
const levels: readonly (readonly [what: string, names: Names, perSec: number])[] = [
  ['the user with the client id', ['alice', 'app'], 1],
  ['the user with any client', ['alice', null], 2],
  ['the user', ['alice', undefined], 3],
  ['any user with the client id', [null, 'app'], 4],
  ['any user with any client', [null, null], 5],
  ['any user', [null, undefined], 6],
  ['the client id', [undefined, 'app'], 7],
  ['any client', [undefined, null], 8],
];

function limitsOf(set: readonly (readonly [what: string, names: Names, perSec: number])[]): QuotaLimits {
  const quotas = set.map(([, [user, clientId], perSec]): [string, ClientQuota] => {
    const entity = quotaEntity([
      ...(user === undefined ? [] : [{ entityType: 'user', entityName: user }]),
      ...(clientId === undefined ? [] : [{ entityType: 'client-id', entityName: clientId }]),
    ]);
    return [quotaEntityKey(entity), { entity, values: new Map([[RATE, perSec]]) }];
  });
  return new QuotaLimits(new Map(quotas), RATE);
}

describe('QuotaLimits', () => {
  it.each(levels.map(([what], index) => [what, index] as const))(
    'takes the limit of %s when nothing more specific has one',
    (_what, index) => {
      const limits = limitsOf(levels.slice(index));
      expect(limits.find({ user: 'alice', clientId: 'app' })?.perSec).toBe(index + 1);
    },
  );

  it('knows no limit where none is set, or one of something else', () => {
    expect(limitsOf([]).isEmpty).toBe(true);
    const limits = limitsOf(levels.slice(0, 1));
    expect(limits.isEmpty).toBe(false);
    expect(limits.find({ user: 'bob', clientId: 'app' })).toBeUndefined();
    expect(limits.find({ user: 'alice', clientId: 'other' })).toBeUndefined();
  });

  it('lets the clients of a user share the limit of the user, and users not that of any user', () => {
    const limits = limitsOf([levels[2]!, levels[5]!]);
    const keyOf = (user: string, clientId: string) => limits.find({ user, clientId })!.sharedKey;
    expect(keyOf('alice', 'a')).toBe(keyOf('alice', 'b'));
    expect(keyOf('bob', 'a')).toBe(keyOf('bob', 'b'));
    expect(keyOf('bob', 'a')).not.toBe(keyOf('carol', 'a'));
  });

  it('keeps pairs apart whose names run together', () => {
    const limits = limitsOf([levels[4]!]);
    const keys = [
      limits.find({ user: 'a b', clientId: 'c' })!.sharedKey,
      limits.find({ user: 'a', clientId: 'b c' })!.sharedKey,
    ];
    expect(new Set(keys).size).toBe(2);
  });
});

describe('QuotaMeters', () => {
  it('keeps the newest ten thousand, whatever names clients make up', () => {
    let made = 0;
    const meters = new QuotaMeters(() => ++made);
    for (let index = 0; index < 20_000; index++) meters.get(`client ${index}`, index);
    expect(meters.size).toBe(10_000);
    expect(meters.get('client 19999', 20_000)).toBe(20_000);
    expect(meters.get('client 0', 20_000)).toBe(20_001);
  });

  it('forgets what was not used for an hour', () => {
    const meters = new QuotaMeters(() => ({}));
    meters.get('a', 0);
    meters.get('b', 3_000_000);
    meters.get('c', 3_700_000);
    expect(meters.size).toBe(2);
  });
});
