import { describe, expect, it } from 'vitest';
import type { Consumer } from './consumer.ts';
import type { ConsumerProperties } from './consumer-properties.ts';
import type { RebalanceListener } from './group/rebalance-listener.ts';
import { assignmentSizes, partitionNames, pollUntil } from './testing/group-of-consumers.ts';
import { pollRecords, recordTexts, TestCluster } from './testing/test-cluster.ts';
import type { TopicPartition } from './topic-partition.ts';

const T0 = { topic: 't', partition: 0 };
const COOPERATIVE = { 'partition.assignment.strategy': 'cooperative-sticky' };

/** Writes down what it is told, with a name before it. */
function recording(events: string[], name = ''): RebalanceListener {
  const note = (what: string) => (partitions: readonly TopicPartition[]) => {
    events.push(`${name}${what} ${partitionNames(partitions)}`.trim());
  };
  return {
    onPartitionsAssigned: note('assigned'),
    onPartitionsRevoked: note('revoked'),
    onPartitionsLost: note('lost'),
  };
}

function member(
  cluster: TestCluster,
  properties: ConsumerProperties,
  listener?: RebalanceListener,
): Consumer {
  const consumer = cluster.consumer({ 'group.id': 'g', ...properties });
  consumer.subscribe('t', listener);
  return consumer;
}

describe('two members of a group', () => {
  it('share the partitions by range, and everything changes hands when one comes or goes', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 4);
      const events: string[] = [];
      const a = member(cluster, {}, recording(events, 'a '));
      await pollUntil([a], () => assignmentSizes([a]) === '4');
      const b = member(cluster, {}, recording(events, 'b '));
      await pollUntil([a, b], () => assignmentSizes([a, b]) === '2 2');
      await b.close();
      await pollUntil([a], () => assignmentSizes([a]) === '4');
      expect(events).toEqual([
        'a assigned t-0 t-1 t-2 t-3',
        'a revoked t-0 t-1 t-2 t-3',
        expect.stringMatching(/^[ab] assigned t-/),
        expect.stringMatching(/^[ab] assigned t-/),
        expect.stringMatching(/^b revoked t-/),
        expect.stringMatching(/^a revoked t-/),
        'a assigned t-0 t-1 t-2 t-3',
      ]);
    }));

  it('give up only what moves when they are cooperative (kafkajs#922, platformatic/kafka#104)', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 4);
      const events: string[] = [];
      const a = member(cluster, COOPERATIVE, recording(events, 'a '));
      await pollUntil([a], () => assignmentSizes([a]) === '4');
      const b = member(cluster, COOPERATIVE, recording(events, 'b '));
      await pollUntil([a, b], () => assignmentSizes([a, b]) === '2 2');
      const [first, ...rest] = events.filter((event) => event !== 'b assigned' && event !== 'a assigned');
      expect(first).toBe('a assigned t-0 t-1 t-2 t-3');
      expect(rest).toEqual(['a revoked t-2 t-3', 'b assigned t-2 t-3']);
    }));

  it('read every record once between them', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 4);
      const consumers = [member(cluster, COOPERATIVE), member(cluster, COOPERATIVE)];
      await pollUntil(consumers, () => assignmentSizes(consumers) === '2 2');
      for (const partition of [0, 1, 2, 3]) await cluster.fill('t', partition, 50);
      const seen: string[] = [];
      while (seen.length < 200) seen.push(...(await pollUntil(consumers, onceDone())));
      expect(new Set(seen).size).toBe(200);
      expect(seen).toHaveLength(200);
    }));

  it('agree on the assignor that both support', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 2);
      const a = member(cluster, { 'partition.assignment.strategy': 'range,roundrobin' });
      await pollUntil([a], () => assignmentSizes([a]) === '2');
      const b = member(cluster, { 'partition.assignment.strategy': 'sticky,roundrobin' });
      await pollUntil([a, b], () => assignmentSizes([a, b]) === '1 1');
    }));

  it('refuse one that has no assignor in common with them', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 2);
      const a = member(cluster, { 'partition.assignment.strategy': 'range' });
      await pollUntil([a], () => assignmentSizes([a]) === '2');
      const b = member(cluster, { 'partition.assignment.strategy': 'sticky' });
      await expect(b.poll({ timeoutMs: 5000 })).rejects.toThrow('Group "g" refuses this consumer');
      await expect(b.poll({ timeoutMs: 5000 })).rejects.toThrow('INCONSISTENT_GROUP_PROTOCOL');
    }));
});

