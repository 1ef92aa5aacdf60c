import { ErrorCode } from '@millrace/protocol';
import { DeleteRecordsRequest, DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { ListOffsetsRequest, ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, batchOf, produceRequest } from '../testing/requests.ts';
import type { LeaderPartition } from './leader-partition.ts';
import { ScriptedCluster } from './testing/scripted-cluster.ts';

const onThree = { replicas: [1, 2, 3], leader: 1 };

async function produce(connection: RawConnection, value: string, acks = -1, timeoutMs = 5000) {
  const request = produceRequest('orders', batchOf([value]), { acks });
  const { responses } = await connection.send({ ...request, message: { ...request.message, timeoutMs } });
  return responses[0]!.partitionResponses[0]!;
}

async function fetchFrom(connection: RawConnection, fetchOffset: number, version = 12, rackId = '') {
  const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 1 << 20 }];
  const message = { maxWaitMs: 0, minBytes: 0, topics: [{ topic: 'orders', partitions }], rackId };
  const { responses } = await connection.send({
    request: FetchRequest,
    response: FetchResponse,
    version,
    message,
  });
  return responses[0]!.partitions[0]!;
}

function leaderOn(cluster: ScriptedCluster, id: number): LeaderPartition {
  return cluster.node(id).broker.partitions.get('orders', 0)!;
}

