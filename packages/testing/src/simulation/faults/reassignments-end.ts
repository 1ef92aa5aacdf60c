import type { ClusterWorld } from '../cluster/cluster-world.ts';

/**
 * What operators have begun comes to its end when nothing is in its way any more.
 * @throws Error when it does not in `timeoutMs`
 */
export async function reassignmentsEnd(world: ClusterWorld, timeoutMs: number): Promise<void> {
  const { simulation } = world;
  const fromMs = simulation.nowMs;
  await world.withAdmin(async (admin) => {
    for (;;) {
      const ongoing = await admin.listPartitionReassignments();
      if (ongoing.length === 0) return;
      if (simulation.nowMs > fromMs + timeoutMs) {
        const places = ongoing.map(({ topic, partition, replicas, addingReplicas, removingReplicas }) => {
          return `${topic}-${partition} on ${String(replicas)} adding ${String(addingReplicas)} removing ${String(removingReplicas)}`;
        });
        throw new Error(`not moved in ${timeoutMs} ms: ${places.join(', ')}`);
      }
      await simulation.sleep(500);
    }
  });
}
