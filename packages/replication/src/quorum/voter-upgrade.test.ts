import { Simulation } from '@millrace/host';
import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { RecordedListener, valueBatch } from '../testing/open-quorum.ts';
import { hostName, QUORUM_PORT, QuorumNode } from '../testing/quorum-node.ts';
import { VoterSet, type Voter } from './voter-set.ts';

function voter(id: number): Voter {
  return {
    id,
    directoryId: `AAAAAAAAAAAAAAAAAAA${id}AA`,
    endpoints: [{ name: 'CONTROLLER', host: hostName(id), port: QUORUM_PORT }],
    minKraftVersion: 0,
    maxKraftVersion: 1,
  };
}

/** Controllers whose voters are fixed, until they are upgraded. */
class Fixed {
  readonly simulation: Simulation;
  readonly nodes: QuorumNode[];

  constructor(seed: string) {
    this.simulation = new Simulation({ seed });
    const staticVoters = VoterSet.parse(
      [1, 2, 3].map((id) => `${id}@${hostName(id)}:${QUORUM_PORT}`).join(),
      'CONTROLLER',
    );
    this.nodes = [1, 2, 3].map(
      (nodeId) =>
        new QuorumNode({
          simulation: this.simulation,
          nodeId,
          directoryId: voter(nodeId).directoryId,
          quorum: { staticVoters },
          listener: () => new RecordedListener(),
        }),
    );
  }

  run(body: (cluster: Fixed) => Promise<void>): Promise<void> {
    return this.simulation.run(async () => {
      await Promise.all(this.nodes.map((node) => node.start()));
      await this.until(() => (this.leader?.quorum?.highWatermark ?? -1) > 0);
      await body(this);
    });
  }

  get leader(): QuorumNode | undefined {
    return this.nodes.find(({ quorum }) => quorum?.isLeader === true);
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.simulation.sleep(10);
  }

  upgrade(level = 1, validateOnly = false): Promise<void> {
    return this.leader!.quorum!.upgradeKraftVersion({ level, validateOnly });
  }

  /** As soon as all voters have told the leader what it has to know. */
  async upgradeWhenTold(): Promise<void> {
    for (;;) {
      const problem = await this.upgrade().catch(String);
      if (problem === undefined) return;
      await this.simulation.sleep(100);
    }
  }

  directoriesOn(id: number): readonly string[] {
    return this.nodes[id - 1]!.quorum!.voters.voters.map(({ directoryId }) => directoryId);
  }

  async change(kind: 'add' | 'remove', id: number): Promise<number> {
    const { directoryId: voterDirectoryId, endpoints } = voter(id);
    const { quorum } = this.leader!;
    const request = { clusterId: null, voterId: id, voterDirectoryId };
    if (kind === 'remove') return (await quorum!.handleRemoveVoter(request)).errorCode;
    const added = { ...request, timeoutMs: 5000, listeners: [...endpoints], ackWhenCommitted: true };
    return (await quorum!.handleAddVoter(added)).errorCode;
  }
}

const allDirectories = [1, 2, 3].map((id) => voter(id).directoryId);

describe('fixed voters', () => {
  test('get into the log, with the directories and endpoints that they have told the leader', () =>
    new Fixed('upgrade').run(async (cluster) => {
      expect(cluster.directoriesOn(1)).toEqual([ZERO_UUID, ZERO_UUID, ZERO_UUID]);
      await cluster.upgradeWhenTold();
      await cluster.until(() => cluster.nodes.every(({ quorum }) => quorum!.kraftVersion === 1));
      for (const id of [1, 2, 3]) expect(cluster.directoriesOn(id)).toEqual(allDirectories);
      expect(cluster.leader!.quorum!.voters.get(2)).toEqual(voter(2));
    }));

  test('can be changed from then on, whoever leads, and after a power loss of all', () =>
    new Fixed('change').run(async (cluster) => {
      expect(await cluster.change('remove', 3)).toBe(ErrorCode.UNSUPPORTED_VERSION);
      await cluster.upgradeWhenTold();
      const removed = cluster.leader!.id === 3 ? 2 : 3;
      expect(await cluster.change('remove', removed)).toBe(ErrorCode.NONE);
      for (const { host } of cluster.nodes) host.crash({ unsynced: 'lost' });
      await Promise.all(cluster.nodes.map((node) => node.restart()));
      await cluster.until(() => (cluster.leader?.quorum?.highWatermark ?? -1) > 0);
      expect(cluster.leader!.quorum!.voters.get(removed)).toBeUndefined();
      let errorCode: number = ErrorCode.REQUEST_TIMED_OUT;
      while (errorCode === ErrorCode.REQUEST_TIMED_OUT) errorCode = await cluster.change('add', removed);
      expect(errorCode).toBe(ErrorCode.NONE);
      const { quorum } = cluster.leader!;
      await quorum!.append(quorum!.epoch, valueBatch('goes on'), 1).committed;
      await cluster.until(() => cluster.nodes.every((node) => String(node.quorum!.voters) === '1,2,3'));
    }));

  test('stay fixed while one of them is down, which the refusal names', () =>
    new Fixed('silent').run(async (cluster) => {
      const down = cluster.nodes.find((node) => node !== cluster.leader)!;
      down.host.crash();
      await cluster.simulation.sleep(10_000);
      await expect(cluster.upgrade()).rejects.toThrow(`voter ${down.id} has not told the leader yet`);
      await down.restart();
      await cluster.upgradeWhenTold();
    }));

  test('are not touched by a question whether they could be upgraded', () =>
    new Fixed('validate').run(async (cluster) => {
      await cluster.simulation.sleep(10_000);
      const { nextOffset } = cluster.leader!.quorum!;
      await cluster.upgrade(1, true);
      await cluster.upgrade(0);
      expect(cluster.leader!.quorum!).toMatchObject({ kraftVersion: 0, nextOffset });
      await expect(cluster.upgrade(2)).rejects.toThrow('levels 0 to 1 are supported');
      await cluster.upgrade();
      await cluster.upgrade();
      await expect(cluster.upgrade(0)).rejects.toThrow('stay there');
    }));

  test('come back where the upgrade was never committed', () =>
    new Fixed('truncated').run(async (cluster) => {
      await cluster.simulation.sleep(10_000);
      const former = cluster.leader!;
      const others = cluster.nodes.filter((node) => node !== former);
      for (const { id } of others) {
        cluster.simulation.network.partition({ from: hostName(former.id), to: hostName(id) });
      }
      const lost = cluster.upgrade();
      void lost.catch(() => {});
      await cluster.until(() => former.quorum!.kraftVersion === 1);
      await cluster.until(() => others.some(({ quorum }) => quorum!.isLeader));
      cluster.simulation.network.healAll();
      await cluster.until(() => former.quorum!.kraftVersion === 0);
      await expect(lost).rejects.toThrow('does not lead');
      await cluster.upgradeWhenTold();
    }));

  test('are upgraded by the leader only, and a follower that is asked follows on', () =>
    new Fixed('follower').run(async (cluster) => {
      const follower = cluster.nodes.find((node) => node !== cluster.leader)!;
      await expect(follower.quorum!.upgradeKraftVersion({ level: 1, validateOnly: false })).rejects.toThrow(
        `Node ${cluster.leader!.id} leads the quorum`,
      );
      await cluster.upgradeWhenTold();
      await cluster.until(() => follower.quorum!.kraftVersion === 1);
    }));
});
