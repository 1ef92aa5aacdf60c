import type { KafkaError } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { ELR_VERSION_FEATURE } from '../metadata/features.ts';
import { alterConfigs, ConfigOperation } from './alter-configs.ts';
import { Cluster } from './testing/cluster.ts';
import { updateFeatures, UpgradeType } from './update-features.ts';

const { TOPIC, BROKER } = ConfigResourceType;
const name = 'min.insync.replicas';

/** Partitions of two topics with one replica in sync, and one that is eligible. */
function shrunken(): Cluster {
  const cluster = Cluster.of([1, 2], { hasElr: true });
  cluster.topic('a', [[1, 2]], { [name]: '2' });
  cluster.topic('b', [[1, 2]], { [name]: '2' });
  cluster.heartbeat(2, { wantFence: true });
  return cluster;
}

function alter(
  cluster: Cluster,
  resourceType: number,
  resourceName: string,
  value: string | null,
): KafkaError | undefined {
  const operation = value === null ? ConfigOperation.DELETE : ConfigOperation.SET;
  const changes = [{ name, operation, value }];
  const [altered] = cluster.run((state) =>
    alterConfigs(state, [{ resourceType, resourceName, changes, replacesAll: false }]),
  );
  return altered!.error;
}

const elrs = (cluster: Cluster) => ['a', 'b'].map((topic) => cluster.partition(topic).eligibleLeaderReplicas);

describe('who is eligible', () => {
  it('is forgotten when min.insync.replicas of the topic changes', () => {
    const cluster = shrunken();
    expect(elrs(cluster)).toEqual([[2], [2]]);
    expect(alter(cluster, TOPIC, 'a', '1')).toBeUndefined();
    expect(elrs(cluster)).toEqual([[], [2]]);
  });

  it('is forgotten everywhere when the default changes', () => {
    const cluster = shrunken();
    expect(alter(cluster, BROKER, '', '1')).toBeUndefined();
    expect(elrs(cluster)).toEqual([[], []]);
    expect(cluster.records.filter(({ type }) => type === 'ClearElr')).toHaveLength(1);
  });

  it.each([
    ['of the topic', TOPIC, 'a'],
    ['of all', BROKER, ''],
  ])('stays where nobody leads, whatever becomes of the property %s', (_what, resourceType, resourceName) => {
    const cluster = shrunken();
    cluster.heartbeat(1, { wantFence: true });
    expect(cluster.partition('a')).toMatchObject({ leader: -1, inSyncReplicas: [], lastKnownElr: [1] });
    expect(alter(cluster, resourceType, resourceName, '1')).toBeUndefined();
    expect(elrs(cluster)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    cluster.heartbeat(2);
    expect(cluster.partition('a')).toMatchObject({ leader: 2, inSyncReplicas: [2] });
  });

  it('is whoever led last where nobody else is left, whatever becomes of the property', () => {
    const cluster = shrunken();
    cluster.heartbeat(1, { wantFence: true });
    cluster.wait(10_000);
    for (const id of [1, 2]) cluster.register(id);
    expect(cluster.partition('a')).toMatchObject({ eligibleLeaderReplicas: [], lastKnownElr: [1] });
    expect(alter(cluster, TOPIC, 'a', '1')).toBeUndefined();
    cluster.heartbeat(1);
    expect(cluster.partition('a')).toMatchObject({ leader: 1, inSyncReplicas: [1], lastKnownElr: [] });
  });

  it('stays when nothing changes', () => {
    const cluster = shrunken();
    alter(cluster, TOPIC, 'a', '2');
    expect(elrs(cluster)).toEqual([[2], [2]]);
  });

  it.each([
    ['of one broker', '1', '2', 'Broker-level min.insync.replicas cannot be altered while ELR is enabled.'],
    ['of nobody', '', null, 'Cluster-level min.insync.replicas cannot be removed while ELR is enabled.'],
  ])('rests on a property that cannot be that %s', (_what, resourceName, value, message) => {
    const cluster = shrunken();
    alter(cluster, BROKER, '', '2');
    expect(alter(cluster, BROKER, resourceName, value)).toMatchObject({ code: 'INVALID_CONFIG', message });
  });

  it('is nothing to anybody without the feature', () => {
    const cluster = Cluster.of([1, 2]);
    expect(alter(cluster, BROKER, '1', '2')).toBeUndefined();
    expect(cluster.records.some(({ type }) => type === 'ClearElr')).toBe(false);
  });
});

describe('the feature', () => {
  const { UPGRADE, SAFE_DOWNGRADE } = UpgradeType;
  const update = (cluster: Cluster, feature: string, level: number, upgradeType: number = UPGRADE) =>
    cluster.run((state) => updateFeatures(state, [{ feature, level, upgradeType }], { validateOnly: false }));

  it('needs a metadata.version, which needs all brokers', () => {
    const cluster = Cluster.of([1]);
    expect(update(cluster, ELR_VERSION_FEATURE, 1)?.message).toContain(
      'depends on metadata.version level 23',
    );
    expect(update(cluster, 'metadata.version', 23)?.message).toContain(
      'Broker 1 only supports versions 7-21',
    );
    const features = [
      { name: 'metadata.version', minSupportedVersion: 7, maxSupportedVersion: 23 },
      { name: ELR_VERSION_FEATURE, minSupportedVersion: 0, maxSupportedVersion: 1 },
    ];
    cluster.register(1, { incarnationId: cluster.broker(1).incarnationId, features });
    expect(update(cluster, 'metadata.version', 23)).toBeUndefined();
    expect(update(cluster, ELR_VERSION_FEATURE, 1)).toBeUndefined();
  });

  it('comes with a min.insync.replicas that is the same for all brokers', () => {
    const cluster = Cluster.of([1], { properties: { [name]: '3' } });
    alter(cluster, BROKER, '1', '2');
    const features = [
      { name: 'metadata.version', minSupportedVersion: 7, maxSupportedVersion: 23 },
      { name: ELR_VERSION_FEATURE, minSupportedVersion: 0, maxSupportedVersion: 1 },
    ];
    cluster.register(1, { incarnationId: cluster.broker(1).incarnationId, features });
    update(cluster, 'metadata.version', 23);
    update(cluster, ELR_VERSION_FEATURE, 1);
    expect(cluster.image.configs.of(BROKER, '').get(name)).toBe('3');
    expect(cluster.image.configs.of(BROKER, '1').size).toBe(0);
  });

  it('may be turned off: who is eligible is forgotten, for good', () => {
    const cluster = shrunken();
    update(cluster, ELR_VERSION_FEATURE, 0, SAFE_DOWNGRADE);
    expect(elrs(cluster)).toEqual([[], []]);
    cluster.heartbeat(1, { wantFence: true });
    expect(cluster.partition('a')).toMatchObject({ leader: -1, inSyncReplicas: [1] });
  });

  it('may be turned off while nobody leads: who was eligible is elected all the same', () => {
    const cluster = shrunken();
    cluster.heartbeat(1, { wantFence: true });
    update(cluster, ELR_VERSION_FEATURE, 0, SAFE_DOWNGRADE);
    expect(elrs(cluster)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    cluster.heartbeat(2);
    const expected = { leader: 2, inSyncReplicas: [2], eligibleLeaderReplicas: [], lastKnownElr: [] };
    expect(cluster.partition('a')).toMatchObject(expected);
  });
});
