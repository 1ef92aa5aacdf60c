import { array, assert, integer, option, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeadlineQueue } from './deadline-queue.ts';

function drain(queue: DeadlineQueue<string>, nowMs: number): string[] {
  const values: string[] = [];
  for (let value = queue.popDue(nowMs); value !== undefined; value = queue.popDue(nowMs)) values.push(value);
  return values;
}

describe('DeadlineQueue', () => {
  it('hands out what is due, earliest first, and keeps the rest', () => {
    const queue = new DeadlineQueue<string>();
    queue.set('c', 30, 'third');
    queue.set('a', 10, 'first');
    queue.set('b', 20, 'second');
    expect(drain(queue, 20)).toEqual(['first', 'second']);
    expect(queue.nextMs()).toBe(30);
  });

  it('moves a deadline later without firing at the old time', () => {
    const queue = new DeadlineQueue<string>();
    queue.set('session', 10, 'old');
    queue.set('session', 50, 'new');
    expect(drain(queue, 49)).toEqual([]);
    expect(drain(queue, 50)).toEqual(['new']);
  });

  it('moves a deadline earlier and fires once', () => {
    const queue = new DeadlineQueue<string>();
    queue.set('session', 50, 'old');
    queue.set('session', 10, 'new');
    expect(queue.nextMs()).toBe(10);
    expect(drain(queue, 100)).toEqual(['new']);
    expect(queue.nextMs()).toBeUndefined();
  });

  it('forgets a deleted deadline', () => {
    const queue = new DeadlineQueue<string>();
    queue.set('session', 10, 'value');
    queue.delete('session');
    expect(queue.nextMs()).toBeUndefined();
    expect(drain(queue, 100)).toEqual([]);
  });

  it('does not grow with deadlines that come and go', () => {
    const queue = new DeadlineQueue<string>();
    for (let at = 10_000; at > 0; at--) queue.set('moved', at, 'earlier each time');
    for (let at = 0; at < 10_000; at++) {
      queue.set(`key ${at}`, 20_000 + at, 'soon deleted');
      queue.delete(`key ${at}`);
    }
    expect(queue.nodeCount).toBeLessThanOrEqual(257);
    expect(drain(queue, 1)).toEqual(['earlier each time']);
  });

  it('behaves as a map of deadlines would, for any sequence of changes', () => {
    const change = record({
      key: integer({ min: 0, max: 5 }),
      at: option(integer({ min: 0, max: 40 })),
    });
    assert(
      property(array(change), integer({ min: 0, max: 40 }), (changes, nowMs) => {
        const queue = new DeadlineQueue<string>();
        const model = new Map<string, number>();
        for (const { key, at } of changes) {
          const name = `k${key}`;
          if (at === null) {
            queue.delete(name);
            model.delete(name);
          } else {
            queue.set(name, at, name);
            model.set(name, at);
          }
        }
        const due = [...model].filter(([, at]) => at <= nowMs).map(([name]) => name);
        expect(drain(queue, nowMs).toSorted()).toEqual(due.toSorted());
        const next = Math.min(...[...model.values()].filter((at) => at > nowMs));
        expect(queue.nextMs() ?? Infinity).toBeLessThanOrEqual(next);
      }),
    );
  });
});
