import { describe, expect, it } from 'vitest';
import { expireBroker } from './expire-broker.ts';
import { Cluster } from './testing/cluster.ts';
import { unregisterBroker } from './unregister-broker.ts';

const goOn = { isFenced: false, shouldShutDown: false, isCaughtUp: true };
const stayOut = { isFenced: true, shouldShutDown: false, isCaughtUp: true };
const leave = { isFenced: true, shouldShutDown: true, isCaughtUp: true };

describe('a heartbeat', () => {
  it.each([
    ['asks to be let in', {}, goOn],
    [
      'asks to be let in before it has caught up',
      { currentMetadataOffset: 0 },
      { ...stayOut, isCaughtUp: false },
    ],
    ['wants to stay out', { wantFence: true }, stayOut],
    ['wants to go', { wantShutDown: true, wantFence: true }, leave],
  ])('of a fenced broker that %s', (_what, request, reply) => {
    const cluster = Cluster.of([1]);
    cluster.register(2);
    expect(cluster.heartbeat(2, request)).toEqual(reply);
    expect(cluster.broker(2).isFenced).toBe(reply.isFenced);
  });

  it.each([
    ['goes on', {}, goOn],
    ['wants to be left out', { wantFence: true }, stayOut],
    ['wants to go, and leads nothing', { wantShutDown: true }, leave],
    ['wants to go at once', { wantShutDown: true, wantFence: true }, leave],
  ])('of a broker that %s', (_what, request, reply) => {
    const cluster = Cluster.of([1, 2]);
    expect(cluster.heartbeat(2, request)).toEqual(reply);
    expect(cluster.broker(2).isFenced).toBe(reply.isFenced);
  });

  it('writes nothing when nothing changes', () => {
    const cluster = Cluster.of([1]);
    const { length } = cluster.records;
    cluster.heartbeat(1);
    expect(cluster.records).toHaveLength(length);
  });

  it.each([
    ['a former incarnation', 1, 'Expected broker epoch'],
    ['nobody', 9, 'No broker registration found for broker id 9'],
  ])('of %s is refused', (_who, id, message) => {
    const cluster = Cluster.of([1]);
    expect(() => cluster.heartbeat(id, { brokerEpoch: 0 })).toThrow(
      expect.objectContaining({ code: 'STALE_BROKER_EPOCH', message: expect.stringContaining(message) }),
    );
  });

  it('of a broker that comes back gives partitions without a leader one', () => {
    const cluster = Cluster.of([1, 2]);
    cluster.topic('orders', [[1], [2]]);
    cluster.heartbeat(1, { wantFence: true });
    expect(cluster.sketch('orders')).toBe('leader -1 epochs 1/1 isr 1');
    cluster.heartbeat(1);
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 2/2 isr 1');
    expect(cluster.sketch('orders', 1)).toBe('leader 2 epochs 0/0 isr 2');
  });

  it('tells which directories are cordoned, and once is enough', () => {
    const directories = ['a', 'b'].map((name) => Buffer.alloc(16, name).toString('base64url'));
    const [a] = directories as [string];
    const cluster = Cluster.of([1], { level: 30 });
    cluster.register(2, { logDirs: directories });
    const written = (cordonedLogDirs: string[] | null) => {
      const { length } = cluster.records;
      cluster.heartbeat(2, { cordonedLogDirs });
      return cluster.records.slice(length).map(({ type }) => type);
    };
    expect(written(null)).toEqual(['BrokerRegistrationChange']);
    expect(written([])).toEqual([]);
    expect(written([a])).toEqual(['BrokerRegistrationChange']);
    expect(cluster.broker(2).cordonedDirectoryIds).toEqual([a]);
    expect(written([a])).toEqual([]);
    expect(written(null)).toEqual([]);
    expect(written(directories)).toEqual(['BrokerRegistrationChange']);
    expect(written(directories.toReversed())).toEqual([]);
    expect(written([])).toEqual(['BrokerRegistrationChange']);
    expect(cluster.broker(2).cordonedDirectoryIds).toEqual([]);
  });

  it('tells of cordoned directories in vain below the level that knows of them', () => {
    const cluster = Cluster.of([1], { level: 29 });
    const { length } = cluster.records;
    cluster.heartbeat(1, { cordonedLogDirs: [...cluster.broker(1).directoryIds] });
    expect(cluster.records).toHaveLength(length);
  });

  it('of a broker with a disk that failed moves what is there, and leaves the rest', () => {
    const [a, b] = [Buffer.alloc(16, 'a'), Buffer.alloc(16, 'b')].map((id) => id.toString('base64url')) as [
      string,
      string,
    ];
    const cluster = Cluster.of([2]);
    cluster.register(1, { logDirs: [a, b] });
    cluster.heartbeat(1);
    cluster.topic('orders', [
      [1, 2],
      [1, 2],
    ]);
    cluster.place('orders', 0, 1, a);
    cluster.place('orders', 1, 1, b);
    cluster.heartbeat(1, { offlineLogDirs: [a] });
    expect(cluster.sketch('orders', 0)).toBe('leader 2 epochs 1/2 isr 2');
    expect(cluster.sketch('orders', 1)).toBe('leader 1 epochs 0/1 isr 1,2');
    expect(cluster.broker(1).directoryIds).toEqual([b]);
    const { length } = cluster.records;
    cluster.heartbeat(1, { offlineLogDirs: [a] });
    expect(cluster.records).toHaveLength(length);
  });
});

