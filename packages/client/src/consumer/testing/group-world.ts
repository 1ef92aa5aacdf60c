import type { SimulatedHost, Simulation } from '@millrace/host';
import { Consumer } from '../consumer.ts';
import type { ConsumerProperties } from '../consumer-properties.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import { TestCluster } from './test-cluster.ts';

const PARTITIONS = 3;
const RECORDS_PER_PARTITION = 60;

/** Members of the group go by these in turn, one kind per seed. */
const kinds: readonly ConsumerProperties[] = [
  { 'partition.assignment.strategy': 'cooperative-sticky' },
  { 'group.protocol': 'consumer' },
  { 'partition.assignment.strategy': 'range' },
  { 'group.protocol': 'consumer', 'group.remote.assignor': 'range' },
  { 'partition.assignment.strategy': 'sticky' },
  { 'partition.assignment.strategy': 'roundrobin' },
];

/** Mistakes an application may make, each of which breaks one promise: what the watch has to notice. */
export type GroupPlant = 'commits-ahead' | 'starts-over' | 'skips';

/**
 * What members were given and what the coordinator has taken, held against what a group promises:
 *
 * - no record is skipped
 * - no partition's offsets go back, except to what was committed (at least once, bounded by commits)
 * - nothing is committed that nobody was given
 */
export class GroupWatch {
  readonly #next = new Map<number, number>();
  readonly #committed = new Map<number, number>();
  /** Handed out, the same one again included. */
  deliveries = 0;

  saw(records: readonly ConsumerRecord[]): void {
    for (const { partition, offset } of records) {
      const next = this.#next.get(partition) ?? 0;
      const committed = this.#committed.get(partition) ?? 0;
      if (offset > next)
        throw new Error(`${partition}@${offset} came after ${next - 1}: records were skipped`);
      if (offset < committed)
        throw new Error(`${partition}@${offset} came again, though ${committed} is committed`);
      this.#next.set(partition, Math.max(next, offset + 1));
      this.deliveries++;
    }
  }

  commits(partition: number, offset: number): void {
    const next = this.#next.get(partition) ?? 0;
    if (offset > next)
      throw new Error(`${partition}@${offset} was committed, but only ${next} were handed out`);
    this.#committed.set(partition, Math.max(offset, this.#committed.get(partition) ?? 0));
  }

  get isComplete(): boolean {
    return (
      this.#next.size === PARTITIONS &&
      [...this.#next.values()].every((next) => next === RECORDS_PER_PARTITION)
    );
  }
}

/** Polls, commits most arrays or lets it happen, and ends by close or by a crash. */
class MemberLife {
  readonly #simulation: Simulation;
  readonly #watch: GroupWatch;
  readonly #plant: GroupPlant | undefined;
  readonly #host: SimulatedHost;
  #violation: Error | undefined;
  #isAlive = true;

  constructor(simulation: Simulation, watch: GroupWatch, name: string, plant: GroupPlant | undefined) {
    this.#simulation = simulation;
    this.#watch = watch;
    this.#plant = plant;
    this.#host = simulation.host(name);
  }

