import type { Random, SimulatedHost, Simulation } from '@millrace/host';
import { WakeupError } from '../../consumer/consumer-errors.ts';
import { TestCluster } from '../../consumer/testing/test-cluster.ts';
import type { AcknowledgeResult } from '../acknowledge/acknowledge-result.ts';
import { ShareConsumer } from '../share-consumer.ts';
import type { ShareConsumerProperties } from '../share-consumer-properties.ts';
import type { ShareRecord } from '../share-record.ts';

const PARTITIONS = 2;
const RECORDS_PER_PARTITION = 40;
const RECORD_COUNT = PARTITIONS * RECORDS_PER_PARTITION;
const LOCK_MS = 2000;
/** From here on members accept: what is delivered too often is given up, and would never be accepted. */
const MANY_DELIVERIES = 15;

/** Mistakes, each of which breaks one promise: what the watch has to notice. */
export type SharePlant = 'accepts-unseen' | 'reads-again';

/**
 * What members were given and what brokers have confirmed, held against what a share group promises:
 *
 * - what is confirmed as accepted is never handed out again. It may be confirmed to two: a broker does not mind what is
 *   said of records that it is done with
 * - nothing is accepted that nobody was given
 * - every record is handed out until it is accepted
 */
export class ShareWatch {
  readonly #seen = new Set<string>();
  readonly #accepted = new Set<string>();
  /** Accepted as far as the member knows; the answer was lost. */
  readonly #unsure = new Set<string>();
  deliveries = 0;
  redeliveries = 0;

  get isComplete(): boolean {
    return this.#accepted.size + this.#unsure.size === RECORD_COUNT;
  }