describe('a controlled shutdown', () => {
  function begun() {
    const cluster = Cluster.of([1, 2, 3]);
    cluster.topic('orders', [
      [1, 2, 3],
      [2, 1, 3],
    ]);
    const reply = cluster.heartbeat(1, { wantShutDown: true });
    return { cluster, reply };
  }

  it('moves leaderships away while the broker is still there', () => {
    const { cluster, reply } = begun();
    expect(reply).toEqual(goOn);
    expect(cluster.broker(1)).toMatchObject({ isFenced: false, inControlledShutdown: true });
    expect(cluster.sketch('orders', 0)).toBe('leader 2 epochs 1/1 isr 2,3');
    expect(cluster.sketch('orders', 1)).toBe('leader 2 epochs 0/1 isr 2,3');
  });

  it('ends when everybody else has seen that', () => {
    const { cluster } = begun();
    const seen = cluster.records.length - 1;
    expect(cluster.heartbeat(1, { wantShutDown: true })).toEqual(goOn);
    cluster.heartbeat(2, { currentMetadataOffset: seen });
    cluster.heartbeat(3, { currentMetadataOffset: seen - 1 });
    expect(cluster.heartbeat(1, { wantShutDown: true })).toEqual(goOn);
    cluster.heartbeat(3, { currentMetadataOffset: seen });
    expect(cluster.heartbeat(1, { wantShutDown: true })).toEqual(leave);
    expect(cluster.broker(1).isFenced).toBe(true);
  });

  it('does not wait for brokers that are fenced or go as well', () => {
    const { cluster } = begun();
    const seen = cluster.records.length - 1;
    cluster.heartbeat(2, { currentMetadataOffset: seen, wantShutDown: true });
    expect(cluster.heartbeat(1, { wantShutDown: true })).toEqual(goOn);
    cluster.heartbeat(3, { wantFence: true });
    expect(cluster.heartbeat(1, { wantShutDown: true })).toEqual(leave);
  });

  it('is begun anew by a controller that did not see its beginning', () => {
    const { cluster } = begun();
    cluster.failOver();
    expect(cluster.heartbeat(1, { wantShutDown: true })).toEqual(leave);
  });

  it('is not taken back: a broker that was fenced on its way out stays out until it starts anew', () => {
    const { cluster } = begun();
    cluster.heartbeat(1, { wantFence: true });
    cluster.wait(9001);
    cluster.run(expireBroker);
    expect(cluster.heartbeat(1)).toEqual(stayOut);
    expect(cluster.heartbeat(1, { wantShutDown: true })).toEqual(leave);
    cluster.register(1);
    expect(cluster.heartbeat(1)).toEqual(goOn);
  });

  it('leaves nobody in sync but the last replica of a partition, which has no leader then', () => {
    const cluster = Cluster.of([1, 2]);
    cluster.topic('orders', [[1]]);
    cluster.heartbeat(1, { wantShutDown: true });
    expect(cluster.sketch('orders')).toBe('leader -1 epochs 1/1 isr 1');
  });
});

describe('a broker that is not heard of', () => {
  it('is fenced, the one that is silent for longest first', () => {
    const cluster = Cluster.of([1, 2, 3]);
    cluster.topic('orders', [[2, 1, 3]]);
    cluster.wait(5000);
    cluster.heartbeat(1);
    cluster.wait(3000);
    cluster.heartbeat(3);
    cluster.wait(1000);
    expect(cluster.run(expireBroker)).toBe(-1);
    cluster.wait(8000);
    expect(cluster.run(expireBroker)).toBe(2);
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 1/1 isr 1,3');
    expect(cluster.run(expireBroker)).toBe(1);
    expect(cluster.run(expireBroker)).toBe(-1);
    expect(cluster.sketch('orders')).toBe('leader 3 epochs 2/2 isr 3');
  });

  it('has a session of full length with a new controller', () => {
    const cluster = Cluster.of([1]);
    cluster.wait(8000);
    cluster.failOver();
    cluster.wait(9000);
    expect(cluster.run(expireBroker)).toBe(-1);
    cluster.wait(1);
    expect(cluster.run(expireBroker)).toBe(1);
  });

  it('is let in again by its next heartbeat', () => {
    const cluster = Cluster.of([1]);
    cluster.wait(9001);
    cluster.run(expireBroker);
    expect(cluster.heartbeat(1)).toEqual(goOn);
  });

  it('may be taken out for good', () => {
    const cluster = Cluster.of([1, 2]);
    cluster.topic('orders', [[1, 2]]);
    cluster.run((state) => unregisterBroker(state, 1));
    expect(cluster.image.brokers.has(1)).toBe(false);
    expect(cluster.sketch('orders')).toBe('leader 2 epochs 1/1 isr 2');
    expect(cluster.partition('orders').replicas).toEqual([1, 2]);
    expect(() => cluster.run((state) => unregisterBroker(state, 1))).toThrow(
      expect.objectContaining({
        code: 'BROKER_ID_NOT_REGISTERED',
        message: 'Broker ID 1 is not currently registered',
      }),
    );
  });
});
