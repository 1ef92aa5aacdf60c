import { describe, expect, it } from 'vitest';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { alterConfigs, ConfigOperation, type AlterConfigsOptions } from './alter-configs.ts';
import { createTopics } from './create-topics.ts';
import { Cluster } from './testing/cluster.ts';

/** Brokers 1 to 3, of which some have cordoned all of their directories. */
function withCordoned(...ids: readonly number[]): Cluster {
  const cluster = Cluster.of([1, 2, 3], { level: 30 });
  for (const id of ids) cluster.heartbeat(id, { cordonedLogDirs: [...cluster.broker(id).directoryIds] });
  return cluster;
}

function create(cluster: Cluster, replicationFactor: number) {
  const topic = { name: 'orders', numPartitions: 9, replicationFactor, assignments: [], configs: [] };
  return cluster.run((state) => createTopics(state, [topic], false))[0]!;
}

function replicas(cluster: Cluster): number[] {
  const ids = cluster.image.topics.byName.get('orders')!.partitions.flatMap((each) => each.replicas);
  return [...new Set(ids)].toSorted((a, b) => a - b);
}

describe('replicas', () => {
  it('are not placed on a broker whose directories are all cordoned', () => {
    const cluster = withCordoned(2);
    expect(create(cluster, 2).error).toBeUndefined();
    expect(replicas(cluster)).toEqual([1, 3]);
  });

  it('are placed on a broker with a directory that is not cordoned', () => {
    const cluster = Cluster.of([1], { level: 30 });
    const logDirs = ['a', 'b'].map((name) => Buffer.alloc(16, name).toString('base64url'));
    cluster.register(2, { logDirs });
    cluster.heartbeat(2, { cordonedLogDirs: [logDirs[0]!] });
    expect(create(cluster, 2).error).toBeUndefined();
    // The disk with the other one fails.
    cluster.heartbeat(2, { cordonedLogDirs: [logDirs[0]!], offlineLogDirs: [logDirs[1]!] });
    const { error } = cluster.run((state) =>
      createTopics(
        state,
        [{ name: 'more', numPartitions: 1, replicationFactor: 2, assignments: [], configs: [] }],
        false,
      ),
    )[0]!;
    expect(error).toMatchObject({ code: 'INVALID_REPLICATION_FACTOR' });
  });

  it.each([
    [[2], 3, 'only 2 broker(s) are registered'],
    [[1, 2, 3], 1, 'All brokers are currently fenced, or have all their log directories cordoned.'],
  ])('have no place: brokers %j are cordoned, %i replicas are wanted', (cordoned, wanted, reason) => {
    const { error } = create(withCordoned(...cordoned), wanted);
    expect(error).toMatchObject({
      code: 'INVALID_REPLICATION_FACTOR',
      message: expect.stringContaining(reason),
    });
  });

  it('go where a client wants them all the same', () => {
    const cluster = withCordoned(1, 2, 3);
    cluster.topic('orders', [[2, 3]]);
    expect(replicas(cluster)).toEqual([2, 3]);
  });

  it('are placed again on a broker that has started anew, until it says otherwise', () => {
    const cluster = withCordoned(2);
    cluster.heartbeat(2, { wantShutDown: true });
    cluster.register(2);
    expect(cluster.broker(2).cordonedDirectoryIds).toEqual([]);
  });
});

function alter(
  cluster: Cluster,
  change: readonly [operation: number, value: string | null],
  options: AlterConfigsOptions = {},
) {
  const [operation, value] = change;
  const alteration = {
    resourceType: ConfigResourceType.BROKER,
    resourceName: '1',
    changes: [{ name: 'cordoned.log.dirs', operation, value }],
    replacesAll: false,
  };
  return cluster.run((state) => alterConfigs(state, [alteration], options))[0]!.error?.code;
}

describe('cordoned.log.dirs', () => {
  const { SET, DELETE, APPEND, SUBTRACT } = ConfigOperation;

  it('is refused below the level that knows of it, even if nothing changes', () => {
    const cluster = Cluster.of([1], { level: 29 });
    for (const change of [
      [SET, '*'],
      [SET, ''],
      [DELETE, null],
    ] as const)
      expect(alter(cluster, change, { isCheckedByBroker: true })).toBe('INVALID_CONFIG');
  });

  it('only loses directories where no broker was asked', () => {
    const cluster = Cluster.of([1], { level: 30 });
    expect(alter(cluster, [SET, '/a'])).toBe('INVALID_CONFIG');
    expect(alter(cluster, [SET, '/a,/b,/c'], { isCheckedByBroker: true })).toBeUndefined();
    expect(alter(cluster, [APPEND, '/d'])).toBe('INVALID_CONFIG');
    expect(alter(cluster, [SET, '*'])).toBe('INVALID_CONFIG');
    expect(alter(cluster, [SET, '/c, /a'])).toBeUndefined();
    expect(alter(cluster, [SUBTRACT, '/a'])).toBeUndefined();
    expect(alter(cluster, [APPEND, '/c'])).toBeUndefined();
    expect(alter(cluster, [SET, ''])).toBeUndefined();
    expect(alter(cluster, [SET, '*'], { isCheckedByBroker: true })).toBeUndefined();
    expect(alter(cluster, [DELETE, null])).toBeUndefined();
  });
});
