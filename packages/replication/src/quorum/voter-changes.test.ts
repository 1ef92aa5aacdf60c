import { Simulation } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { RecordedListener, valueBatch } from '../testing/open-quorum.ts';
import { hostName, QUORUM_PORT, QuorumNode } from '../testing/quorum-node.ts';
import { defaultQuorumSettings, type QuorumSettings } from './quorum-settings.ts';
import { VoterSet, type Voter } from './voter-set.ts';

const ADD_TIMEOUT_MS = 5000;

function voter(id: number): Voter {
  return {
    id,
    directoryId: `AAAAAAAAAAAAAAAAAAA${id}AA`,
    endpoints: [{ name: 'CONTROLLER', host: hostName(id), port: QUORUM_PORT }],
    minKraftVersion: 0,
    maxKraftVersion: 1,
  };
}

/** Controllers 1 to 3, of which only those with an id up to `voters` have a vote at first. */
class Growing {
  readonly simulation: Simulation;
  readonly nodes: QuorumNode[];
  readonly listeners = new Map<number, RecordedListener>();

  constructor(seed: string, voters: number, settings: Partial<QuorumSettings> = {}) {
    this.simulation = new Simulation({ seed });
    const initialVoters = new VoterSet(Array.from({ length: voters }, (_, at) => voter(at + 1)));
    this.nodes = [1, 2, 3].map(
      (nodeId) =>
        new QuorumNode({
          simulation: this.simulation,
          nodeId,
          directoryId: voter(nodeId).directoryId,
          ...(nodeId <= voters ? { initialVoters } : {}),
          quorum: {
            bootstrapServers: [{ host: hostName(1), port: QUORUM_PORT }],
            settings: { ...defaultQuorumSettings, ...settings },
          },
          listener: () => {
            const listener = new RecordedListener();
            this.listeners.set(nodeId, listener);
            return listener;
          },
        }),
    );
  }

  run(body: (cluster: Growing) => Promise<void>): Promise<void> {
    return this.simulation.run(async () => {
      await Promise.all(this.nodes.map((node) => node.start()));
      await body(this);
    });
  }

  get leader(): QuorumNode | undefined {
    return this.nodes.find(({ quorum }) => quorum?.isLeader === true);
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.simulation.sleep(10);
  }

  votersOn(id: number): string {
    return String(this.nodes[id - 1]!.quorum!.voters);
  }

  async add(id: number): Promise<number> {
    const { directoryId: voterDirectoryId, endpoints } = voter(id);
    const { errorCode } = await this.leader!.quorum!.handleAddVoter({
      clusterId: null,
      timeoutMs: ADD_TIMEOUT_MS,
      voterId: id,
      voterDirectoryId,
      listeners: [...endpoints],
      ackWhenCommitted: true,
    });
    return errorCode;
  }

  async remove(id: number, voterDirectoryId: string = voter(id).directoryId): Promise<number> {
    const request = { clusterId: null, voterId: id, voterDirectoryId };
    return (await this.leader!.quorum!.handleRemoveVoter(request)).errorCode;
  }
}

