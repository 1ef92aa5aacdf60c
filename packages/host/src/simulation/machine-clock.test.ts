import { expect, test } from 'vitest';
import { Simulation } from './simulation.ts';

test('a machine whose clock runs fast counts more seconds, and its timers are early', async () => {
  const simulation = new Simulation({ seed: 1, startMs: 0 });
  const [fast, other] = [simulation.host('fast'), simulation.host('other')];
  await simulation.run(async () => {
    await simulation.sleep(1000);
    fast.skewClock(1.25);
    const fired = new Promise<number>((resolve) => {
      fast.timers.schedule(1000, () => resolve(simulation.nowMs));
    });
    expect(await fired).toBe(1800);
    expect([fast.clock.nowMs(), fast.clock.monotonicMs()]).toEqual([2000, 2000]);
    expect([other.clock.nowMs(), other.clock.monotonicMs()]).toEqual([1800, 1800]);
    fast.skewClock(1);
    await simulation.sleep(1000);
    expect(fast.clock.monotonicMs()).toBe(3000);
  });
});

test('the skew and the jumps of a clock stay across a restart', async () => {
  const simulation = new Simulation({ seed: 1, startMs: 0 });
  const first = simulation.host('node');
  await simulation.run(async () => {
    first.skewClock(0.5);
    first.jumpClock(10_000);
    first.kill();
    const second = simulation.restart(first);
    await simulation.sleep(1000);
    expect([second.clock.monotonicMs(), second.clock.nowMs()]).toEqual([500, 10_500]);
  });
});
