import { Producer, type Admin } from '@millrace/client';
import { describe, expect, it } from 'vitest';
import { ClusterWorld } from './cluster-world.ts';

const TOPIC = 'orders';
const PARTITIONS = 6;
/** The first one holds the metadata log, without which a node stops. */
const [METADATA, B, C] = ['/data/a', '/data/b', '/data/c'];
const DIRECTORIES = [METADATA, B, C];

/** A heartbeat tells of a directory that failed; it must not be waited for. */
const properties = { 'log.dirs': DIRECTORIES.join(','), 'broker.heartbeat.interval.ms': 1000 };

interface Place {
  readonly partition: number;
  readonly leader: number;
  readonly inSync: number;
  /** The directory that it is in on its leader. */
  readonly directory: string | undefined;
}

/** Where the partitions are, by their leaders. */
async function places(admin: Admin, brokers: readonly number[] = [1, 2, 3]): Promise<Place[]> {
  const { partitions } = (await admin.describeTopics([TOPIC])).get(TOPIC)!;
  const directories = await admin.describeLogDirs(brokers);
  const directoryOf = (broker: number, partition: number) =>
    directories
      .get(String(broker))
      ?.find(({ replicas }) => replicas.some((each) => each.topic === TOPIC && each.partition === partition))
      ?.path;
  return partitions.map(({ partition, leaderId, inSyncReplicas }) => ({
    partition,
    leader: leaderId,
    inSync: inSyncReplicas.length,
    directory: directoryOf(leaderId, partition),
  }));
}

interface Scene {
  readonly world: ClusterWorld;
  readonly admin: Admin;
  readonly send: (partition: number) => Promise<void>;
}

/** Plays with a topic whose leaders are in all directories. */
async function play(seed: number, run: (scene: Scene) => Promise<void>): Promise<void> {
  const world = new ClusterWorld({ seed, properties });
  await world.simulation.run(async () => {
    await world.start();
    await world.createTopics({ [TOPIC]: PARTITIONS });
    const producer = new Producer(
      { 'bootstrap.servers': world.bootstrapServers, acks: 'all', 'retry.backoff.ms': 20 },
      { host: world.simulation.host('client') },
    );
    const send = async (partition: number): Promise<void> =>
      void (await producer.send({ topic: TOPIC, partition, value: 'a' }));
    await world.withAdmin(async (admin) => {
      await Promise.all(Array.from({ length: PARTITIONS }, (_, partition) => send(partition)));
      await run({ world, admin, send });
    });
    await producer.close();
    await world.close();
  });
}

function fail(world: ClusterWorld, node: number, directory: string): void {
  world.node(node).machine.disk.faults.add({ code: 'EIO', path: (path) => path.startsWith(`${directory}/`) });
}

/** @throws when it does not become so in a minute */
async function until(world: ClusterWorld, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await isSo()) return;
    await world.simulation.sleep(100);
  }
  throw new Error('it did not become so');
}