  async live(properties: ConsumerProperties): Promise<void> {
    const onCommit = (offsets: readonly { partition: number; offset: number }[]) =>
      this.#checking(() => {
        for (const { partition, offset } of offsets) this.#watch.commits(partition, offset);
      });
    const consumer = new Consumer(properties, { host: this.#host, interceptors: [{ onCommit }] });
    consumer.subscribe('t');
    const { random } = this.#simulation;
    const rounds = 3 + Math.floor(random.float() * 40);
    for (let round = 0; round < rounds && this.#violation === undefined; round++) {
      await this.#round(consumer, properties['enable.auto.commit'] === true);
    }
    if (random.float() < 0.3) this.#host.kill();
    // Without its coordinator a member gives up leaving after a while; its session ends without it.
    else await consumer.close({ timeoutMs: 2000 }).catch(() => {});
    this.#isAlive = false;
    if (this.#violation !== undefined) throw this.#violation;
  }

  async #round(consumer: Consumer, commitsByItself: boolean): Promise<void> {
    const { random } = this.#simulation;
    const records = await consumer.poll({ timeoutMs: 50 });
    const isSkipping = this.#plant === 'skips' && random.float() < 0.1;
    this.#checking(() => this.#watch.saw(isSkipping ? records.slice(1) : records));
    if (random.float() < 0.3) await this.#simulation.sleep(random.float() * 100);
    if (records.length === 0 || random.float() < 0.2) return;
    if (!commitsByItself) await this.#commit(consumer, records);
    if (this.#plant === 'starts-over') consumer.seekToBeginning();
  }

  /** When the group has moved on the records are for somebody else. */
  async #commit(consumer: Consumer, records: readonly ConsumerRecord[]): Promise<void> {
    const { topic, partition, offset } = records.at(-1)!;
    const ahead = [{ topic, partition, offset: offset + 5 }];
    await consumer.commit(this.#plant === 'commits-ahead' ? ahead : undefined).catch(() => {});
  }

  /** Interceptors that throw are logged: what breaks a promise must not be taken for that. */
  #checking(check: () => void): void {
    if (!this.#isAlive) return;
    try {
      check();
    } catch (error) {
      this.#violation ??= error as Error;
    }
  }
}

/** Breaks connections, cuts the network for a while, kills the broker, until there is nothing left to read. */
async function makeTrouble(
  cluster: TestCluster,
  simulation: Simulation,
  isDone: () => boolean,
): Promise<void> {
  const { random } = simulation;
  while (!isDone()) {
    await simulation.sleep(50 + random.float() * 500);
    const choice = random.float();
    if (choice < 0.8)
      simulation.network.resetConnections('broker', `member-${Math.floor(random.float() * 6)}`);
    else if (choice < 0.9) await cluster.restartBroker();
    else {
      const member = `member-${Math.floor(random.float() * 6)}`;
      simulation.network.partition({ from: member, to: 'broker' });
      await simulation.sleep(random.float() * 3000);
      simulation.network.healAll();
    }
  }
}

/** Members come, go and die while a broker and its network have accidents. @throws Error what was broken */
export async function simulateGroup(seed: number, plant?: GroupPlant): Promise<GroupWatch> {
  const watch = new GroupWatch();
  const kind = kinds[seed % kinds.length]!;
  const variant = Math.floor(seed / kinds.length);
  const isClassic = kind['group.protocol'] === undefined;
  const times = isClassic ? { 'session.timeout.ms': 1500, 'heartbeat.interval.ms': 100 } : {};
  await TestCluster.simulate(
    async (cluster, simulation) => {
      await cluster.createTopic('t', PARTITIONS);
      for (let from = 0; from < RECORDS_PER_PARTITION; from += 20) {
        for (let partition = 0; partition < PARTITIONS; partition++)
          await cluster.fill('t', partition, 20, from);
      }
      const properties: ConsumerProperties = {
        'bootstrap.servers': cluster.bootstrapServers,
        'group.id': 'g',
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': variant % 4 === 1,
        'auto.commit.interval.ms': 100,
        'max.poll.records': 7,
        'fetch.max.wait.ms': 20,
        ...times,
        ...kind,
      };
      let members = 0;
      const lives = { left: 400, violation: undefined as Error | undefined };
      const isDone = () => watch.isComplete || lives.violation !== undefined;
      const slot = async () => {
        while (!isDone()) {
          if (lives.left-- === 0) throw new Error('there is no progress');
          const life = new MemberLife(simulation, watch, `member-${members++}`, plant);
          await life.live(properties).catch((error: unknown) => void (lives.violation ??= error as Error));
          await simulation.sleep(simulation.random.float() * 200);
        }
      };
      const trouble = variant % 3 === 0 ? makeTrouble(cluster, simulation, isDone) : Promise.resolve();
      await Promise.all([slot(), slot(), slot(), trouble]);
      if (lives.violation !== undefined) throw lives.violation;
    },
    {
      seed,
      'group.min.session.timeout.ms': 100,
      'group.consumer.min.session.timeout.ms': 100,
      'group.consumer.session.timeout.ms': 1500,
      'group.consumer.heartbeat.interval.ms': 100,
    },
  );
  return watch;
}
