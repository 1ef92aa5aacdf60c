import type { Host } from '@millrace/host';
import type { PartitionWork } from './partition-work.ts';

/**
 * Lets handlers of these partitions finish, starts nothing more of them, and publishes what is done. Works that are not
 * at rest after `timeoutMs` are abandoned: their signals are aborted, and whatever they still do does not count.
 * @returns those
 */
export async function drainWorks(
  host: Host,
  works: readonly PartitionWork[],
  timeoutMs: number,
): Promise<PartitionWork[]> {
  for (const work of works) work.end();
  const { promise: expired, resolve: expire } = Promise.withResolvers<void>();
  const timer = host.timers.schedule(timeoutMs, expire);
  try {
    await Promise.race([Promise.all(works.map((work) => work.whenIdle())), expired]);
  } finally {
    timer.cancel();
  }
  const unfinished = works.filter(({ running }) => running > 0);
  for (const work of works) {
    work.publish();
    work.abandon();
  }
  return unfinished;
}
