import { memoryHost, silentLogger } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import { append } from '../testing/requests.ts';
import { IsrChanges, type AlterPartitionItem, type AlterPartitionResult } from './isr-changes.ts';
import { ScriptedCluster } from './testing/scripted-cluster.ts';

/** One that answers in the order of a script, and says when it was asked. */
class ScriptedSender {
  readonly asked: (readonly AlterPartitionItem[])[] = [];
  readonly #answers: (AlterPartitionResult | Error)[];
  readonly #waiting: (() => void)[] = [];

  constructor(answers: (AlterPartitionResult | Error)[]) {
    this.#answers = answers;
  }

  async alterPartition(items: readonly AlterPartitionItem[]): Promise<AlterPartitionResult[]> {
    this.asked.push(items);
    const answer = this.#answers.shift() ?? new Error('nobody is there');
    for (const resolve of this.#waiting.splice(0)) resolve();
    if (answer instanceof Error) throw answer;
    return items.map(() => answer);
  }

  async askedTimes(count: number): Promise<void> {
    while (this.asked.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

async function leading(answers: (AlterPartitionResult | Error)[], partitions = 1) {
  const cluster = await ScriptedCluster.start(1);
  await cluster.createTopic({ replicas: [1, 2], leader: 1, partitions });
  const sender = new ScriptedSender(answers);
  const { partitions: registry } = cluster.node(1).broker;
  const changes = new IsrChanges({
    host: memoryHost(),
    logger: silentLogger,
    sender,
    leaders: () => registry.all(),
    maxLagMs: () => 30_000,
  });
  const leaders = [...registry.all()];
  const shrink = (): void => {
    for (const leader of leaders) changes.submit(leader, leader.state.proposeShrink(Infinity)!);
  };
  return { cluster, sender, changes, leaders, shrink };
}

const shrunk = { leaderEpoch: 0, partitionEpoch: 1, inSyncReplicas: [1] };

describe('changes of in-sync replicas', () => {
  it('of many partitions go to the controller with one request', async () => {
    const { cluster, sender, shrink, leaders, changes } = await leading([shrunk], 20);
    await using _ = cluster;
    shrink();
    await sender.askedTimes(1);
    expect(sender.asked[0]).toHaveLength(20);
    await cluster.until(1, () => leaders.every(({ state }) => state.inSyncReplicas.length === 1));
    expect(changes.shrinks).toBe(20);
  });

  it('are sent again when there is no answer, or one that may come from an old controller', async () => {
    const { cluster, sender, shrink, leaders, changes } = await leading([
      new Error('the connection was lost'),
      { error: 'NOT_CONTROLLER' },
      shrunk,
    ]);
    await using _ = cluster;
    shrink();
    await sender.askedTimes(3);
    expect(new Set(sender.asked.map(([item]) => item!.change)).size).toBe(1);
    await cluster.until(1, () => leaders[0]!.state.inSyncReplicas.length === 1);
    expect(changes.failedUpdates).toBe(2);
  });

  it('are not sent again when the metadata has overtaken them', async () => {
    const { cluster, sender, shrink, changes } = await leading([new Error('nobody is there')]);
    await using _ = cluster;
    shrink();
    await sender.askedTimes(1);
    await cluster.change({ isr: [1] });
    await append(await cluster.connect(1), 'orders', ['a']);
    changes.scan();
    expect(sender.asked).toHaveLength(1);
  });

  it('that were refused for good may be asked for anew', async () => {
    const { cluster, sender, shrink, leaders } = await leading([{ error: 'INELIGIBLE_REPLICA' }, shrunk]);
    await using _ = cluster;
    shrink();
    await sender.askedTimes(1);
    await Promise.resolve();
    expect(leaders[0]!.state.pending).toBeUndefined();
    shrink();
    await sender.askedTimes(2);
  });
});