describe('voters in the log', () => {
  test('begin with those of the formatting, and one more at a time gets a vote', () =>
    new Growing('add', 1).run(async (cluster) => {
      await cluster.until(() => cluster.nodes.every(({ quorum }) => quorum!.highWatermark >= 3));
      expect([cluster.votersOn(1), cluster.votersOn(2)]).toEqual(['1', '1']);
      expect(await cluster.add(2)).toBe(ErrorCode.NONE);
      expect(await cluster.add(3)).toBe(ErrorCode.NONE);
      expect(await cluster.add(3)).toBe(ErrorCode.DUPLICATE_VOTER);
      await cluster.until(() => [1, 2, 3].every((id) => cluster.votersOn(id) === '1,2,3'));
      cluster.leader!.host.crash({ unsynced: 'lost' });
      await cluster.until(() => cluster.leader !== undefined);
      const { quorum } = cluster.leader!;
      await quorum!.append(quorum!.epoch, valueBatch('without the first'), 1).committed;
    }));

  test('a leader that is removed hands over when that is committed', () =>
    new Growing('remove', 3).run(async (cluster) => {
      await cluster.until(() => cluster.leader !== undefined && cluster.leader.quorum!.highWatermark >= 3);
      const removed = cluster.leader!;
      expect(await cluster.remove(removed.id)).toBe(ErrorCode.NONE);
      await cluster.until(() => cluster.leader !== undefined && cluster.leader !== removed);
      expect(cluster.votersOn(cluster.leader!.id)).not.toContain(String(removed.id));
      const { quorum } = cluster.leader!;
      await quorum!.append(quorum!.epoch, valueBatch('after'), 1).committed;
      const { values } = cluster.listeners.get(removed.id)!;
      await cluster.until(() => [...values.values()].includes('after'));
    }));

  test('a change is open until it is committed', () =>
    new Growing('open', 2).run(async (cluster) => {
      await cluster.until(() => cluster.leader !== undefined && cluster.leader.quorum!.highWatermark >= 3);
      const leader = cluster.leader!;
      const isOpen = (): boolean => leader.quorum!.status().isVoterChangeOpen;
      expect(isOpen()).toBe(false);
      const added = cluster.add(3);
      while (!isOpen()) await cluster.simulation.sleep(1);
      expect(await added).toBe(ErrorCode.NONE);
      expect(isOpen()).toBe(false);
    }));

  test('a change that is committed leaves no timer behind', () =>
    new Growing('timer', 1).run(async (cluster) => {
      await cluster.until(() => cluster.nodes.every(({ quorum }) => quorum!.highWatermark >= 3));
      const { timers } = cluster.leader!.host;
      const schedule = timers.schedule.bind(timers);
      let count = 0;
      timers.schedule = (delayMs, callback) => {
        const timer = schedule(delayMs, callback);
        if (delayMs !== ADD_TIMEOUT_MS) return timer;
        count++;
        return {
          cancel: () => {
            count--;
            timer.cancel();
          },
        };
      };
      const added = cluster.add(2);
      await cluster.until(() => count > 0);
      expect(await added).toBe(ErrorCode.NONE);
      expect(count).toBe(0);
    }));

  test('a change waits for the one before, and for a voter that is there', () =>
    new Growing('refuse', 1).run(async (cluster) => {
      await cluster.until(() => cluster.leader?.quorum?.highWatermark === 3);
      expect(await cluster.remove(2)).toBe(ErrorCode.VOTER_NOT_FOUND);
      expect(await cluster.remove(1, voter(2).directoryId)).toBe(ErrorCode.VOTER_NOT_FOUND);
      expect(await cluster.remove(1)).toBe(ErrorCode.INVALID_REQUEST);
      cluster.nodes[1]!.host.crash();
      expect(await cluster.add(2)).toBe(ErrorCode.REQUEST_TIMED_OUT);
      expect(cluster.votersOn(1)).toBe('1');
    }));

  test('controllers make themselves voters where that is wanted', () =>
    new Growing('join', 1, { 'controller.quorum.auto.join.enable': true }).run(async (cluster) => {
      await cluster.until(() => [1, 2, 3].every((id) => cluster.votersOn(id) === '1,2,3'));
      const { quorum } = cluster.leader!;
      const request = { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] };
      const [topic] = quorum!.handleDescribeQuorum(request, 2).topics;
      expect(topic!.partitions[0]).toMatchObject({
        errorCode: 0,
        leaderId: cluster.leader!.id,
        leaderEpoch: quorum!.epoch,
        currentVoters: [1, 2, 3].map((replicaId) => ({
          replicaId,
          replicaDirectoryId: voter(replicaId).directoryId,
        })),
        observers: [],
      });
    }));

  test('only the leader changes them', () =>
    new Growing('follower', 1).run(async (cluster) => {
      await cluster.until(() => cluster.leader !== undefined);
      const { quorum } = cluster.nodes[2]!;
      const { errorCode } = await quorum!.handleRemoveVoter({
        clusterId: null,
        voterId: 1,
        voterDirectoryId: voter(1).directoryId,
      });
      expect(errorCode).toBe(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    }));
});