describe('committed offsets', () => {
  it('are where the next consumer of the group goes on', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 10);
      const manual = { 'enable.auto.commit': false, 'max.poll.records': 4 };
      const first = member(cluster, manual);
      await pollRecords(first, 4);
      await first.commit();
      await pollRecords(first, 4);
      expect(await first.committed([T0])).toEqual([{ offset: 4, leaderEpoch: 0, metadata: '' }]);
      await first.close();
      const second = member(cluster, manual);
      expect(recordTexts(await pollRecords(second, 1))[0]).toBe('t-0:4');
      await second.commit([{ ...T0, offset: 9, metadata: 'note' }]);
      expect(await second.committed([T0, { topic: 't', partition: 5 }])).toEqual([
        { offset: 9, leaderEpoch: -1, metadata: 'note' },
        undefined,
      ]);
    }));

  it('of automatic commits cover what was returned before the last poll, and all of it on close', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 10);
      const consumer = member(cluster, { 'max.poll.records': 4, 'auto.commit.interval.ms': 1000 });
      const watcher = cluster.consumer({ 'group.id': 'g' });
      await pollRecords(consumer, 4);
      await simulation.sleep(5000);
      expect(await watcher.committed([T0])).toEqual([undefined]);
      await pollRecords(consumer, 4);
      await simulation.sleep(500);
      expect(await watcher.committed([T0])).toEqual([expect.objectContaining({ offset: 4 })]);
      await consumer.close();
      expect(await watcher.committed([T0])).toEqual([expect.objectContaining({ offset: 8 })]);
    }));

  it('of a group without members come from consumers that assign themselves', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 3);
      const consumer = cluster.consumer({ 'group.id': 'g' });
      consumer.assign([T0]);
      await pollRecords(consumer, 3);
      await consumer.close();
      const next = cluster.consumer({ 'group.id': 'g' });
      next.assign([T0]);
      expect(await next.position(T0)).toBe(3);
    }));

  it('are asked for, and not guessed, when there is no reset policy', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      const consumer = member(cluster, { 'auto.offset.reset': 'none' });
      await expect(consumer.poll({ timeoutMs: 10_000 })).rejects.toThrow('No committed offset for t-0');
      consumer.seek({ ...T0, offset: 0 });
      await cluster.fill('t', 0, 1);
      expect(recordTexts(await pollRecords(consumer, 1))).toEqual(['t-0:0']);
    }));

  it('of a member that was removed are refused', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 10);
      const events: string[] = [];
      const slow = member(cluster, { 'max.poll.interval.ms': 10_000 }, recording(events, 'slow '));
      await pollRecords(slow, 10);
      await simulation.sleep(11_000);
      const other = member(cluster, {}, recording(events, 'other '));
      await pollUntil([other], () => assignmentSizes([other]) === '1');
      await expect(slow.commit()).rejects.toThrow('Commit refused');
      await pollUntil([slow, other], () => events.includes('slow lost t-0'));
      expect(events.slice(0, 3)).toEqual(['slow assigned t-0', 'other assigned t-0', 'slow lost t-0']);
    }));
});

