import { Simulation } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { RecordedListener, valueBatch } from '../testing/open-quorum.ts';
import { hostName, QUORUM_PORT, QuorumNode } from '../testing/quorum-node.ts';
import { defaultQuorumSettings, type QuorumSettings } from './quorum-settings.ts';
import { VoterSet } from './voter-set.ts';

const DIRECTORY_IDS = ['', 'AAAAAAAAAAAAAAAAAAAAEQ', 'AAAAAAAAAAAAAAAAAAAAEg', 'AAAAAAAAAAAAAAAAAAAAEw'];

class Trio {
  readonly simulation: Simulation;
  readonly nodes: QuorumNode[];
  readonly listeners = new Map<number, RecordedListener>();

  constructor(seed: string, settings: Partial<QuorumSettings> = {}) {
    this.simulation = new Simulation({ seed });
    const staticVoters = VoterSet.parse(
      [1, 2, 3].map((id) => `${id}@${hostName(id)}:${QUORUM_PORT}`).join(','),
      'CONTROLLER',
    );
    this.nodes = [1, 2, 3].map(
      (nodeId) =>
        new QuorumNode({
          simulation: this.simulation,
          nodeId,
          directoryId: DIRECTORY_IDS[nodeId]!,
          quorum: { staticVoters, settings: { ...defaultQuorumSettings, ...settings } },
          listener: () => {
            const listener = new RecordedListener();
            this.listeners.set(nodeId, listener);
            return listener;
          },
        }),
    );
  }

  run(body: () => Promise<void>): Promise<void> {
    return this.simulation.run(async () => {
      await Promise.all(this.nodes.map((node) => node.start()));
      await body();
    });
  }

  async leader(): Promise<QuorumNode> {
    return this.until(() => this.nodes.find(({ quorum }) => quorum?.isLeader === true));
  }

  async until<T>(found: () => T | undefined): Promise<T> {
    for (;;) {
      const value = found();
      if (value !== undefined) return value;
      await this.simulation.sleep(10);
    }
  }

  async allHave(value: string): Promise<void> {
    await this.until(() => {
      const up = this.nodes.filter(({ quorum }) => quorum !== undefined);
      return up.every(({ id }) => [...this.listeners.get(id)!.values.values()].includes(value)) || undefined;
    });
  }

  async append(node: QuorumNode, value: string): Promise<void> {
    await node.quorum!.append(node.quorum!.epoch, valueBatch(value), 1).committed;
  }
}

function trio(
  seed: string,
  body: (trio: Trio) => Promise<void>,
  settings: Partial<QuorumSettings> = {},
): () => Promise<void> {
  return () => {
    const three = new Trio(seed, settings);
    return three.run(() => body(three));
  };
}

