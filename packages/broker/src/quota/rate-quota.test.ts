import { describe, expect, it } from 'vitest';
import { quotaEntity, quotaEntityKey, type ClientQuota } from './client-quota.ts';
import { RateQuota } from './rate-quota.ts';

const RATE = 'producer_byte_rate';
const WINDOW_MS = 11_000;
const alice = { user: 'alice', clientId: 'app' };

function quotaOf(entity: Readonly<Record<string, string>>, perSec: number): RateQuota {
  const parts = Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName }));
  const parsed = quotaEntity(parts);
  const quota: ClientQuota = { entity: parsed, values: new Map([[RATE, perSec]]) };
  const rate = new RateQuota({ quotaKey: RATE, window: { sampleCount: 11, sampleMs: 1000 } });
  rate.update(new Map([[quotaEntityKey(parsed), quota]]));
  return rate;
}

describe('what a quota shows of those it limits', () => {
  it.each([
    [{ user: 'alice' }, { user: 'alice', clientId: '' }],
    [{ 'client-id': 'app' }, { user: '', clientId: 'app' }],
    [
      { user: 'alice', 'client-id': 'app' },
      { user: 'alice', clientId: 'app' },
    ],
  ])('goes by the names of the limit %j', (entity, owner) => {
    const quota = quotaOf(entity, 100);
    quota.record(alice, 500, 0);
    expect([...quota.readings(0)]).toEqual([{ owner, perSec: 50, throttleMs: 0 }]);
  });

  it('is how long they were quiet each time on average, for one to two windows', () => {
    const quota = quotaOf({ user: 'alice' }, 100);
    const throttles = [2000, 1000].map((bytes, index) => quota.record(alice, bytes, index));
    expect(Math.min(...throttles)).toBeGreaterThan(0);
    const averageMs = (throttles[0]! + throttles[1]!) / 2;
    const shown = (nowMs: number) => [...quota.readings(nowMs)].map(({ throttleMs }) => throttleMs);
    expect(shown(1)).toEqual([averageMs]);
    expect(shown(WINDOW_MS)).toEqual([averageMs]);
    expect(shown(2 * WINDOW_MS)).toEqual([0]);
  });

  it('is nothing of who has no limit, or was not there for an hour', () => {
    const quota = quotaOf({ user: 'bob' }, 100);
    quota.record(alice, 500, 0);
    expect([...quota.readings(0)]).toEqual([]);
    quota.record({ user: 'bob', clientId: 'app' }, 500, 0);
    expect([...quota.readings(3_599_999)]).toHaveLength(1);
    expect([...quota.readings(3_600_000)]).toEqual([]);
  });
});