describe('a log directory that fails', () => {
  it.each([1, 2, 3])(
    'costs the leaderships of what is in it at once, and nothing else (seed %i)',
    async (seed) => {
      await play(seed, async ({ world, admin, send }) => {
        const before = await places(admin);
        const { leader, partition } = before.find(({ directory }) => directory === B)!;
        fail(world, leader, B);
        const beganMs = world.simulation.nowMs;
        await send(partition);
        expect(world.simulation.nowMs - beganMs).toBeLessThan(500);
        const isThere = (place: Place) => place.leader === leader && place.directory === B;
        const after = await places(admin);
        for (const [index, place] of before.entries()) {
          if (isThere(place)) expect(after[index]!.leader).not.toBe(leader);
          else expect(after[index]!.leader).toBe(place.leader);
        }
        expect(world.node(leader).isUp).toBe(true);
        // A new disk, and a restart.
        world.node(leader).kill();
        world.node(leader).machine.disk.faults.clear();
        await world.node(leader).restart();
        await until(world, async () => (await places(admin)).every(({ inSync }) => inSync === 3));
      });
    },
  );

  it('leaves a node that is alone without leaders for what is in it, and with them for the rest', async () => {
    const world = new ClusterWorld({ seed: 5, brokers: 1, properties });
    await world.simulation.run(async () => {
      await world.start();
      await world.createTopics({ [TOPIC]: PARTITIONS });
      await world.withAdmin(async (admin) => {
        const before = await places(admin, [1]);
        fail(world, 1, B);
        const producer = new Producer(
          {
            'bootstrap.servers': world.bootstrapServers,
            'delivery.timeout.ms': 1000,
            'request.timeout.ms': 500,
          },
          { host: world.simulation.host('client') },
        );
        const send = (partition: number) => producer.send({ topic: TOPIC, partition, value: 'a' });
        const [lost, kept] = [B, METADATA].map(
          (path) => before.find(({ directory }) => directory === path)!.partition,
        );
        await expect(send(lost!)).rejects.toThrow();
        await send(kept!);
        const after = await places(admin, [1]);
        for (const [index, { directory }] of before.entries())
          expect(after[index]!.leader).toBe(directory === B ? -1 : 1);
        await producer.close();
      });
      await world.close();
    });
  });

  it.each([
    ['stops after log.dir.failure.timeout.ms where no controller can be told', true],
    ['goes on where one is told', false],
  ])('takes its node along only where it must: the node %s', async (_, isCutOff) => {
    const timeoutMs = 20_000;
    const world = new ClusterWorld({
      seed: 6,
      properties: { ...properties, 'log.dir.failure.timeout.ms': timeoutMs },
    });
    const { simulation } = world;
    await simulation.run(async () => {
      await world.start();
      await world.createTopics({ [TOPIC]: PARTITIONS });
      // Any of those that do not lead the quorum, which could tell itself.
      const { leaderId } = await world.withAdmin((admin) => admin.describeMetadataQuorum());
      const id = [1, 2, 3].find((each) => each !== leaderId)!;
      const { broker } = world.node(id);
      const others = [1, 2, 3].filter((other) => other !== id);
      const cut = (): void => {
        for (const other of others) simulation.network.partition({ from: `node-${id}`, to: `node-${other}` });
      };
      if (isCutOff) cut();
      const beganMs = simulation.nowMs;
      fail(world, id, B);
      const outcome = await Promise.race([broker!.failed, simulation.sleep(3 * timeoutMs)]);
      if (isCutOff) {
        expect(outcome).toMatchObject({ message: expect.stringContaining('"log.dir.failure.timeout.ms"') });
        // It is noticed when a checkpoint is written.
        expect(simulation.nowMs - beganMs).toBeGreaterThanOrEqual(timeoutMs);
        expect(simulation.nowMs - beganMs).toBeLessThan(2 * timeoutMs);
      } else {
        expect(outcome).toBeUndefined();
        await world.withAdmin(async (admin) => {
          const offline = (await admin.describeLogDirs([id])).get(String(id))!.find(({ path }) => path === B);
          expect(offline).toMatchObject({ error: expect.anything() });
        });
      }
      simulation.network.healAll();
      await world.close();
    });
  });

  it('costs nothing of what was moved out of it before, and what was moved into it', async () => {
    await play(4, async ({ world, admin, send }) => {
      const { leader, partition } = (await places(admin)).find(({ directory }) => directory === B)!;
      await admin.alterReplicaLogDirs([{ brokerId: leader, topic: TOPIC, partition, path: C }]);
      await until(world, async () => (await places(admin))[partition]!.directory === C);
      fail(world, leader, B);
      await send(partition);
      // Something is written there, so that it is found out.
      await world.simulation.sleep(10_000);
      expect((await places(admin))[partition]).toMatchObject({ leader, directory: C });
      fail(world, leader, C);
      await send(partition);
      expect((await places(admin))[partition]!.leader).not.toBe(leader);
    });
  });
});
