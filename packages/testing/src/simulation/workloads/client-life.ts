import type { SimulatedHost } from '@millrace/host';
import type { ClientWorld } from './client-world.ts';
import type { IsOver } from './workload.ts';

/** What one process does from its start to its end; errors end it, too. */
export type Life = (host: SimulatedHost, number: number, isOver: IsOver) => Promise<void>;

/**
 * One client after the other, each on a machine of its own, until it is over. One of `killChance` is killed at some
 * moment of its life: nothing that it waits for ever comes.
 */
export async function clientLives(
  world: ClientWorld,
  name: string,
  isOver: IsOver,
  live: Life,
  killChance = 0,
): Promise<void> {
  const { simulation } = world;
  const random = simulation.random.fork(name);
  for (let number = 0; !isOver(); number++) {
    const host = simulation.host(`${name}-${number}`);
    if (random.float() < killChance) void killLater(world, host, random.float() * 2000);
    await Promise.race([host.ended, live(host, number, isOver).catch(() => {})]);
    await simulation.sleep(random.float() * 100);
  }
}

async function killLater({ simulation }: ClientWorld, host: SimulatedHost, delayMs: number): Promise<void> {
  await simulation.sleep(delayMs);
  host.kill();
}
