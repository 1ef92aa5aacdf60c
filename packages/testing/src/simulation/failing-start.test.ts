import { expect, test } from 'vitest';
import { BrokerWorld } from './broker-world.ts';

/** More than a start takes; the loop ends with the first operation that was not reached. */
const MAX_OPERATIONS = 1000;
const TIMEOUT_MS = 120_000;
/** Virtual time, in which nothing but the disk keeps a start from its end. */
const START_TIMEOUT_MS = 30_000;

async function startedOnce(world: BrokerWorld): Promise<void> {
  await world.startBroker();
  const producer = world.producer('producer');
  await producer.send({ topic: 'orders', value: 'x' });
  await producer.close();
  world.machine.kill();
  world.simulation.restart(world.machine);
}

test.each([
  { name: 'a first start', prepare: async () => {} },
  { name: 'the start after a kill', prepare: startedOnce },
])(
  '$name comes to an end whichever operation of the disk fails, and the next one serves',
  async ({ prepare }) => {
    const refusals = new Set<string>();
    let operation = 0;
    // Most files are written in several steps: every second one tells as much.
    for (; operation < MAX_OPERATIONS; operation += 2) {
      const world = new BrokerWorld({ seed: operation });
      const { simulation } = world;
      let failedPath: string | undefined;
      await simulation.run(async () => {
        await prepare(world);
        let count = 0;
        const end = world.machine.disk.faults.add({
          code: 'EIO',
          // Once, or from there on.
          times: operation % 4 === 0 ? 1 : Infinity,
          path: (path) => {
            if (count++ < operation) return false;
            failedPath ??= path;
            return true;
          },
        });
        const started = world.startBroker().then(
          (broker) => broker,
          (error: unknown) => error as Error,
        );
        const hung = simulation.sleep(START_TIMEOUT_MS).then(() => 'hung' as const);
        const outcome = await Promise.race([started, hung]);
        end();
        expect(outcome, `operation ${operation} on ${failedPath}`).not.toBe('hung');
        if (outcome instanceof Error) refusals.add(outcome.message);
        world.machine.crash({ unsynced: 'lost' });
        await world.restartBroker();
        const producer = world.producer('producer');
        await producer.send({ topic: 'orders', value: 'y' });
        await producer.close();
        await world.closeBroker();
      });
      if (failedPath === undefined) break;
    }
    expect(operation).toBeGreaterThan(20);
    expect(operation).toBeLessThan(MAX_OPERATIONS);
    expect([...refusals].filter((message) => !message.includes('/data'))).toEqual([]);
  },
  TIMEOUT_MS,
);
