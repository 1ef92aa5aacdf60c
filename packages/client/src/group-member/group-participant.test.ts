import type { Host, Simulation } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { TestCluster } from '../consumer/testing/test-cluster.ts';
import { GroupParticipant } from './group-participant.ts';
import type { GroupProtocol } from './group-protocol.ts';

interface Voter {
  readonly participant: GroupParticipant;
  /** Whom this member thinks to be elected, or that nobody is. */
  readonly heard: string[];
}

/** Elects the smallest name. */
function vote(name: string, host: Host, bootstrapServers: string): Voter {
  const heard: string[] = [];
  const protocol: GroupProtocol = {
    protocolType: 'vote',
    offers: () => [{ name: 'v0', metadata: Buffer.from(name) }],
    assign({ members }) {
      const names = members.map(({ metadata }) => metadata.toString()).toSorted();
      return new Map(members.map(({ memberId }) => [memberId, Buffer.from(names[0]!)]));
    },
    onAssigned: (assignment) => void heard.push(assignment.toString()),
    onRevoked: () => void heard.push('nobody'),
  };
  const properties = { 'bootstrap.servers': bootstrapServers, 'group.id': 'voters' };
  const participant = new GroupParticipant(properties, protocol, { host });
  participant.start();
  return { participant, heard };
}

async function settle(simulation: Simulation, isDone: () => boolean): Promise<void> {
  const host = simulation.host('watch');
  for (let second = 0; !isDone(); second++) {
    if (second > 120) throw new Error('not reached in two minutes of virtual time');
    await new Promise<void>((resolve) => host.timers.schedule(1000, resolve));
  }
}

describe('participants of a group', () => {
  test('agree on what their leader says, and again when one leaves', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      const start = (name: string) => vote(name, simulation.host(name), cluster.bootstrapServers);
      const [a, b, c] = [start('a'), start('b'), start('c')];
      const elected = ({ heard }: Voter) => heard.at(-1);
      await settle(simulation, () => [a, b, c].every((voter) => elected(voter) === 'a'));
      await a.participant.close();
      expect(elected(a)).toBe('nobody');
      await settle(simulation, () => [b, c].every((voter) => elected(voter) === 'b'));
      await b.participant.close();
      await c.participant.close();
    }));

  test('notice a member that has died', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      const dying = simulation.host('a');
      vote('a', dying, cluster.bootstrapServers);
      const b = vote('b', simulation.host('b'), cluster.bootstrapServers);
      await settle(simulation, () => b.heard.at(-1) === 'a');
      dying.kill();
      await settle(simulation, () => b.heard.at(-1) === 'b');
      await b.participant.close();
    }));

  test('come back after their broker was killed', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      const a = vote('a', simulation.host('a'), cluster.bootstrapServers);
      await settle(simulation, () => a.heard.at(-1) === 'a');
      await cluster.restartBroker();
      const b = vote('b', simulation.host('b'), cluster.bootstrapServers);
      await settle(simulation, () => b.heard.at(-1) === 'a');
      await a.participant.close();
      await settle(simulation, () => b.heard.at(-1) === 'b');
      await b.participant.close();
    }));

  test('hear of each agreement once, with an end before the next one', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      const a = vote('a', simulation.host('a'), cluster.bootstrapServers);
      await settle(simulation, () => a.heard.length === 1);
      a.participant.rejoin('asked to');
      await settle(simulation, () => a.heard.length === 3);
      expect(a.heard).toEqual(['a', 'nobody', 'a']);
      await a.participant.close();
      await a.participant.close();
      expect(a.heard).toEqual(['a', 'nobody', 'a', 'nobody']);
    }));

  test('do not join a group of another kind', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      const consumer = cluster.consumer({ 'group.id': 'voters' });
      consumer.subscribe('t');
      while (consumer.assignment().length === 0) await consumer.poll({ timeoutMs: 100 });
      const a = vote('a', simulation.host('a'), cluster.bootstrapServers);
      await consumer.poll({ timeoutMs: 1000 });
      expect(a.heard).toEqual([]);
      await consumer.close();
      await settle(simulation, () => a.heard.at(-1) === 'a');
      await a.participant.close();
    }));
});