describe('replication between nodes', () => {
  it('answers acks=all when every replica in sync has the records', async () => {
    await using cluster = await ScriptedCluster.start(3);
    await cluster.createTopic(onThree);
    const connection = await cluster.connect(1);
    for (const value of ['a', 'b', 'c'])
      expect(await append(connection, 'orders', [value])).toBeGreaterThan(-1);
    for (const id of [1, 2, 3]) expect(await cluster.valuesOn(id)).toEqual(['a', 'b', 'c']);
    expect(cluster.replica(1).log.highWatermark).toBe(3);
    await cluster.until(2, ({ log }) => log.highWatermark === 3);
    await cluster.until(3, ({ log }) => log.highWatermark === 3);
  });

  it('shows consumers what is committed, and not what only the leader has', async () => {
    await using cluster = await ScriptedCluster.start(2);
    cluster.listening.delete(2);
    await cluster.createTopic({ replicas: [1, 2], leader: 1 });
    const connection = await cluster.connect(1);
    expect((await produce(connection, 'a', 1)).errorCode).toBe(ErrorCode.NONE);
    const { errorCode, records, highWatermark } = await fetchFrom(connection, 0);
    expect([errorCode, records!.length, highWatermark]).toEqual([ErrorCode.NONE, 0, 0]);
    expect((await produce(connection, 'b', -1, 20)).errorCode).toBe(ErrorCode.REQUEST_TIMED_OUT);
    expect(cluster.replica(1).log.logEndOffset).toBe(2);
  });

  it('refuses acks=all before the append while too few replicas are in sync', async () => {
    await using cluster = await ScriptedCluster.start(2);
    cluster.refusal = { error: 'INELIGIBLE_REPLICA' };
    const configs = { 'min.insync.replicas': '2' };
    await cluster.createTopic({ replicas: [1, 2], inSyncReplicas: [1], leader: 1, configs });
    const connection = await cluster.connect(1);
    expect((await produce(connection, 'a')).errorCode).toBe(ErrorCode.NOT_ENOUGH_REPLICAS);
    expect(cluster.replica(1).log.logEndOffset).toBe(0);
    expect((await produce(connection, 'b', 1)).errorCode).toBe(ErrorCode.NONE);
    expect(cluster.replica(1).log.highWatermark).toBe(0);
  });

  it('takes a follower that is out of sync out, commits without it, and lets it in again', async () => {
    await using cluster = await ScriptedCluster.start(3, { 'replica.lag.time.max.ms': 100 });
    cluster.listening.delete(3);
    await cluster.createTopic(onThree);
    expect((await produce(await cluster.connect(1), 'a')).errorCode).toBe(ErrorCode.NONE);
    expect(cluster.current.isr).not.toContain(3);
    await cluster.catchUp(3);
    const leader = leaderOn(cluster, 1);
    await cluster.until(1, () => leader.state.inSyncReplicas.includes(3));
    expect(await cluster.valuesOn(3)).toEqual(['a']);
    expect(cluster.node(1).broker.replication.isrChanges!.shrinks).toBeGreaterThan(0);
  });

  it('lets a follower join that has caught up', async () => {
    await using cluster = await ScriptedCluster.start(3);
    await cluster.createTopic({ ...onThree, inSyncReplicas: [1, 2] });
    const leader = leaderOn(cluster, 1);
    await cluster.until(1, () => leader.state.inSyncReplicas.length === 3);
    expect(cluster.current.isr).toEqual([1, 2, 3]);
  });

  it('cuts off what a deposed leader has alone, when it hears of its successor', async () => {
    await using cluster = await ScriptedCluster.start(3);
    await cluster.createTopic(onThree);
    const connection = await cluster.connect(1);
    await append(connection, 'orders', ['a']);
    cluster.listening.delete(1);
    await cluster.change({ leader: 2, isr: [2, 3] });
    expect((await produce(connection, 'lost', 1)).errorCode).toBe(ErrorCode.NONE);
    const waiting = produce(connection, 'lost too', -1);
    await append(await cluster.connect(2), 'orders', ['b']);
    await cluster.until(1, ({ log }) => log.logEndOffset === 3);
    await cluster.catchUp(1);
    expect((await waiting).errorCode).toBe(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    await cluster.until(1, ({ log }) => log.logEndOffset === 2 && log.highWatermark === 2);
    for (const id of [1, 2, 3]) expect(await cluster.valuesOn(id)).toEqual(['a', 'b']);
    expect(cluster.node(1).complaints.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('goes on with the next leader, and back', async () => {
    await using cluster = await ScriptedCluster.start(3);
    await cluster.createTopic(onThree);
    const values: string[] = [];
    for (const leader of [1, 2, 3, 1, 3]) {
      if (leader !== cluster.current.leader) await cluster.change({ leader });
      const connection = await cluster.connect(leader);
      values.push(`by ${leader}`);
      await append(connection, 'orders', [values.at(-1)!]);
    }
    for (const id of [1, 2, 3]) expect(await cluster.valuesOn(id)).toEqual(values);
  });

  it('tells no end of the log after an election before it knows what was committed', async () => {
    await using cluster = await ScriptedCluster.start(3);
    await cluster.createTopic(onThree);
    await append(await cluster.connect(1), 'orders', ['a']);
    const connection = await cluster.connect(2);
    const latest = async (version: number) => {
      const partitions = [{ partitionIndex: 0, timestamp: -1 }];
      const message = { replicaId: -1, topics: [{ name: 'orders', partitions }] };
      const request = { request: ListOffsetsRequest, response: ListOffsetsResponse, version, message };
      const { topics } = await connection.send(request);
      return topics[0]!.partitions[0]!;
    };
    await cluster.node(1).broker.replication.close();
    await cluster.node(3).broker.replication.close();
    cluster.listening.delete(1);
    cluster.listening.delete(3);
    const highWatermark = cluster.replica(2).log.highWatermark;
    await cluster.change({ leader: 2 });
    // It may have heard that the record is committed, and may not.
    const errorCodes = highWatermark === 1 ? [0, 0] : [5, 78];
    expect([(await latest(4)).errorCode, (await latest(5)).errorCode]).toEqual(errorCodes);
    await cluster.change({ isr: [2] });
    await cluster.until(2, ({ log }) => log.highWatermark === 1);
    expect((await latest(5)).offset).toBe(1);
  });

  it('after an unclean election follows a leader that has less', async () => {
    await using cluster = await ScriptedCluster.start(2);
    cluster.listening.delete(2);
    await cluster.createTopic({ replicas: [1, 2], inSyncReplicas: [1], leader: 1 });
    const connection = await cluster.connect(1);
    for (const value of ['a', 'b', 'c']) await append(connection, 'orders', [value]);
    expect(cluster.replica(1).log.highWatermark).toBe(3);
    await cluster.change({ leader: 2, isr: [2] });
    await cluster.catchUp(2);
    cluster.listening.delete(1);
    await append(await cluster.connect(2), 'orders', ['z']);
    await cluster.catchUp(1);
    await cluster.until(1, ({ log }) => log.logEndOffset === 1 && log.latestEpoch === 1);
    expect(await cluster.valuesOn(1)).toEqual(['z']);
    const complaints = cluster.node(1).complaints.map(({ message }) => message);
    expect(complaints).toContain('Committed records are cut off: the leader does not have them');
  });

  it('serves consumers that ask a follower, and sends old ones to the leader', async () => {
    await using cluster = await ScriptedCluster.start(2);
    await cluster.createTopic({ replicas: [1, 2], leader: 1 });
    await append(await cluster.connect(1), 'orders', ['a']);
    await cluster.until(2, ({ log }) => log.highWatermark === 1);
    const connection = await cluster.connect(2);
    const { errorCode, highWatermark, records } = await fetchFrom(connection, 0, 11);
    expect([errorCode, highWatermark]).toEqual([ErrorCode.NONE, 1]);
    expect(records!.length).toBeGreaterThan(0);
    expect((await fetchFrom(connection, 0, 10)).errorCode).toBe(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    expect((await fetchFrom(connection, 9, 11)).errorCode).toBe(ErrorCode.OFFSET_OUT_OF_RANGE);
  });

  it('sends consumers to the follower in their rack that has what they want', async () => {
    await using cluster = await ScriptedCluster.start(3, {
      'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector',
    });
    await cluster.createTopic(onThree);
    const connection = await cluster.connect(1);
    await append(connection, 'orders', ['a']);
    const nearby = await fetchFrom(connection, 0, 12, 'rack-3');
    expect([nearby.preferredReadReplica, nearby.records!.length, nearby.highWatermark]).toEqual([3, 0, 1]);
    for (const [rack, offset] of [
      ['rack-1', 0],
      ['rack-9', 0],
      ['', 0],
      ['rack-3', 2],
    ] as const) {
      expect((await fetchFrom(connection, offset, 12, rack)).preferredReadReplica).toBe(-1);
    }
    const follower = await fetchFrom(await cluster.connect(3), 0, 12, 'rack-3');
    expect([follower.errorCode, follower.preferredReadReplica]).toEqual([ErrorCode.NONE, -1]);
  });

  it.each(['leader', 'follower'])(
    'slows down a replica that catches up, on the side of the %s',
    async (side) => {
      const rate = `${side}.replication.throttled.rate`;
      await using cluster = await ScriptedCluster.start(2, {
        [rate]: 20_000,
        'replica.fetch.max.bytes': 1000,
      });
      cluster.listening.delete(2);
      const configs = { [`${side}.replication.throttled.replicas`]: '*' };
      await cluster.createTopic({ replicas: [1, 2], inSyncReplicas: [1], leader: 1, configs });
      const connection = await cluster.connect(1);
      for (let count = 0; count < 30; count++) await append(connection, 'orders', ['x'.repeat(900)]);
      const { clock } = cluster.node(1).host;
      const startMs = clock.monotonicMs();
      await cluster.catchUp(2);
      await cluster.until(2, ({ log }) => log.logEndOffset === 30);
      // 57 kB, of which 20 kB may go at once.
      expect(cluster.replica(2).log.sizeBytes).toBeGreaterThan(55_000);
      expect(clock.monotonicMs() - startMs).toBeGreaterThan(1500);
    },
  );

  it('answers DeleteRecords when every replica has deleted them', async () => {
    await using cluster = await ScriptedCluster.start(3);
    await cluster.createTopic(onThree);
    const connection = await cluster.connect(1);
    for (const value of ['a', 'b', 'c']) await append(connection, 'orders', [value]);
    const { topics } = await connection.send({
      request: DeleteRecordsRequest,
      response: DeleteRecordsResponse,
      version: 2,
      message: {
        topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 2 }] }],
        timeoutMs: 5000,
      },
    });
    expect(topics[0]!.partitions[0]).toMatchObject({ lowWatermark: 2, errorCode: ErrorCode.NONE });
    for (const id of [1, 2, 3]) expect(cluster.replica(id).log.logStartOffset).toBe(2);
  });

  it('begins anew on a follower that has nothing of what the leader still has', async () => {
    await using cluster = await ScriptedCluster.start(2);
    cluster.listening.delete(2);
    await cluster.createTopic({ replicas: [1, 2], inSyncReplicas: [1], leader: 1 });
    const connection = await cluster.connect(1);
    for (const value of ['a', 'b', 'c']) await append(connection, 'orders', [value]);
    await leaderOn(cluster, 1).deleteRecords(2);
    await cluster.catchUp(2);
    await cluster.until(2, ({ log }) => log.logEndOffset === 3);
    expect(cluster.replica(2).log.logStartOffset).toBe(2);
    expect(await cluster.valuesOn(2)).toEqual(['c']);
  });
});
