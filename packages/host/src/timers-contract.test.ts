import { describe, expect, test } from 'vitest';
import type { Host, Timer } from './host.ts';
import { hostWorlds } from './testing/host-worlds.ts';

describe.each(hostWorlds)('clock and timers of $name', (world) => {
  function behaves(name: string, body: (host: Host) => Promise<void>): void {
    test(name, () => world.run((host) => body(host)));
  }

  function elapsed(host: Host, delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      host.timers.schedule(delayMs, resolve);
    });
  }

  behaves('runs timers by their delay, not by their order of creation', async ({ timers }) => {
    const fired: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    timers.schedule(60, () => {
      fired.push('late');
      resolve();
    });
    timers.schedule(5, () => fired.push('early'));
    await promise;
    expect(fired).toEqual(['early', 'late']);
  });

  behaves('never fires early on its own monotonic clock', async (host) => {
    for (const delayMs of [0, 0.4, 1, 1.7, 3, 7.5]) {
      const startMs = host.clock.monotonicMs();
      await elapsed(host, delayMs);
      expect(host.clock.monotonicMs() - startMs).toBeGreaterThanOrEqual(delayMs - 1e-9);
    }
  });

  behaves('takes negative and NaN delays for none', async (host) => {
    await Promise.all([elapsed(host, -5), elapsed(host, Number.NaN), elapsed(host, -Infinity)]);
  });

  behaves('does not fire at once for delays that setTimeout cannot count', async (host) => {
    const fired: string[] = [];
    const timers: Timer[] = [2 ** 31, 2 ** 40, Infinity].map((delayMs) =>
      host.timers.schedule(delayMs, () => fired.push(String(delayMs))),
    );
    await elapsed(host, 10);
    for (const timer of timers) timer.cancel();
    expect(fired).toEqual([]);
  });

  behaves('never fires a cancelled timer, even one that was due in the same turn', async (host) => {
    const fired: string[] = [];
    const first = host.timers.schedule(5, () => {
      fired.push('first');
      second.cancel();
    });
    const second = host.timers.schedule(5, () => fired.push('second'));
    const third = host.timers.schedule(1, () => fired.push('third'));
    third.cancel();
    third.cancel();
    await elapsed(host, 15);
    first.cancel();
    expect(fired).toEqual(['first']);
  });

  behaves('lets a timer schedule and cancel itself', async (host) => {
    let count = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const tick = (): void => {
      timer.cancel();
      count++;
      if (count === 3) resolve();
      else timer = host.timers.schedule(1, tick);
    };
    let timer = host.timers.schedule(1, tick);
    await promise;
    expect(count).toBe(3);
  });

  behaves('defers behind what is running, in order', async ({ timers }) => {
    const order: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    timers.defer(() => order.push('first'));
    timers.defer(() => {
      order.push('second');
      resolve();
    });
    order.push('now');
    await Promise.resolve();
    order.push('microtask');
    await promise;
    expect(order).toEqual(['now', 'microtask', 'first', 'second']);
  });

  behaves('counts wall time in whole milliseconds', async ({ clock }) => {
    expect(Number.isInteger(clock.nowMs())).toBe(true);
    expect(clock.nowMs()).toBeGreaterThan(1_700_000_000_000);
  });
});
