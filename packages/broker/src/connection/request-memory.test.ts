import { describe, expect, it } from 'vitest';
import { RequestMemory, type MemoryReservation } from './request-memory.ts';

/** Time that stands still until it is moved. */
function testTime() {
  let nowMs = 0;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  return {
    host: {
      clock: { nowMs: () => nowMs, monotonicMs: () => nowMs },
      timers: {
        schedule(delayMs: number, callback: () => void) {
          const timer = { atMs: nowMs + delayMs, callback };
          timers.add(timer);
          return { cancel: () => void timers.delete(timer) };
        },
        defer() {},
      },
    },
    timers,
    passTo(ms: number) {
      for (; nowMs < ms; nowMs += 100) {
        for (const timer of timers) {
          if (timer.atMs > nowMs) continue;
          timers.delete(timer);
          timer.callback();
        }
      }
    },
  };
}

function parts(maxBytes: number) {
  const time = testTime();
  const memory = new RequestMemory(time.host, maxBytes);
  const events: string[] = [];
  const reserve = (name: string, bytes: number): MemoryReservation =>
    memory.reserve(bytes, {
      onGranted: () => events.push(`${name} granted`),
      drop: () => events.push(`${name} dropped`),
    });
  return { memory, time, events, reserve };
}

describe('RequestMemory', () => {
  it('grants what fits, and the rest in the order in which it came', () => {
    const { memory, events, reserve } = parts(100);
    const [a, b] = [reserve('a', 60), reserve('b', 60)];
    const c = reserve('c', 10);
    expect([a.isGranted, b.isGranted, c.isGranted]).toEqual([true, false, false]);
    a.release();
    expect(events).toEqual(['b granted', 'c granted']);
    expect(memory.usedBytes).toBe(70);
    b.release();
    b.release();
    c.release();
    expect([memory.usedBytes, memory.waitingCount]).toEqual([0, 0]);
  });

  it('always has room for one, whatever its size', () => {
    const { events, reserve } = parts(100);
    const small = reserve('small', 1);
    const huge = reserve('huge', 1000);
    expect(huge.isGranted).toBe(false);
    small.release();
    expect(events).toEqual(['huge granted']);
  });

  it('forgets who gives up while waiting', () => {
    const { memory, events, reserve } = parts(100);
    const a = reserve('a', 100);
    reserve('b', 100).release();
    reserve('c', 100);
    a.release();
    expect(events).toEqual(['c granted']);
    expect(memory.waitingCount).toBe(0);
  });

  it('drops who keeps others waiting for a request that does not come, and nobody else', () => {
    const { time, events, reserve } = parts(100_000);
    const slow = reserve('slow', 20_000);
    reserve('in progress', 20_000).arrived();
    time.passTo(20_000);
    expect(events).toEqual([]);
    reserve('waiting', 100_000);
    time.passTo(28_000);
    expect(events[0]).toBe('slow dropped');
    expect(new Set(events)).toEqual(new Set(['slow dropped']));
    slow.release();
    expect(events.includes('waiting granted')).toBe(false);
  });

  it('gives a request a second for each megabyte, and ten', () => {
    const { time, events, reserve } = parts(100);
    reserve('100 MB', 100_000_000);
    reserve('waiting', 1);
    time.passTo(109_000);
    expect(events).toEqual([]);
    time.passTo(112_000);
    expect(events).toContain('100 MB dropped');
  });

  it('looks at nobody while nobody waits', () => {
    const { time, reserve } = parts(100);
    const a = reserve('a', 100);
    expect(time.timers.size).toBe(0);
    const b = reserve('b', 100);
    expect(time.timers.size).toBe(1);
    a.release();
    b.release();
    expect(time.timers.size).toBe(0);
  });

  it('knows no limit where none is wanted', () => {
    const { reserve } = parts(-1);
    expect([reserve('a', 1e9).isGranted, reserve('b', 1e9).isGranted]).toEqual([true, true]);
  });
});