  saw(record: ShareRecord): void {
    const key = keyOf(record);
    if (this.#accepted.has(key)) throw new Error(`${key} came again, though it is accepted`);
    this.#seen.add(key);
    this.#unsure.delete(key);
    this.deliveries++;
    if (record.deliveryCount > 1) this.redeliveries++;
  }

  confirmed(partition: number, offset: number): void {
    const key = keyOf({ partition, offset });
    if (!this.#seen.has(key)) throw new Error(`${key} was accepted, but nobody was given it`);
    this.#accepted.add(key);
    this.#unsure.delete(key);
  }

  unsure(partition: number, offset: number): void {
    const key = keyOf({ partition, offset });
    if (!this.#accepted.has(key)) this.#unsure.add(key);
  }
}

function keyOf({ partition, offset }: { readonly partition: number; readonly offset: number }): string {
  return `${partition}@${offset}`;
}

/** A member that lives for a while in one of the ways there are to use a share consumer. */
class MemberLife {
  readonly #simulation: Simulation;
  readonly #watch: ShareWatch;
  readonly #random: Random;
  readonly #host: SimulatedHost;
  readonly #plant: SharePlant | undefined;
  /** Given to it, and not confirmed. */
  readonly #open = new Map<string, ShareRecord>();
  #violation: Error | undefined;
  #isAlive = true;

  constructor(simulation: Simulation, watch: ShareWatch, name: string, plant: SharePlant | undefined) {
    this.#simulation = simulation;
    this.#watch = watch;
    this.#random = simulation.random.fork(name);
    this.#host = simulation.host(name);
    this.#plant = plant;
  }

  async live(properties: ShareConsumerProperties): Promise<void> {
    const isExplicit = properties['share.acknowledgement.mode'] === 'explicit';
    const onAcknowledged = (results: readonly AcknowledgeResult[]) =>
      this.#checking(() => {
        for (const result of results) this.#heard(result);
      });
    const consumer = new ShareConsumer(properties, { host: this.#host, onAcknowledged });
    consumer.subscribe('t');
    const rounds = 3 + Math.floor(this.#random.float() * 12);
    for (let round = 0; round < rounds && this.#violation === undefined; round++) {
      if (this.#random.float() < 0.3) await this.#loop(consumer, isExplicit);
      else if (isExplicit) await this.#explicitRound(consumer);
      else await this.#implicitRound(consumer);
      if (this.#random.float() < 0.1) await this.#simulation.sleep(this.#random.float() * 1.5 * LOCK_MS);
    }
    if (this.#random.float() < 0.3) this.#host.kill();
    // Without its brokers a member gives up leaving after a while; its locks end without it.
    else await consumer.close({ timeoutMs: 2000 }).catch(() => {});
    this.#isAlive = false;
    // What it said last may have arrived, and its answer may not.
    for (const { partition, offset } of this.#open.values()) this.#watch.unsure(partition, offset);
    if (this.#violation !== undefined) throw this.#violation;
  }

  async #implicitRound(consumer: ShareConsumer): Promise<void> {
    this.#see(await this.#poll(consumer));
    if (this.#random.float() < 0.3) await consumer.commit({ timeoutMs: 1000 }).catch(() => {});
  }

  async #explicitRound(consumer: ShareConsumer): Promise<void> {
    const records = await this.#poll(consumer);
    this.#see(records);
    for (const record of records) await this.#process(consumer, record);
    if (this.#random.float() < 0.3) await consumer.commit({ timeoutMs: 1000 }).catch(() => {});
  }

  async #poll(consumer: ShareConsumer): Promise<ShareRecord[]> {
    try {
      return await consumer.poll({ timeoutMs: 200 });
    } catch (error) {
      // A loop may have ended while it was being woken up.
      if (error instanceof WakeupError) return [];
      throw error;
    }
  }

  async #loop(consumer: ShareConsumer, isExplicit: boolean): Promise<void> {
    const patience = new AbortController();
    const waking = this.#wakeLater(consumer, patience.signal);
    let left = Math.floor(this.#random.float() * 10);
    try {
      for await (const record of consumer) {
        this.#see([record]);
        if (isExplicit) await this.#process(consumer, record);
        if (left-- <= 0) break;
      }
    } catch {
      // Woken up: there was nothing to read.
    }
    patience.abort();
    await waking;
  }

  async #wakeLater(consumer: ShareConsumer, ended: AbortSignal): Promise<void> {
    await this.#simulation.sleep(500);
    if (!ended.aborted) consumer.wakeup();
  }

  async #process(consumer: ShareConsumer, record: ShareRecord): Promise<void> {
    if (this.#random.float() < 0.1) {
      consumer.acknowledge(record, 'renew');
      await consumer.commit({ timeoutMs: 1000 }).catch(() => {});
      await this.#simulation.sleep(this.#random.float() * LOCK_MS);
    }
    const isTired = record.deliveryCount >= MANY_DELIVERIES;
    consumer.acknowledge(record, isTired || this.#random.float() < 0.8 ? 'accept' : 'release');
  }

  #see(records: readonly ShareRecord[]): void {
    for (const record of records.slice(this.#plant === 'accepts-unseen' ? 1 : 0)) {
      this.#open.set(keyOf(record), record);
      this.#checking(() => this.#watch.saw(record));
      if (this.#plant === 'reads-again')
        void this.#simulation.sleep(LOCK_MS).then(() => this.#checking(() => this.#watch.saw(record)));
    }
  }

  #heard({ partition, type, offsets, error }: AcknowledgeResult): void {
    if (type !== 'accept') return;
    for (const offset of offsets) {
      if (error !== undefined) this.#watch.unsure(partition, offset);
      else this.#watch.confirmed(partition, offset);
      this.#open.delete(keyOf({ partition, offset }));
    }
  }

  /** What it throws in a callback would be thrown by polls, and be taken for a failure of theirs. */
  #checking(check: () => void): void {
    if (!this.#isAlive) return;
    try {
      check();
    } catch (error) {
      this.#violation ??= error as Error;
    }
  }
}

/** Members come, work, leave and crash, and the broker dies now and then, until all is accepted. @throws what was broken */
export async function simulateShareGroup(seed: number, plant?: SharePlant): Promise<ShareWatch> {
  const watch = new ShareWatch();
  await TestCluster.simulate(
    async (cluster, simulation) => {
      await prepare(cluster);
      const { random } = simulation;
      const common = {
        'bootstrap.servers': cluster.bootstrapServers,
        'group.id': 'g',
        'fetch.max.wait.ms': 100,
        'retry.backoff.ms': 20,
        'max.poll.interval.ms': 3 * LOCK_MS,
      };
      let members = 0;
      const live = (more: Partial<ShareConsumerProperties>) =>
        new MemberLife(simulation, watch, `member-${members++}`, plant).live({ ...common, ...more });
      const slot = async () => {
        while (!watch.isComplete) {
          await live({
            'share.acknowledgement.mode': random.float() < 0.5 ? 'implicit' : 'explicit',
            'share.acquire.mode': random.float() < 0.5 ? 'batch_optimized' : 'record_limit',
            'max.poll.records': 1 + Math.floor(random.float() * 20),
          });
        }
      };
      const accidents = async () => {
        while (!watch.isComplete) {
          await simulation.sleep(2000 + random.float() * 20_000);
          if (random.float() < 0.5) await cluster.restartBroker();
        }
      };
      await Promise.all([slot(), slot(), slot(), accidents()]);
      // Whatever is left to be handed out is so only because an answer was lost.
      while (!(await isQuiet(cluster, watch)));
    },
    { seed, 'group.share.min.record.lock.duration.ms': 1000, 'group.share.max.delivery.count.limit': 25 },
  );
  return watch;
}

async function prepare(cluster: TestCluster): Promise<void> {
  await cluster.createTopic('t', PARTITIONS);
  await cluster.configureGroup('g', {
    'share.auto.offset.reset': 'earliest',
    'share.record.lock.duration.ms': String(LOCK_MS),
    'share.delivery.count.limit': '25',
  });
  for (let partition = 0; partition < PARTITIONS; partition++) {
    // Batches of different sizes.
    for (let from = 0; from < RECORDS_PER_PARTITION; from += 10)
      for (const [at, count] of [
        [0, 1],
        [1, 2],
        [3, 7],
      ] as const)
        await cluster.fill('t', partition, count, from + at);
  }
}

/** Accepts what comes, for longer than a lock. @returns whether that was nothing */
async function isQuiet(cluster: TestCluster, watch: ShareWatch): Promise<boolean> {
  const consumer = cluster.shareConsumer();
  consumer.subscribe('t');
  const records = await consumer.poll({ timeoutMs: 2 * LOCK_MS });
  for (const record of records) watch.saw(record);
  for (const { partition, offsets, error } of await consumer.commit())
    if (error === undefined) for (const offset of offsets) watch.confirmed(partition, offset);
  await consumer.close();
  return records.length === 0;
}
