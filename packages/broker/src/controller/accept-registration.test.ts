import { describe, expect, it } from 'vitest';
import { ELR_VERSION_FEATURE } from '../metadata/features.ts';
import { LOST_DIRECTORY } from '../metadata/reserved-ids.ts';
import { CLUSTER_ID, Cluster } from './testing/cluster.ts';
import { unregisterBroker } from './unregister-broker.ts';

const D1 = Buffer.alloc(16, 101).toString('base64url');
const feature = (name: string, minSupportedVersion: number, maxSupportedVersion: number) => ({
  name,
  minSupportedVersion,
  maxSupportedVersion,
});

describe('a registration', () => {
  it('lets a broker in, fenced, with the offset of its record for an epoch', () => {
    const cluster = Cluster.of([]);
    const epoch = cluster.register(1, { rack: 'r1' });
    expect(epoch).toBe(cluster.records.length - 1);
    expect(cluster.broker(1)).toMatchObject({ epoch, isFenced: true, rack: 'r1', directoryIds: [D1] });
    expect(cluster.broker(1).endpoints.get('PLAINTEXT')).toMatchObject({ host: 'host1', port: 9092 });
  });

  it.each([
    [
      'of another cluster',
      { clusterId: 'other' },
      'INCONSISTENT_CLUSTER_ID',
      `Expected cluster ID ${CLUSTER_ID}, but got cluster ID other`,
    ],
    ['without directories', { logDirs: [] }, 'INVALID_REGISTRATION', 'No directories specified in request'],
    [
      'of a directory that is none',
      { logDirs: [LOST_DIRECTORY] },
      'INVALID_REGISTRATION',
      'Reserved directory ID in request',
    ],
    [
      'of one directory twice',
      { logDirs: [D1, D1] },
      'INVALID_REGISTRATION',
      'Duplicate directory ID in request',
    ],
    [
      'with the directory of another broker',
      { logDirs: [D1] },
      'INVALID_REGISTRATION',
      `Broker 1 is already registered with directory ${D1}`,
    ],
    [
      'that does not know its metadata.version',
      { features: [] },
      'INVALID_REGISTRATION',
      "Request features do not contain 'metadata.version'",
    ],
    [
      'of software that is too old',
      { features: [feature('metadata.version', 7, 9), feature(ELR_VERSION_FEATURE, 0, 1)] },
      'UNSUPPORTED_VERSION',
      'Unable to register because the broker does not support finalized version 21 of metadata.version. The broker ' +
        'wants a version between 7 and 9, inclusive.',
    ],
    [
      'of software that does not know a feature which is on',
      { features: [feature('metadata.version', 7, 99)] },
      'UNSUPPORTED_VERSION',
      `Unable to register because the broker does not support finalized version 1 of ${ELR_VERSION_FEATURE}. The ` +
        'broker wants a version between 0 and 0, inclusive.',
    ],
  ])('%s is refused', (_what, change, code, message) => {
    const cluster = Cluster.of([1], { hasElr: true });
    const before = cluster.image;
    expect(() => cluster.register(2, change)).toThrow(expect.objectContaining({ code, message }));
    expect(cluster.image).toBe(before);
  });

  describe('of an id that is taken', () => {
    it('is refused as long as its holder is heard of', () => {
      const cluster = Cluster.of([1]);
      expect(() => cluster.register(1)).toThrow(
        expect.objectContaining({
          code: 'DUPLICATE_BROKER_REGISTRATION',
          message:
            'Another broker is registered with that broker id. If the broker was recently restarted this should ' +
            "self-resolve once the heartbeat manager expires the broker's session.",
        }),
      );
      cluster.wait(9000);
      expect(() => cluster.register(1)).toThrow('Another broker');
      cluster.wait(1);
      expect(cluster.register(1)).toBeGreaterThan(0);
    });

    it('is refused to a stranger while a new controller has not heard of anybody yet', () => {
      const cluster = Cluster.of([1]);
      cluster.failOver();
      const logDirs = [Buffer.alloc(16, 77).toString('base64url')];
      expect(() => cluster.register(1, { logDirs })).toThrow('Another broker');
    });

    it('is given to who has its directory now, if a new controller has not heard of its holder', () => {
      const cluster = Cluster.of([1]);
      const { epoch } = cluster.broker(1);
      cluster.failOver();
      expect(cluster.register(1)).toBeGreaterThan(epoch);
    });

    it('is refused to who has a copy of its directory once a new controller has heard of its holder', () => {
      const cluster = Cluster.of([1]);
      cluster.failOver();
      cluster.heartbeat(1);
      expect(() => cluster.register(1)).toThrow('Another broker');
    });

    it('is not refused after the holder was told to go', () => {
      const cluster = Cluster.of([1]);
      cluster.heartbeat(1, { wantShutDown: true });
      expect(cluster.register(1)).toBeGreaterThan(0);
    });

    it('is not refused to the same incarnation, which keeps epoch and state', () => {
      const cluster = Cluster.of([1]);
      const { epoch, incarnationId } = cluster.broker(1);
      expect(cluster.register(1, { incarnationId, rack: 'moved' })).toBe(epoch);
      expect(cluster.broker(1)).toMatchObject({ epoch, isFenced: false, rack: 'moved' });
    });
  });

  it('of a new incarnation takes the old one out of all ISRs first, and its epoch is that of its own record', () => {
    const cluster = Cluster.of([1, 2]);
    cluster.topic('orders', [
      [1, 2],
      [2, 1],
    ]);
    cluster.topic('alone', [[1]]);
    cluster.wait(10_000);
    const epoch = cluster.register(1, { previousBrokerEpoch: cluster.broker(1).epoch });
    expect(cluster.records[epoch]).toMatchObject({ type: 'RegisterBroker' });
    expect(cluster.sketch('orders', 0)).toBe('leader 2 epochs 1/1 isr 2');
    expect(cluster.sketch('orders', 1)).toBe('leader 2 epochs 0/1 isr 2');
    expect(cluster.sketch('alone')).toBe('leader -1 epochs 1/1 isr 1');
    cluster.heartbeat(1);
    expect(cluster.sketch('alone')).toBe('leader 1 epochs 2/2 isr 1');
  });

  describe('with eligible replicas', () => {
    const topic = { 'min.insync.replicas': '2' };
    it.each([
      ['keeps those of a broker that was stopped in order', true, 'leader 2 epochs 1/1 isr 2 elr 1'],
      ['drops those of a broker that was not', false, 'leader 2 epochs 1/1 isr 2'],
    ])('%s', (_what, isClean, expected) => {
      const cluster = Cluster.of([1, 2], { hasElr: true });
      cluster.topic('orders', [[1, 2]], topic);
      const { epoch } = cluster.broker(1);
      cluster.wait(10_000);
      cluster.register(1, { previousBrokerEpoch: isClean ? epoch : -1 });
      expect(cluster.sketch('orders')).toBe(expected);
    });

    it('drops those of a broker that was taken out in between', () => {
      const cluster = Cluster.of([1, 2], { hasElr: true });
      cluster.topic('orders', [[1, 2]], topic);
      cluster.run((state) => unregisterBroker(state, 1));
      expect(cluster.sketch('orders')).toBe('leader 2 epochs 1/1 isr 2 elr 1');
      cluster.register(1);
      expect(cluster.sketch('orders')).toBe('leader 2 epochs 1/2 isr 2');
    });

    it('drops those of a broker that left the ISR before', () => {
      const cluster = Cluster.of([1, 2], { hasElr: true });
      cluster.topic('orders', [[1, 2]], topic);
      cluster.heartbeat(1, { wantFence: true });
      expect(cluster.sketch('orders')).toBe('leader 2 epochs 1/1 isr 2 elr 1');
      cluster.wait(10_000);
      cluster.register(1);
      expect(cluster.sketch('orders')).toBe('leader 2 epochs 1/2 isr 2');
    });
  });
});
