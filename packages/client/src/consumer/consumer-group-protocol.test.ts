import { describe, expect, it } from 'vitest';
import type { Consumer } from './consumer.ts';
import type { ConsumerProperties } from './consumer-properties.ts';
import { GroupRefusedError } from './consumer-errors.ts';
import type { RebalanceListener } from './group/rebalance-listener.ts';
import { SubscriptionPattern } from './subscription/subscription-pattern.ts';
import { assignmentSizes, partitionNames, pollUntil } from './testing/group-of-consumers.ts';
import { recordTexts, TestCluster } from './testing/test-cluster.ts';
import type { TopicPartition } from './topic-partition.ts';

/** `group.protocol=consumer`: the broker assigns (KIP-848). */
const NEW_PROTOCOL = { 'group.id': 'g', 'group.protocol': 'consumer' } as const;

/** Writes down what it is told, with a name before it. */
function recording(events: string[], name: string): RebalanceListener {
  const note = (what: string) => (partitions: readonly TopicPartition[]) => {
    if (partitions.length > 0) events.push(`${name} ${what} ${partitionNames(partitions)}`);
  };
  return {
    onPartitionsAssigned: note('assigned'),
    onPartitionsRevoked: note('revoked'),
    onPartitionsLost: note('lost'),
  };
}

function member(
  cluster: TestCluster,
  properties: ConsumerProperties = {},
  listener?: RebalanceListener,
): Consumer {
  const consumer = cluster.consumer({ ...NEW_PROTOCOL, ...properties });
  consumer.subscribe('t', listener);
  return consumer;
}

describe('members of a group with assignment by the broker', () => {
  it('share the partitions, and only what moves is given up', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 4);
      const events: string[] = [];
      const a = member(cluster, {}, recording(events, 'a'));
      await pollUntil([a], () => assignmentSizes([a]) === '4');
      const b = member(cluster, {}, recording(events, 'b'));
      await pollUntil([a, b], () => assignmentSizes([a, b]) === '2 2');
      await b.close();
      await pollUntil([a], () => assignmentSizes([a]) === '4');
      expect(events).toEqual([
        'a assigned t-0 t-1 t-2 t-3',
        expect.stringMatching(/^a revoked t-\d t-\d$/),
        expect.stringMatching(/^b assigned t-\d t-\d$/),
        expect.stringMatching(/^b revoked t-\d t-\d$/),
        expect.stringMatching(/^a assigned t-\d t-\d$/),
      ]);
    }));

  it('go on where the group has committed', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      await cluster.produce(['1', '2', '3'].map((value) => ({ topic: 't', value })));
      const first = member(cluster, { 'auto.offset.reset': 'earliest', 'max.poll.records': 2 });
      const seen: string[] = [];
      while (seen.length < 2) seen.push(...recordTexts(await first.poll()));
      await first.commit();
      await first.close();
      const second = member(cluster);
      const rest: string[] = [];
      while (rest.length === 0) rest.push(...recordTexts(await second.poll()));
      expect([seen, rest]).toEqual([['t-0:1', 't-0:2'], ['t-0:3']]);
    }));

  it('find topics that match a pattern later', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('logs-a');
      const consumer = cluster.consumer({ ...NEW_PROTOCOL, 'metadata.max.age.ms': 1000 });
      consumer.subscribe(/logs-.*/);
      await pollUntil([consumer], () => assignmentSizes([consumer]) === '1');
      await cluster.createTopic('logs-b');
      await pollUntil([consumer], () => assignmentSizes([consumer]) === '2');
      expect(partitionNames(consumer.assignment())).toMatch(/logs-a-0/);
    }));

  it('let the broker find topics that match an expression', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('logs-a');
      await cluster.createTopic('other');
      const consumer = cluster.consumer({ ...NEW_PROTOCOL, 'metadata.max.age.ms': 1000 });
      consumer.subscribe(new SubscriptionPattern('logs-.*'));
      await pollUntil([consumer], () => assignmentSizes([consumer]) === '1');
      await cluster.createTopic('logs-b');
      await pollUntil([consumer], () => assignmentSizes([consumer]) === '2');
      consumer.subscribe('other');
      await pollUntil([consumer], () => partitionNames(consumer.assignment()) === 'other-0');
    }));

  it('are told what is wrong with an expression', () =>
    TestCluster.simulate(async (cluster) => {
      const broken = cluster.consumer(NEW_PROTOCOL);
      broken.subscribe(new SubscriptionPattern('('));
      await expect(pollUntil([broken], () => false)).rejects.toThrow(GroupRefusedError);
      const classic = cluster.consumer({ 'group.id': 'g' });
      expect(() => classic.subscribe(new SubscriptionPattern('a'))).toThrow('group.protocol=consumer');
    }));

  it('take over the partitions of a topic that is created after they subscribed', () =>
    TestCluster.simulate(async (cluster) => {
      const consumer = member(cluster);
      await consumer.poll({ timeoutMs: 100 });
      await cluster.createTopic('t', 2);
      await pollUntil([consumer], () => assignmentSizes([consumer]) === '2');
    }));

  it('that poll too rarely lose their partitions, and join again with the next poll', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      const events: string[] = [];
      const consumer = member(cluster, { 'max.poll.interval.ms': 10_000 }, recording(events, 'a'));
      await pollUntil([consumer], () => assignmentSizes([consumer]) === '1');
      await simulation.sleep(20_000);
      await pollUntil([consumer], () => events.length === 3);
      expect(events).toEqual(['a assigned t-0', 'a lost t-0', 'a assigned t-0']);
    }));

  it('that are static come back to what they had, without a rebalance (platformatic/kafka#148)', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 4);
      const events: string[] = [];
      const a = member(cluster, { 'group.instance.id': 'one' });
      const b = member(cluster, {}, recording(events, 'b'));
      await pollUntil([a, b], () => assignmentSizes([a, b]) === '2 2');
      const before = partitionNames(a.assignment());
      events.length = 0;
      await a.close();
      const again = member(cluster, { 'group.instance.id': 'one' });
      await pollUntil([again, b], () => assignmentSizes([again]) === '2');
      expect([partitionNames(again.assignment()), events]).toEqual([before, []]);
    }));

  it('live beside members of the classic protocol', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 4);
      const classic = cluster.consumer({
        'group.id': 'g',
        'partition.assignment.strategy': 'cooperative-sticky',
      });
      classic.subscribe('t');
      await pollUntil([classic], () => assignmentSizes([classic]) === '4');
      const modern = member(cluster);
      await pollUntil([classic, modern], () => assignmentSizes([classic, modern]) === '2 2');
      await modern.close();
      await pollUntil([classic], () => assignmentSizes([classic]) === '4');
    }));

  it('are refused for good where an instance id is taken', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      const a = member(cluster, { 'group.instance.id': 'one' });
      await pollUntil([a], () => assignmentSizes([a]) === '1');
      const b = member(cluster, { 'group.instance.id': 'one' });
      await expect(pollUntil([b], () => false)).rejects.toThrow(GroupRefusedError);
    }));
});

describe('group.protocol=consumer', () => {
  it.each(['partition.assignment.strategy', 'session.timeout.ms', 'heartbeat.interval.ms'])(
    'does not go with %s, which the broker decides',
    (name) =>
      TestCluster.simulate(async (cluster) => {
        const properties = { ...NEW_PROTOCOL, [name]: name.endsWith('ms') ? 1000 : 'range' };
        await Promise.resolve();
        expect(() => cluster.consumer(properties)).toThrow(
          `"${name}" cannot be set with group.protocol=consumer`,
        );
      }),
  );
});