describe('a member', () => {
  it('stays in the group through long processing, because heartbeats go on (kafkajs#1122)', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t', 2);
      const events: string[] = [];
      const a = member(cluster, { 'session.timeout.ms': 6000 }, recording(events, 'a '));
      await pollUntil([a], () => assignmentSizes([a]) === '2');
      await simulation.sleep(120_000);
      await a.poll({ timeoutMs: 100 });
      await a.commit();
      expect(events).toEqual(['a assigned t-0 t-1']);
    }));

  it('may wait in one poll for longer than max.poll.interval.ms', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      const events: string[] = [];
      const a = member(cluster, { 'max.poll.interval.ms': 10_000 }, recording(events, 'a '));
      expect(await a.poll({ timeoutMs: 60_000 })).toEqual([]);
      expect(events).toEqual(['a assigned t-0']);
    }));

  it('that is static comes back without a rebalance (kafkajs#884, platformatic/kafka#148)', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 2);
      const events: string[] = [];
      const other = member(cluster, { 'group.instance.id': 'two' }, recording(events, 'other '));
      const first = member(cluster, { 'group.instance.id': 'one' });
      await pollUntil([other, first], () => assignmentSizes([other, first]) === '1 1');
      const held = first.assignment();
      events.length = 0;
      await first.close();
      const again = member(cluster, { 'group.instance.id': 'one' });
      await pollUntil([other, again], () => assignmentSizes([other, again]) === '1 1');
      expect(again.assignment()).toEqual(held);
      expect(events).toEqual([]);
    }));

  it('that is static is fenced by its replacement', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      const first = member(cluster, { 'group.instance.id': 'one' });
      await pollUntil([first], () => assignmentSizes([first]) === '1');
      const second = member(cluster, { 'group.instance.id': 'one' });
      await pollUntil([second], () => assignmentSizes([second]) === '1');
      await expect(first.poll({ timeoutMs: 10_000 })).rejects.toThrow('FENCED_INSTANCE_ID');
    }));

  it('follows changes of its own subscription', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 2);
      await cluster.createTopic('u', 1);
      const events: string[] = [];
      const a = member(cluster, COOPERATIVE, recording(events));
      await pollUntil([a], () => partitionNames(a.assignment()) === 't-0 t-1');
      a.subscribe(['t', 'u'], recording(events));
      await pollUntil([a], () => partitionNames(a.assignment()) === 't-0 t-1 u-0');
      a.subscribe(['u'], recording(events));
      await pollUntil([a], () => partitionNames(a.assignment()) === 'u-0');
      await a.unsubscribe();
      expect(a.assignment()).toEqual([]);
      expect(a.subscription()).toEqual([]);
      expect(events.filter((event) => event !== 'assigned')).toEqual([
        'assigned t-0 t-1',
        'assigned u-0',
        'revoked t-0 t-1',
        'revoked u-0',
      ]);
    }));

  it('with a pattern reads topics as they come and go', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('orders-eu');
      await cluster.createTopic('my-orders');
      const consumer = cluster.consumer({ 'group.id': 'g', 'metadata.max.age.ms': 1000 });
      consumer.subscribe(/orders-.*/);
      await pollUntil([consumer], () => partitionNames(consumer.assignment()) === 'orders-eu-0');
      await cluster.createTopic('orders-us');
      await pollUntil([consumer], () => partitionNames(consumer.assignment()) === 'orders-eu-0 orders-us-0');
      await cluster.deleteTopic('orders-eu');
      await pollUntil([consumer], () => partitionNames(consumer.assignment()) === 'orders-us-0');
      expect(consumer.subscription()).toEqual(['orders-us']);
    }));

  it('waits for a topic that is created later', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      const consumer = member(cluster, {});
      const polled = consumer.poll({ timeoutMs: 60_000 });
      await simulation.sleep(3000);
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 1);
      expect(recordTexts(await polled)).toEqual(['t-0:0']);
    }));
});

describe('callbacks', () => {
  it('run inside poll, before records, and may commit and seek', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 10);
      const consumer: Consumer = member(
        cluster,
        { 'enable.auto.commit': false },
        {
          onPartitionsAssigned: async (partitions) => {
            for (const partition of partitions) consumer.seek({ ...partition, offset: 6 });
            await consumer.commit([{ ...T0, offset: 5 }]);
          },
        },
      );
      expect(recordTexts(await pollRecords(consumer, 4))).toEqual(['t-0:6', 't-0:7', 't-0:8', 't-0:9']);
      expect(await consumer.committed([T0])).toEqual([expect.objectContaining({ offset: 5 })]);
    }));

  it('that fail make the poll fail, after the protocol has gone on', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 1);
      const consumer = member(
        cluster,
        {},
        {
          onPartitionsAssigned: () => {
            throw new Error('not now');
          },
          onPartitionsRevoked: () => Promise.reject(new Error('nor then')),
        },
      );
      await expect(consumer.poll({ timeoutMs: 10_000 })).rejects.toThrow('not now');
      expect(consumer.assignment()).toEqual([T0]);
      expect(recordTexts(await pollRecords(consumer, 1))).toEqual(['t-0:0']);
      await expect(consumer.unsubscribe()).rejects.toThrow('nor then');
    }));

  it('that take long keep the member alive', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 1);
      const consumer = member(
        cluster,
        { 'session.timeout.ms': 6000 },
        {
          onPartitionsAssigned: () => simulation.sleep(60_000),
        },
      );
      // The time of the callback counts: this poll is over when it ends.
      expect(await consumer.poll({ timeoutMs: 10_000 })).toEqual([]);
      expect(recordTexts(await pollRecords(consumer, 1))).toEqual(['t-0:0']);
      await consumer.commit();
    }));
});

/** True from the second call on: one round of polls. */
function onceDone(): () => boolean {
  let calls = 0;
  return () => calls++ > 0;
}
