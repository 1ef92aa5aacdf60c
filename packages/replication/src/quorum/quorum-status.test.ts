import { memoryHost, Simulation } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { openQuorum, RecordedListener, valueBatch } from '../testing/open-quorum.ts';
import { hostName, QUORUM_PORT, QuorumNode } from '../testing/quorum-node.ts';
import type { QuorumStatus } from './quorum-status.ts';
import { VoterSet } from './voter-set.ts';

const VOTERS = [1, 2, 3];
const OBSERVER = 4;

/** Three voters and a node without a vote. */
class Watched {
  readonly simulation = new Simulation({ seed: 'status' });
  readonly nodes: readonly QuorumNode[];

  constructor() {
    const text = VOTERS.map((id) => `${id}@${hostName(id)}:${QUORUM_PORT}`).join(',');
    this.nodes = [...VOTERS, OBSERVER].map(
      (nodeId) =>
        new QuorumNode({
          simulation: this.simulation,
          nodeId,
          directoryId: `AAAAAAAAAAAAAAAAAAA${nodeId}AA`,
          quorum: { staticVoters: VoterSet.parse(text, 'CONTROLLER'), isController: nodeId !== OBSERVER },
          listener: () => new RecordedListener(),
        }),
    );
  }

  run(body: (watched: Watched) => Promise<void>): Promise<void> {
    return this.simulation.run(async () => {
      await Promise.all(this.nodes.map((node) => node.start()));
      await body(this);
    });
  }

  async leader(): Promise<QuorumNode> {
    for (;;) {
      const found = this.nodes.find(({ quorum }) => quorum?.isLeader === true);
      if (found !== undefined) return found;
      await this.simulation.sleep(10);
    }
  }

  statusOf({ quorum }: QuorumNode): QuorumStatus {
    return quorum!.status();
  }
}

describe('what the quorum says of itself', () => {
  test('is who is what, for whom it voted, and how many only follow', () =>
    new Watched().run(async (watched) => {
      const leader = await watched.leader();
      await watched.simulation.sleep(2000);
      for (const node of watched.nodes) {
        const { standing, votedFor, observers, logEndEpoch } = watched.statusOf(node);
        const follows = node.id === OBSERVER ? 'observer' : 'follower';
        expect(standing).toBe(node === leader ? 'leader' : follows);
        expect(votedFor).toBe(node === leader ? leader.id : -1);
        expect(observers).toBe(node === leader ? 1 : 0);
        expect(logEndEpoch).toBe(leader.quorum!.epoch);
      }
    }));

  test('is how fast records come, until there were none for a while', () =>
    new Watched().run(async (watched) => {
      const leader = await watched.leader();
      const others = watched.nodes.filter((node) => node !== leader);
      await watched.simulation.sleep(100_000);
      expect(watched.statusOf(leader)).toMatchObject({
        appendedPerSec: 0,
        commitAverageMs: 0,
        commitMaxMs: 0,
      });
      for (let index = 0; index < 30; index++) {
        const { quorum } = leader;
        await quorum!.append(quorum!.epoch, valueBatch('a', 'b'), 2).committed;
      }
      await watched.simulation.sleep(1000);
      const status = watched.statusOf(leader);
      expect(status.appendedPerSec).toBeCloseTo(2, 1);
      expect(status.commitAverageMs).toBeGreaterThan(0);
      expect(status.commitMaxMs).toBeGreaterThanOrEqual(status.commitAverageMs);
      expect(status.commitMaxMs).toBeLessThan(100);
      for (const node of others) {
        const { fetchedPerSec, appendedPerSec } = watched.statusOf(node);
        expect(fetchedPerSec).toBeCloseTo(2, 1);
        expect(appendedPerSec).toBe(0);
      }
      await watched.simulation.sleep(60_000);
      expect(watched.statusOf(leader)).toMatchObject({ appendedPerSec: 0, commitMaxMs: 0 });
      for (const node of others) expect(watched.statusOf(node).fetchedPerSec).toBe(0);
    }));

  test('is how long it took to have a leader again, on who stood for it', () =>
    new Watched().run(async (watched) => {
      const first = await watched.leader();
      await watched.simulation.sleep(100_000);
      expect(watched.statusOf(first)).toMatchObject({ electionAverageMs: 0, electionMaxMs: 0 });
      for (const { id } of watched.nodes) {
        if (id !== first.id)
          watched.simulation.network.partition({ from: hostName(first.id), to: hostName(id) });
      }
      const others = watched.nodes.filter((node) => node !== first);
      for (;;) {
        if (others.some(({ quorum }) => quorum!.isLeader)) break;
        await watched.simulation.sleep(10);
      }
      const second = others.find(({ quorum }) => quorum!.isLeader)!;
      const { electionAverageMs, electionMaxMs } = watched.statusOf(second);
      expect(electionAverageMs).toBeGreaterThan(0);
      expect(electionMaxMs).toBeGreaterThanOrEqual(electionAverageMs);
      expect(electionMaxMs).toBeLessThan(5000);
      await watched.simulation.sleep(10_000);
      // It stands again and again in the epoch in which it has voted for itself.
      expect(['prospective-voted', 'unattached-voted']).toContain(watched.statusOf(first).standing);
      expect(watched.statusOf(first)).toMatchObject({ votedFor: first.id, electionMaxMs: 0 });
    }));

  test('is what went to the other nodes and came back', () =>
    new Watched().run(async (watched) => {
      await watched.leader();
      await watched.simulation.sleep(2000);
      const { traffic } = watched.nodes[OBSERVER - 1]!.quorum!;
      const before = { ...traffic };
      expect(before.requests).toBeGreaterThan(0);
      await watched.simulation.sleep(2000);
      expect(traffic.requests).toBeGreaterThan(before.requests);
      expect(traffic.requests - traffic.responses).toBeLessThanOrEqual(1);
      expect(traffic.bytesOut - before.bytesOut).toBeGreaterThan(20 * (traffic.requests - before.requests));
      expect(traffic.bytesIn - before.bytesIn).toBeGreaterThan(20 * (traffic.responses - before.responses));
    }));

  test('names the voters whose address is not known', async () => {
    const parsed = VoterSet.parse('1@a:1,2@b:1', 'CONTROLLER').voters;
    const staticVoters = new VoterSet([...parsed, ...VoterSet.alone(3).voters]);
    const { quorum, close } = await openQuorum(memoryHost(), '/data', { staticVoters });
    expect(quorum.status()).toMatchObject({
      unknownVoters: 1,
      standing: 'unattached',
      isVoterChangeOpen: false,
    });
    await close();
  });
});
