import { expect, test } from 'vitest';
import { BrokerWorld } from './broker-world.ts';

/** More than a start takes; the loop ends with the first step that was not reached. */
const MAX_STEPS = 500;
const TIMEOUT_MS = 120_000;

test.each(['lost', 'kept', 'random'] as const)(
  'a first start may end at any I/O step, and the next one goes on (unsynced data %s)',
  async (unsynced) => {
    let step = 1;
    for (; step < MAX_STEPS; step++) {
      const world = new BrokerWorld({ seed: step });
      const wasReached = await world.simulation.run(async () => {
        world.machine.crashAtStep(step, { unsynced });
        await Promise.race([world.startBroker(), world.machine.ended]);
        const hasCrashed = !world.machine.isRunning;
        world.machine.crash({ unsynced });
        await world.restartBroker().catch((cause: unknown) => {
          throw new Error(`The start after a crash at step ${step} failed`, { cause });
        });
        const producer = world.producer('producer');
        expect((await producer.send({ topic: 'orders', value: 'x' })).offset).toBe(0);
        await producer.close();
        await world.closeBroker();
        return hasCrashed;
      });
      if (!wasReached) break;
    }
    expect(step).toBeGreaterThan(20);
    expect(step).toBeLessThan(MAX_STEPS);
  },
  TIMEOUT_MS,
);