describe('a quorum of three', () => {
  test(
    'elects one leader, and what it appends reaches all',
    trio('elect', async (three) => {
      const leader = await three.leader();
      await three.append(leader, 'hello');
      await three.allHave('hello');
      expect(three.nodes.filter(({ quorum }) => quorum!.isLeader)).toHaveLength(1);
      for (const { quorum } of three.nodes) expect(quorum!.leader.leaderId).toBe(leader.id);
    }),
  );

  test(
    'commits within milliseconds, and knows on all nodes that it has',
    trio('fast', async (three) => {
      const leader = await three.leader();
      await three.append(leader, 'first');
      const startedMs = three.simulation.nowMs;
      await three.append(leader, 'second');
      expect(three.simulation.nowMs - startedMs).toBeLessThan(60);
      await three.allHave('second');
      expect(three.simulation.nowMs - startedMs).toBeLessThan(120);
    }),
  );

  test(
    'goes on without its leader, which comes back as a follower',
    trio('fail-over', async (three) => {
      const first = await three.leader();
      await three.append(first, 'kept');
      first.host.crash({ unsynced: 'lost' });
      const startedMs = three.simulation.nowMs;
      const second = await three.leader();
      expect(three.simulation.nowMs - startedMs).toBeLessThan(6000);
      await three.append(second, 'next');
      await first.restart();
      await three.allHave('next');
      expect([...three.listeners.get(first.id)!.values.values()]).toEqual(['kept', 'next']);
      expect(first.quorum!.leader.leaderId).toBe(second.id);
    }),
  );

  test(
    'drops what a leader without a majority has appended, and tells who appended it',
    trio('divergence', async (three) => {
      const old = await three.leader();
      for (const { id } of three.nodes) {
        if (id !== old.id) three.simulation.network.partition({ from: hostName(old.id), to: hostName(id) });
      }
      const lost = old.quorum!.append(old.quorum!.epoch, valueBatch('lost'), 1);
      const outcome = lost.committed.catch((error: unknown) => error);
      const others = three.nodes.filter((node) => node !== old);
      const next = await three.until(() => others.find(({ quorum }) => quorum!.isLeader));
      await three.append(next, 'won');
      expect(await outcome).toMatchObject({ code: 'ERR_REPLICATION_NOT_LEADER' });
      expect(old.quorum!.isLeader).toBe(false);
      three.simulation.network.healAll();
      await three.allHave('won');
      expect([...three.listeners.get(old.id)!.values.values()]).toEqual(['won']);
    }),
  );

  test(
    'is not disturbed by a node that hears nobody: epochs do not rise',
    trio('pre-vote', async (three) => {
      const leader = await three.leader();
      await three.append(leader, 'a');
      const { epoch } = leader.quorum!;
      const [lonely, other] = three.nodes.filter((node) => node !== leader);
      for (const { id } of [leader, other!]) {
        three.simulation.network.partition({ from: hostName(lonely!.id), to: hostName(id) });
      }
      await three.simulation.sleep(30_000);
      three.simulation.network.healAll();
      await three.append(leader, 'b');
      await three.allHave('b');
      expect(leader.quorum!.epoch).toBe(epoch);
    }),
  );

  test(
    'has a new leader soon after the old one resigns',
    trio('resign', async (three) => {
      const old = await three.leader();
      await three.append(old, 'a');
      const startedMs = three.simulation.nowMs;
      await old.quorum!.resign();
      await old.quorum!.close();
      const others = three.nodes.filter((node) => node !== old);
      await three.until(() => others.find(({ quorum }) => quorum!.isLeader));
      expect(three.simulation.nowMs - startedMs).toBeLessThan(300);
    }),
  );

  test(
    'gives a snapshot, piece by piece, to a node that is too far behind',
    trio(
      'snapshot',
      async (three) => {
        const leader = await three.leader();
        const behind = three.nodes.find((node) => node !== leader)!;
        behind.host.crash();
        for (let index = 0; index < 20; index++) await three.append(leader, `value ${index}`);
        const large = 'x'.repeat(5000);
        for (const endOffset of [10, 15]) {
          const batches = [valueBatch(`up to ${endOffset}`, large)];
          await leader.quorum!.saveSnapshot({ endOffset, lastTimestampMs: 0, batches });
        }
        expect(leader.quorum!.logStartOffset).toBe(15);
        await behind.restart();
        await three.append(leader, 'after');
        await three.allHave('after');
        const { snapshots, values } = three.listeners.get(behind.id)!;
        expect(snapshots.map(({ endOffset }) => endOffset)).toEqual([15]);
        expect(String(snapshots[0]!.bytes)).toContain('up to 15');
        expect(Math.min(...values.keys())).toBe(15);
        behind.host.crash();
        await behind.restart();
        await three.until(() => three.listeners.get(behind.id)!.values.size > 0 || undefined);
        expect(three.listeners.get(behind.id)!.snapshots).toHaveLength(1);
      },
      { 'metadata.max.retention.bytes': 1, 'controller.quorum.fetch.snapshot.max.bytes': 1000 },
    ),
  );
});
