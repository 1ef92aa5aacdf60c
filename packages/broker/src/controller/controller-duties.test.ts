import { silentLogger, Simulation } from '@millrace/host';
import { KafkaError } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ControllerDuties } from './controller-duties.ts';
import { Cluster } from './testing/cluster.ts';

const quick = {
  'broker.session.timeout.ms': '800',
  'leader.imbalance.check.interval.seconds': '2',
  'unclean.leader.election.interval.ms': '3000',
  'metadata.max.idle.interval.ms': '500',
};

async function withDuties(
  cluster: Cluster,
  isAlone: boolean,
  body: (duties: ControllerDuties, elapse: (durationMs: number) => Promise<void>) => Promise<void>,
) {
  const simulation = new Simulation({ seed: 'duties' });
  await simulation.run(async () => {
    const host = simulation.host('node');
    const startedAtMs = host.clock.monotonicMs();
    const base = cluster.nowMs;
    const duties = new ControllerDuties({
      timers: host.timers,
      logger: silentLogger,
      config: cluster.config,
      isAlone,
      run: async (operation) => {
        cluster.nowMs = base + host.clock.monotonicMs() - startedAtMs;
        return cluster.run(operation);
      },
    });
    const elapse = (durationMs: number) =>
      new Promise<void>((resolve) => void host.timers.schedule(durationMs, resolve));
    await body(duties, elapse);
    duties.stop();
  });
}

const noOps = ({ records }: Cluster) => records.filter(({ type }) => type === 'NoOp').length;

describe('the active controller', () => {
  it('fences all who are silent, soon after their sessions have ended', async () => {
    const cluster = Cluster.of([1, 2], { properties: quick });
    await withDuties(cluster, false, async (duties, elapse) => {
      duties.start();
      await elapse(790);
      expect([cluster.broker(1).isFenced, cluster.broker(2).isFenced]).toEqual([false, false]);
      await elapse(200);
      expect([cluster.broker(1).isFenced, cluster.broker(2).isFenced]).toEqual([true, true]);
    });
  });

  it('moves leaderships back, and elects uncleanly where that is wanted', async () => {
    const cluster = Cluster.of([1, 2], { properties: { ...quick, 'broker.session.timeout.ms': '60000' } });
    cluster.topic('orders', [[1, 2]]);
    cluster.topic('risky', [[2, 1]]);
    cluster.heartbeat(1, { wantFence: true });
    cluster.heartbeat(2, { wantFence: true });
    cluster.heartbeat(2);
    cluster.heartbeat(1);
    cluster.join(cluster.topicOf('orders').id, 0, [2, 1]);
    cluster.heartbeat(2, { wantFence: true });
    cluster.heartbeat(2);
    cluster.write(...cluster.changeIsr('orders', 0, [2, 1], 2), ...cluster.changeIsr('risky', 0, [9], -1));
    cluster.setTopicConfig('risky', 'unclean.leader.election.enable', 'true');
    await withDuties(cluster, true, async (duties, elapse) => {
      duties.start();
      await elapse(2100);
      expect(cluster.partition('orders').leader).toBe(1);
      expect(cluster.partition('risky').leader).toBe(-1);
      await elapse(1000);
      expect(cluster.partition('risky').leader).toBe(2);
    });
  });

  it('keeps the metadata log moving for others, and neither fences nor writes when it is alone', async () => {
    for (const isAlone of [false, true]) {
      const cluster = Cluster.of([1], { properties: quick });
      await withDuties(cluster, isAlone, async (duties, elapse) => {
        duties.start();
        await elapse(1600);
        expect([noOps(cluster), cluster.broker(1).isFenced]).toEqual(isAlone ? [0, false] : [3, true]);
      });
    }
  });

  it('stops when it is not the active one any more, and begins anew', async () => {
    const cluster = Cluster.of([1], { properties: quick });
    await withDuties(cluster, false, async (duties, elapse) => {
      duties.start();
      await elapse(600);
      duties.stop();
      await elapse(5000);
      expect(noOps(cluster)).toBe(1);
      duties.start();
      await elapse(600);
      expect(noOps(cluster)).toBe(2);
    });
  });

  it('tries again what failed', async () => {
    const simulation = new Simulation({ seed: 'duties' });
    const cluster = Cluster.of([], { properties: quick });
    let tries = 0;
    await simulation.run(async () => {
      const { timers } = simulation.host('node');
      const run = async (): Promise<never> => {
        tries++;
        throw new KafkaError('NOT_CONTROLLER', 'not any more');
      };
      const duties = new ControllerDuties({
        timers,
        logger: silentLogger,
        config: cluster.config,
        isAlone: false,
        run,
      });
      duties.start();
      await new Promise<void>((resolve) => void timers.schedule(1050, resolve));
      duties.stop();
    });
    expect(tries).toBe(12);
  });
});
